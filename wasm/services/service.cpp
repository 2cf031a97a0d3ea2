#include "services/service.h"

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "model/currency.h"
#include "model/money.h"
#include "model/names.h"
#include "services/filters.h"

namespace vitrine {
namespace {

bool isTextList(const Json* list) {
  if (!list || !list->isArray() || list->children.empty()) return false;
  for (const Json& item : list->children) {
    if (!item.isString() || item.text.empty()) return false;
  }
  return true;
}

constexpr char kNonEmpty[] = "a non-empty string";

Problem checkArguments(QueryKind kind, const Json& query, const Asker& asker, bool mayCartBeEmpty, bool hasLists) {
  if (!query.isObject()) return validationError("query", "bad-argument", "The argument must be an object.");
  const bool hasAnchor = !stringMember(query, "anchorId").empty();
  switch (kind) {
    case QueryKind::kSimilarItems:
      if (!hasAnchor && !isTextList(member(query, "anchorIds"))) return argumentError("anchorId", kNonEmpty);
      break;
    case QueryKind::kBoughtTogether:
      if (!hasAnchor && !isTextList(member(query, "itemIds")) && asker.cart.empty() && !mayCartBeEmpty)
        return argumentError("itemIds", "an array of product ids, where the cart is empty");
      break;
    case QueryKind::kCategory:
    case QueryKind::kSearchCategory:
    case QueryKind::kSearchText:
    case QueryKind::kSuggest: {
      const char* name = kind == QueryKind::kCategory || kind == QueryKind::kSearchCategory ? "categoryId" : "query";
      if (textMember(query, name).empty()) return argumentError(name, kNonEmpty);
      break;
    }
    case QueryKind::kForUser:
      if (!asker.isAllowed) {
        return validationError("consent", "consent-required",
                               "forUser sends the user's id, which the shopper has not agreed to.");
      }
      if (asker.userId.empty()) {
        return validationError("userId", "identify-first", "forUser needs a known user: call identify(userId) first.");
      }
      break;
    default:
      break;
  }
  for (const char* name : {"topK", "limit", "page"}) {
    const Json* count = member(query, name);
    if (count && !count->isNull() &&
        (!count->isNumber() || !(count->number >= 1 && count->number <= 1000) ||
         count->number != std::floor(count->number)))
      return argumentError(name, "a whole number from 1 to 1000");
  }
  if (isListing(kind) && numberMember(query, "page", 1) > 1 && !member(query, "topK"))
    return argumentError("topK", "a whole number from 1 to 1000, the size of a page");
  std::string_view nearest;
  const Json* sortBy = member(query, "sortBy");
  if (sortBy && !sortBy->isNull() && !sortBy->isString() &&
      (stringMember(*sortBy, "field").empty() ||
       !isAmong("asc desc ascending descending", stringMember(*sortBy, "order", "asc"), nearest)))
    return argumentError("sortBy", "a text, or {field, order: 'asc' or 'desc'}");
  return checkFilters(query, hasLists && isListing(kind));
}

}  // namespace

const char* orderOf(const Json& sortBy) { return stringMember(sortBy, "order").starts_with('d') ? "desc" : "asc"; }

bool readQueryKind(std::string_view name, QueryKind& kind) {
  for (int i = 0; i < kQueryKinds; ++i) {
    if (name != kQueryKindNames[i]) continue;
    kind = static_cast<QueryKind>(i);
    return true;
  }
  return false;
}

List<Text> itemsOf(const Json& query, const List<Text>& fallback) {
  List<Text> items;
  const auto add = [&](std::string_view id) {
    if (!id.empty() && std::find(items.begin(), items.end(), id) == items.end()) items.emplace_back(id);
  };
  for (const char* name : {"anchorIds", "itemIds"}) {
    const Json* list = member(query, name);
    if (!isTextList(list)) continue;
    for (const Json& item : list->children) add(item.text);
  }
  add(stringMember(query, "anchorId"));
  return items.empty() ? fallback : items;
}

WholeLine wholeLine(const Json& item, std::string_view currency, double otherwise) {
  const double quantity = numberMember(item, "quantity", 1), price = numberMember(item, "unitPrice", otherwise);
  if (quantity == std::floor(quantity)) return {quantity, price};
  return {1, majorUnits(minorUnits(price * quantity, currency), currency)};
}

const List<Json>& linesOf(const Json& order) {
  static const List<Json> none;
  const Json* items = member(order, "items");
  return items ? items->children : none;
}

double missingPrice(const Json& order) {
  double left = numberMember(order, "value", 0), pieces = 0;
  for (const Json& item : linesOf(order)) {
    const double quantity = numberMember(item, "quantity", 1);
    left -= quantity * numberMember(item, "unitPrice", 0);
    if (!member(item, "unitPrice")) pieces += quantity;
  }
  const std::string_view currency = stringMember(order, "currency");
  return left > 0 && pieces > 0 ? majorUnits(minorUnits(left / pieces, currency), currency) : 0;
}

const Text& textMember(const Json& object, const char* name) { return textOf(member(object, name)); }

int countMember(const Json& object, const char* name) {
  const std::string_view digits = numeralOf(member(object, name));
  return digits.empty() ? -1 : std::max(-1, wholeOf(readNumber(digits), -1));
}

void addIfGiven(JsonObject& json, const char* name, std::string_view value) {
  if (!value.empty()) json.add(name, value);
}

void appendTextList(Text& out, const List<Text>& texts) {
  out += '[';
  for (const Text& text : texts) {
    if (&text != &texts.front()) out += ',';
    appendString(out, text);
  }
  out += ']';
}

Text neutralBatch(const List<std::string_view>& events, std::string_view batchId, TimeMs wallMs) {
  Text out;
  std::size_t bytes = 96;
  for (const std::string_view event : events) bytes += event.size() + 1;
  out.reserve(bytes);
  JsonObject body(out);
  body.add("batchId", batchId).add("sentAt", wallMs);
  Text& list = body.key("events");
  char separator = '[';
  for (const std::string_view event : events) {
    list += separator;
    list += event;
    separator = ',';
  }
  list += events.empty() ? "[]" : "]";
  body.close();
  return out;
}

Service::Service(const Json& options, const char* name, const char* ownOptions, bool hasEntities)
    : name_(name),
      currency_(currencyCode(stringMember(options, "currency"))),
      reading_{boolMember(options, "htmlEntities", hasEntities), boolMember(options, "zeroSalePrice", false)},
      ownOptions_(ownOptions) {
  if (const Json* configs = member(options, "configs")) configs_ = *configs;
  sessionId_ = textMember(options, "sessionId");
}

Text Service::optionNames() const {
  return Text("name configs currency apiUrl keysArePublic htmlEntities zeroSalePrice ").append(ownOptions_);
}

Text Service::require(const Json& options, const char* name, List<Problem>& problems) {
  const std::string_view value = stringMember(options, name);
  if (value.empty()) {
    const Text field = Text("provider.") + name;
    problems.push_back(validationError(field, "bad-option", "% must be a non-empty string.", field));
    if (!refusal_) refusal_ = copyOf(problems.back());
  }
  return Text(value);
}

void Service::noteSecret(const Json& options, const char* name) {
  // A key with this prefix declares itself public.
  const std::string_view value = stringMember(options, name);
  if (value.empty() || value.substr(0, 2) == "pk" || boolMember(options, "keysArePublic", false)) return;
  if (!exposedKeys_.empty()) exposedKeys_ += ", ";
  exposedKeys_ += name;
}

Text Service::exposure() const {
  if (exposedKeys_.empty()) return {};
  return filled(
      "Everybody can read %, which the service asks to keep secret. (provider.keysArePublic: true, if that is meant.)",
      exposedKeys_);
}

Text Service::address(const Json& options, const char* name, std::string_view fallback) {
  std::string_view url = stringMember(options, name, fallback);
  while (!url.empty() && url.back() == '/') url.remove_suffix(1);
  return Text(url);
}

Text Service::currencyIn(const Json& reply) const {
  Text currency = currencyCode(stringMember(reply, "currency"));
  return currency.empty() ? currency_ : currency;
}

Text Service::wordsIn(const Json& reply, const char* member) const {
  return wordsOf(stringMember(reply, member), reading_.hasEntities);
}

std::string_view Service::configFor(QueryKind kind, const Json& query, bool isOwn) const {
  const std::string_view configId = stringMember(query, "configId");
  const std::string_view other = isOwn ? configId : stringMember(configs_, kQueryKindNames[static_cast<int>(kind)]);
  return stringMember(configs_, configId, other);
}

Problem Service::refuseOthers(const Json& query, const Asker& asker, const Takes& takes) const {
  std::string_view nearest;
  for (const Json& child : query.children) {
    const bool isEmpty = child.isNull() || (!child.isNumber() && child.text.empty() && child.children.empty());
    // Vitrine applies filters to products, which suggestions are not.
    const bool isOther = child.name == "filters" ? takes.situation != std::string_view("suggest")
                                                 : !isAmong(kQueryOptions, child.name, nearest);
    if (isEmpty || isOther) continue;
    if (isAmong(takes.options, child.name, nearest)) continue;
    if (asker.isMarkup && isAmong("configId anchorId categoryId query", child.name, nearest)) continue;
    return validationError(child.name, "unsupported-option",
                           "% takes no % with %: leave it out, or name a service that takes it (docs/queries.md).",
                           name_, child.name, takes.situation);
  }
  return nullptr;
}

Problem Service::ask(QueryKind kind, const Json& query, const Asker& asker, HttpRequest& request) const {
  if (refusal_) return copyOf(refusal_);
  if (!(kinds() >> static_cast<int>(kind) & 1)) {
    Text others;
    for (int i = 0; i < kQueryKinds; ++i) {
      if (kinds() >> i & 1) others.append(others.empty() ? "" : ", ").append(kQueryKindNames[i]);
    }
    return validationError("kind", "unsupported-kind", "% has no %; it has %. Call one of these.", name_,
                           kQueryKindNames[static_cast<int>(kind)], others);
  }
  if (Problem problem = checkArguments(kind, query, asker, mayCartBeEmpty_, hasLists_)) return problem;
  const Json* filters = member(query, "filters");
  if (filters && !filters->children.empty()) appendJson(request.filtersJson, *filters);
  request.isPersonal = kind == QueryKind::kForVisitor || kind == QueryKind::kForUser;
  return build(kind, query, asker, request);
}

Text sampleReply() {
  // Has the names of all services for id, title, address, picture and prices; # is replaced by another character per
  // product.
  constexpr std::string_view kFields =
      R"("id":"#","productId":"#","product_id":"#","title":"#","name":"#","brand":"#","url":"/#","page_url":"/#",)"
      R"("productURL":"/#","clickURL":"/#","imageUrl":"/#","image_url":"/#","imageURL":"/#","image_link":"/#",)"
      R"("price":2#.5,"originalPrice":3#.5,"sale_price":1#.5,"original_price":2#.5,)"
      R"("salePriceCents":1#0,"priceCents":2#0)";
  constexpr std::string_view kSigns = "12345678";
  Text list("[");
  for (const char sign : kSigns) {
    Text fields(kFields);
    std::replace(fields.begin(), fields.end(), '#', sign);
    list += filled(R"(%{%,"metadata":{%}})", list.size() > 1 ? "," : "", fields, fields);
  }
  list += ']';
  return filled(R"({"results":%,"displays":%,"placements":[{"recommendedProducts":%}]})", list, list, list);
}

}  // namespace vitrine
