#include "tracking/serve.h"

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "model/currency.h"
#include "model/ids.h"

namespace vitrine {
namespace {

constexpr std::size_t kMaxServedItems = 1000;

// Cuts off the braces, so that the members of one object can stand inside another.
std::string inner(const std::string& object) { return object.substr(1, object.size() - 2); }

// Room for the name and brackets of the list of ids.
constexpr std::size_t kListBytes = 16;

bool isWhole(double number) { return std::isfinite(number) && number == std::floor(number); }

Problem purchaseItem(const Json& item, const std::string& path, const Attribution& attribution, TimeMs wallMs,
                     std::string& out) {
  const std::string_view itemId = readId(member(item, "itemId"));
  if (itemId.empty()) return idError(path + ".itemId");
  const Json* quantity = member(item, "quantity");
  if (!quantity || !quantity->isNumber() || !isPositive(quantity->number))
    return argumentError(path + ".quantity", "a number above 0");
  JsonObject json(out);
  json.add("itemId", itemId).addJson("quantity", *quantity);
  if (const Json* price = member(item, "unitPrice"); price && !price->isNull()) {
    if (!price->isNumber() || !std::isfinite(price->number)) return argumentError(path + ".unitPrice", "a number");
    json.addJson("unitPrice", *price);
  }
  attribution.describe(itemId, wallMs, json);
  json.close();
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

bool isWritable(const Json& value) {
  return value.isValid() && std::all_of(value.children.begin(), value.children.end(), isWritable);
}

}  // namespace

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
  std::erase_if(serves_, [this](const Serve& serve) { return !serve.isHeld && serve.page < page_; });
  ++page_;
}

Problem serveMembers(const Served& served, std::string_view madeServeId, std::string_view url, std::size_t most,
                     Serve& serve, std::vector<std::string>& parts) {
  if (served.surface.empty()) return argumentError("surface", "a non-empty string such as 'home_page'");
  if (served.source.empty()) return argumentError("source", "a non-empty string such as 'similar-items'");
  if (served.itemIds.size() > kMaxServedItems) return argumentError("itemIds", "at most 1000 product ids");
  serve.serveId = served.serveId.empty() ? madeServeId : served.serveId;
  std::string fragment;
  JsonObject(fragment)
      .add("serveId", serve.serveId)
      .add("surface", served.surface)
      .add("source", served.source)
      .close();
  serve.itemFragment = inner(fragment);
  serve.isAlone = served.itemIds.size() == 1;
  std::string about;
  JsonObject json(about);
  if (!served.query.empty()) json.add("query", served.query);
  if (!served.anchorId.empty()) json.add("anchorId", served.anchorId);
  if (!served.sortBy.empty()) json.add("sortBy", served.sortBy);
  if (served.totalResults >= 0) json.add("totalResults", served.totalResults);
  if (served.filters && served.filters->isArray()) json.addJson("filters", *served.filters);
  if (!url.empty()) json.add("url", url);
  json.close();

  std::size_t used = 0;  // bytes of the present part
  const auto begin = [&] {
    std::string& part = parts.emplace_back(serve.itemFragment);
    used = part.size() + about.size() + kListBytes;
    part += ",\"itemIds\":[";
  };
  const auto end = [&] {
    parts.back() += ']';
    if (about.size() > 2) parts.back().append(",").append(inner(about));
  };
  begin();
  if (used > most) {
    return validationError("filters", "too-large",
                           "The list's filters, query and texts do not fit into one event. Give shorter ones.");
  }
  for (std::size_t i = 0; i < served.itemIds.size(); ++i) {
    if (served.itemIds[i].empty()) return idError(indexed("itemIds", i));
    std::string id;
    appendString(id, served.itemIds[i]);
    if (used + id.size() >= most && parts.back().back() != '[') {
      end();
      about.clear();
      JsonObject(about).add("offset", static_cast<double>(i)).close();
      begin();
    }
    used += id.size() + 1;
    if (used > most)
      return validationError(indexed("itemIds", i), "too-large",
                             "The id does not fit into one event. Use shorter ids.");
    if (parts.back().back() != '[') parts.back() += ',';
    parts.back() += id;
  }
  end();
  return nullptr;
}

Problem readServe(const Json& payload, std::string_view madeServeId, std::string_view url, std::size_t most,
                  Serve& serve, std::vector<std::string>& parts) {
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
    if (!problem) problem = readText(payload, "sortBy", served.sortBy);
    if (problem) return problem;
    if (total && !total->isValid()) return argumentError("totalResults", "a number");
    if (served.filters && !isWritable(*served.filters))
      return argumentError("filters", "an array that JSON can express");
    for (const Json& item : items->children) served.itemIds.push_back(readId(&item));
  }
  return serveMembers(served, madeServeId, url, most, serve, parts);
}

Problem itemMembers(const Serve& serve, std::string_view itemId, double position, double quantity,
                    std::string& members) {
  if (!isId(itemId)) return idError("itemId");
  members.reserve(64 + itemId.size() + serve.itemFragment.size());
  members = "\"itemId\":";
  appendString(members, itemId);
  if (position >= 0 && isWhole(position)) {
    members += ",\"position\":";
    appendNumber(members, position);
  }
  if (isPositive(quantity)) {
    members += ",\"quantity\":";
    appendNumber(members, quantity);
  }
  members += ',';
  members += serve.itemFragment;
  return nullptr;
}

void addProductMembers(const Serve& serve, std::string_view itemId, bool isAddToCart, std::string& members) {
  if (!serve.slate) return;
  for (const auto& product : serve.slate->products) {
    if (product->id != itemId) continue;
    const std::string& currency = product->currency.empty() ? serve.slate->currency : product->currency;
    std::string out;
    JsonObject json(out);
    if (!product->reference.empty()) json.add("reference", product->reference);
    if (isAddToCart) {
      json.add("title", product->title);
      if (product->price >= 0) json.add("unitPrice", majorUnits(product->price, currency));
      if (!currency.empty()) json.add("currency", currency);
    }
    json.close();
    if (out.size() > 2) members += "," + inner(out);
    return;
  }
}

Problem purchaseMembers(const Json& payload, std::string_view url, const Attribution& attribution, TimeMs wallMs,
                        std::string& members) {
  const std::string_view orderId = readId(member(payload, "orderId"));
  if (orderId.empty()) return idError("orderId");
  const double value = numberMember(payload, "value", -1);
  if (!(value >= 0) || !std::isfinite(value))
    return argumentError("value", "a number of at least 0, in units of the currency");
  const std::string_view currency = stringMember(payload, "currency");
  if (!isCurrency(currency)) return argumentError("currency", "an ISO 4217 code such as 'EUR'");
  const Json* items = member(payload, "items");
  if (!items || !items->isArray() || items->children.empty()) {
    return argumentError("items", "an array of at least one {itemId, quantity, unitPrice}");
  }
  std::string lines;
  for (std::size_t i = 0; i < items->children.size(); ++i) {
    lines += i ? ',' : '[';
    if (Problem problem = purchaseItem(items->children[i], indexed("items", i), attribution, wallMs, lines))
      return problem;
  }
  std::string out;
  JsonObject json(out);
  json.add("orderId", orderId).addJson("value", *member(payload, "value"));
  json.add("currency", currency).addRaw("items", lines + "]");
  if (!url.empty()) json.add("url", url);
  json.close();
  members = inner(out);
  return nullptr;
}

}  // namespace vitrine
