#include "tracking/serve.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/number.h"
#include "model/currency.h"
#include "model/ids.h"

namespace vitrine {
namespace {

constexpr std::size_t kMaxServedItems = 1000;
// Bounds the name and the properties of an event of the shop's own.
constexpr std::size_t kMaxCustomBytes = 8 * 1024;

// Room for the name and brackets of the list of ids, and for commas.
constexpr std::size_t kListBytes = 18;

bool isWhole(double number) { return std::isfinite(number) && number == std::floor(number); }

constexpr unsigned bitOf(EventKind kind) { return 1u << static_cast<unsigned>(kind); }

// The owners of members: kinds of event, the lines of a purchase, and the details of an item of a serve.
constexpr unsigned kCustom = bitOf(EventKind::kCustom), kSearch = bitOf(EventKind::kSearch),
                   kOrder = bitOf(EventKind::kPurchase), kLine = 1u << kEventKinds, kDetail = kLine << 1,
                   kSeen = bitOf(EventKind::kViewItem),
                   kCart = bitOf(EventKind::kAddToCart) | bitOf(EventKind::kRemoveFromCart), kItem = kCart | kSeen;

enum Form { kId, kText, kSorting, kCurrency, kLack, kName, kArray, kObject, kNumber, kCount, kAmount, kAboveZero };

// The end of "<name> must be …".
constexpr const char* kForms[] = {kIdRule,
                                  "a text that is not empty",
                                  "a text or {field, order}",
                                  "an ISO 4217 code such as 'EUR'",
                                  "'out_of_stock' or 'missing'",
                                  "a text of 1 to 100 bytes",
                                  "an array that JSON can express",
                                  "an object that JSON can express, with the name in at most 8 KiB",
                                  "a number",
                                  "a number of at least 0",
                                  "a number of at least 0, in units of the currency",
                                  "a number above 0"};

// The members that a shop's own call gives, in their order on the wire.
struct Member {
  const char* name;
  std::uint16_t owners;
  std::uint16_t musts;  // owners that must have it
  Form form;
};
constexpr Member kMembers[] = {{"name", kCustom, kCustom, kName},
                               {"properties", kCustom, 0, kObject},
                               {"orderId", kOrder, kOrder, kId},
                               {"value", kOrder, kOrder, kAmount},
                               {"itemId", kItem | kLine, kItem | kLine, kId},
                               {"quantity", kCart | kLine, kLine, kAboveZero},
                               {"title", kItem | kDetail, 0, kText},
                               {"unitPrice", kItem | kDetail, 0, kAmount},
                               {"unitPrice", kLine, 0, kNumber},
                               {"currency", kItem | kDetail | kOrder, kOrder, kCurrency},
                               {"availability", kSeen, 0, kLack},
                               {"query", kSearch, kSearch, kText},
                               {"totalResults", kSearch, 0, kCount},
                               {"filters", kSearch, 0, kArray},
                               {"sortBy", kSearch, 0, kSorting}};

bool isWritable(const Json& value) {
  return value.isValid() && std::all_of(value.children.begin(), value.children.end(), isWritable);
}

bool fits(const Json& value, Form form) {
  switch (form) {
    case kId:
      return !readId(&value).empty();
    case kText:
      return (value.isString() || value.isNumber()) && !value.text.empty();
    case kSorting:
      return value.isObject() ? !stringMember(value, "field").empty() && isWritable(value) : fits(value, kText);
    case kCurrency:
      return value.isString() && isCurrency(value.text);
    case kLack:
      return value.text == "out_of_stock" || value.text == "missing";
    case kName:
      return value.isString() && !value.text.empty() && value.text.size() <= 100;
    case kArray:
      return value.isArray() && isWritable(value);
    case kObject:
      return value.isObject() && isWritable(value);
    default:
      return value.isNumber() && std::isfinite(value.number) &&
             (form == kNumber || value.number > 0 || (form != kAboveZero && value.number == 0));
  }
}

// Appends the members of an owner to `out`. Returns the problem with the first member at fault. path: the field of the
// payload itself and a dot; "" at the top.
Problem addMembers(const Json& payload, unsigned owner, const Text& path, Text& out) {
  JsonObject json = JsonObject::within(out);
  for (const Member& rule : kMembers) {
    const Json* value = rule.owners & owner ? member(payload, rule.name) : nullptr;
    if (!(rule.musts & owner) && (!value || value->isNull())) continue;
    const bool isFit = value && fits(*value, rule.form);
    if (isFit && rule.form <= kSorting && !value->isObject())
      json.add(rule.name, value->text);
    else if (isFit)
      json.addJson(rule.name, *value);
    if (!isFit || (owner == kCustom && out.size() >= kMaxCustomBytes))
      return argumentError(path + rule.name, kForms[rule.form]);
  }
  return nullptr;
}

// Reads an optional text, which may have been given as a number.
Problem readText(const Json& payload, const char* name, std::string_view& text) {
  const Json* value = member(payload, name);
  if (value && !value->isValid()) return argumentError(name, "a text");
  if (value && (value->isString() || value->isNumber())) text = value->text;
  return nullptr;
}

// Reads an optional id.
Problem readOptionalId(const Json& payload, const char* name, std::string_view& id) {
  const Json* value = member(payload, name);
  id = readId(value);
  return value && !value->isNull() && id.empty() ? idError(name) : nullptr;
}

}  // namespace

Problem sizeError(std::string_view field) {
  return validationError(field, "too-large",
                         Text(field) + " must fit into one event: 64 KiB, an order 256 KiB (events.maxQueueBytes).");
}

int Serves::open(Serve serve) {
  serve.number = opened_++;
  serve.page = page_;
  serves_.push_back(std::move(serve));
  return serves_.back().number;
}

// Returns serves_.size() if no serve has this number.
std::size_t Serves::placeOf(double number) const {
  const auto found = std::lower_bound(serves_.begin(), serves_.end(), number,
                                      [](const Serve& serve, double wanted) { return serve.number < wanted; });
  const bool isFound = found != serves_.end() && found->number == number;
  return isFound ? static_cast<std::size_t>(found - serves_.begin()) : serves_.size();
}

const Serve* Serves::find(double number) const {
  const std::size_t place = placeOf(number);
  return place < serves_.size() ? &serves_[place] : nullptr;
}

Serve* Serves::find(double number) { return const_cast<Serve*>(std::as_const(*this).find(number)); }

int Serves::numberOf(std::string_view serveId) const {
  for (std::size_t i = serves_.size(); i > 0; --i) {
    if (serves_[i - 1].serveId == serveId) return serves_[i - 1].number;
  }
  return -1;
}

bool Serves::isCurrent(double number) const {
  const Serve* serve = find(number);
  return serve && (serve->isHeld || serve->page == page_);
}

void Serves::hold(int number, bool isHeld) {
  const std::size_t place = placeOf(number);
  if (place == serves_.size()) return;
  serves_[place].isHeld = isHeld;
  serves_[place].page = page_;
}

void Serves::keep(double number) {
  const std::size_t place = placeOf(number);
  if (place < serves_.size()) serves_[place].page = page_ + 1;
}

void Serves::newPage() {
  serves_.eraseIf([this](const Serve& serve) { return !serve.isHeld && serve.page < page_; });
  ++page_;
}

Problem serveMembers(const Served& served, std::string_view madeServeId, std::string_view url, std::size_t most,
                     Serve& serve, List<Text>& parts) {
  if (served.surface.empty()) return argumentError("surface", "a non-empty string such as 'home_page'");
  if (served.source.empty()) return argumentError("source", "a non-empty string such as 'similar-items'");
  if (served.itemIds.size() > kMaxServedItems) return argumentError("itemIds", "at most 1000 product ids");
  serve.serveId = served.serveId.empty() ? madeServeId : served.serveId;
  appendMember(serve.itemFragment, "serveId", serve.serveId);
  appendMember(serve.itemFragment, "surface", served.surface);
  appendMember(serve.itemFragment, "source", served.source);
  serve.isAlone = served.itemIds.size() == 1;
  serve.query = served.query;
  Text about;
  JsonObject json = JsonObject::within(about);
  if (!served.query.empty()) json.add("query", served.query);
  if (!served.anchorId.empty()) json.add("anchorId", served.anchorId);
  if (served.sortBy && !served.sortBy->isNull()) {
    if (served.sortBy->isObject())
      json.addJson("sortBy", *served.sortBy);
    else
      json.add("sortBy", served.sortBy->text);
  }
  if (served.totalResults >= 0) json.add("totalResults", served.totalResults);
  if (served.filters && served.filters->isArray()) json.addJson("filters", *served.filters);
  if (serve.slate && !serve.slate->reference.empty()) json.add("reference", serve.slate->reference);
  if (!url.empty()) json.add("url", url);

  std::size_t used = 0;  // bytes of the present part
  const auto begin = [&] {
    Text& part = parts.emplace_back(serve.itemFragment);
    used = part.size() + about.size() + kListBytes;
    appendName(part, "itemIds") += '[';
  };
  const auto end = [&] {
    parts.back() += ']';
    if (!about.empty()) appendMembers(parts.back(), about);
  };
  begin();
  if (used > most) {
    return sizeError("filters");
  }
  for (std::size_t i = 0; i < served.itemIds.size(); ++i) {
    if (served.itemIds[i].empty()) return idError(indexed("itemIds", i));
    Text id;
    appendString(id, served.itemIds[i]);
    if (used + id.size() >= most && parts.back().back() != '[') {
      end();
      about.clear();
      appendMember(about, "offset", static_cast<double>(i));
      begin();
    }
    used += id.size() + 1;
    if (used > most) return sizeError(indexed("itemIds", i));
    if (parts.back().back() != '[') parts.back() += ',';
    parts.back() += id;
  }
  end();
  return nullptr;
}

Problem readServe(const Json& payload, std::string_view madeServeId, std::string_view url, std::size_t most,
                  Serve& serve, List<Text>& parts) {
  const Json* total = member(payload, "totalResults");
  Served served{.surface = stringMember(payload, "surface"),
                .source = stringMember(payload, "source"),
                .serveId = {},
                .itemIds = {},
                .totalResults = numberMember(payload, "totalResults", -1),
                .query = {},
                .anchorId = {},
                .sortBy = {},
                .filters = member(payload, "filters")};
  const Json* items = member(payload, "itemIds");
  // A payload without these is refused for them, not for its item ids.
  if (!served.surface.empty() && !served.source.empty()) {
    if (!items || !items->isArray()) return argumentError("itemIds", "an array of product ids");
    Problem problem = readOptionalId(payload, "serveId", served.serveId);
    if (!problem) problem = readOptionalId(payload, "anchorId", served.anchorId);
    if (!problem) problem = readText(payload, "query", served.query);
    if (problem) return problem;
    const Json* sortBy = member(payload, "sortBy");
    if (sortBy && !sortBy->isNull() && !(sortBy->isString() && sortBy->text.empty())) {
      if (!fits(*sortBy, kSorting)) return argumentError("sortBy", kForms[kSorting]);
      served.sortBy = sortBy;
    }
    if (total && !total->isNull() && !total->isNumber()) return argumentError("totalResults", "a number");
    if (served.filters && !isWritable(*served.filters))
      return argumentError("filters", "an array that JSON can express");
    for (const Json& item : items->children) served.itemIds.push_back(readId(&item));
  }
  return serveMembers(served, madeServeId, url, most, serve, parts);
}

Problem itemMembers(const Serve& serve, std::string_view itemId, double position, double quantity, Text& members) {
  if (!isId(itemId)) return idError("itemId");
  members.reserve(64 + itemId.size() + serve.itemFragment.size());
  appendMember(members, "itemId", itemId);
  if (position >= 0 && isWhole(position)) appendMember(members, "position", position);
  if (isPositive(quantity)) appendMember(members, "quantity", quantity);
  members += ',';
  members += serve.itemFragment;
  return nullptr;
}

void renameServe(Serve& serve, std::string_view serveId) {
  const Text before = std::exchange(serve.itemFragment, {});
  appendMember(serve.itemFragment, "serveId", serveId);
  serve.itemFragment += std::string_view(before).substr(before.find(",\"surface\":"));
  for (Text& part : serve.parts) part = serve.itemFragment + std::string_view(part).substr(before.size());
}

Problem addProductMembers(const Serve& serve, std::string_view itemId, EventKind kind, const Json* details,
                          Text& members) {
  const Product* product = serve.slate ? findProduct(*serve.slate, itemId) : nullptr;
  JsonObject json = JsonObject::within(members);
  if (product && !product->reference.empty() && !serve.isInherited) json.add("reference", product->reference);
  if (kind == EventKind::kClick && !serve.query.empty()) json.add("query", serve.query);
  if (details) {
    if (Problem problem = addMembers(*details, kDetail, {}, members)) return problem;
  }
  if (product && kind == EventKind::kAddToCart) {
    const auto isOpen = [&](const char* name) {
      const Json* given = details ? member(*details, name) : nullptr;
      return !given || given->isNull();
    };
    const std::string_view currency = currencyOf(*product, *serve.slate);
    if (isOpen("title")) json.add("title", product->title);
    if (product->price >= 0 && isOpen("unitPrice")) json.add("unitPrice", product->price);
    if (!currency.empty() && isOpen("currency")) json.add("currency", currency);
  }
  return nullptr;
}

Text shopEventNames(EventKind kind, bool isLine) {
  Text names = !isLine && kind == EventKind::kPurchase ? "items " : "";
  for (const Member& rule : kMembers) {
    if (rule.owners & (isLine ? kLine : bitOf(kind))) names.append(rule.name) += ' ';
  }
  return names;
}

Problem shopEventMembers(EventKind kind, const Json& payload, std::string_view url, const Attribution& attribution,
                         TimeMs wallMs, Text& members) {
  const unsigned owner = bitOf(kind);
  if (!(owner & (kItem | kCustom | kSearch | kOrder | bitOf(EventKind::kClearCart))))
    return argumentError("kind", kOtherKind);
  members.clear();
  JsonObject json = JsonObject::within(members);
  if (Problem problem = addMembers(payload, owner, {}, members)) return problem;
  if (owner & kCart) attribution.describe(readId(member(payload, "itemId")), wallMs, json);
  if (owner & kOrder) {
    const Json* items = member(payload, "items");
    if (!items || !items->isArray() || items->children.empty()) {
      return argumentError("items", "an array of at least one {itemId, quantity, unitPrice}");
    }
    json.key("items") += '[';
    for (std::size_t i = 0; i < items->children.size(); ++i) {
      const Json& item = items->children[i];
      if (i > 0) members += ',';
      JsonObject line(members);
      if (Problem problem = addMembers(item, kLine, indexed("items", i) + ".", members)) return problem;
      attribution.describe(readId(member(item, "itemId")), wallMs, line);
      line.close();
    }
    members += ']';
  }
  if (!url.empty()) json.add("url", url);
  return nullptr;
}

}  // namespace vitrine
