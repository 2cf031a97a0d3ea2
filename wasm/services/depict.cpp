// Depict (docs.depict.ai). Queries and events follow the service's published OpenAPI: /v2/recommend/products/* or, with
// version 3, /v3/recommend/products; /v3/search/results, /v3/search/suggestions and /v3/listings/external_id/*/products
// for searches, suggestions and listings; /create-events and, for purchases, /v2/create-events. The default types of
// recommendations are this project's choice, because the service documents none.
#include <algorithm>

#include "base/number.h"
#include "model/currency.h"
#include "services/depict_search.h"
#include "services/list.h"
#include "services/reply.h"
#include "services/status.h"

namespace vitrine::depict {
namespace {

constexpr int kLimit = 128;  // OpenAPI: 1 <= limit <= 128

constexpr Service::Takes kTakes[kQueryKinds] = {{"similarItems", "configId topK params anchorId anchorIds"},
                                                {"forVisitor", "configId topK params"},
                                                {"forUser", "configId topK params"},
                                                {"boughtTogether", "configId topK params anchorId itemIds"},
                                                {"trending", "configId topK params"},
                                                {"category", "configId topK params categoryId"},
                                                {"searchText", "query topK sortBy page cursor params"},
                                                {"searchCategory", "categoryId topK sortBy page cursor params"},
                                                {"suggest", "query limit"}};

enum Lane { kEvents, kPurchases, kProducts };

// Returns the service's name for an event; null if it has none.
const char* typeOf(EventKind kind) {
  switch (kind) {
    case EventKind::kPageView:
      return "page_view";
    case EventKind::kItemsServed:
      return "recommendations_inserted";
    case EventKind::kView:
      return "element_visible";
    case EventKind::kClick:
      return "click";
    case EventKind::kAddToCart:
      return "add_to_cart";
    case EventKind::kPurchase:
      return "purchase";
    default:
      return nullptr;
  }
}

class Depict final : public Service {
 public:
  // options: {tenant, market, locale?, apiKey?, version = 2, currency?, priceFormat?, configs?, apiUrl =
  // "https://api.depict.ai", eventsUrl = apiUrl, sessionId?, purchases = "page" | "server", params? (further members of
  // each query's body)}; priceFormat: {pre_, post_, decimal_places_delimiter_,
  // thousands_delimiter_, places_after_comma_}.
  Depict(const Json& options, List<Problem>& problems);

  Problem read(int status, std::string_view body, std::string_view part, const Slate* last,
               Slate& slate) const override;
  int lane(EventKind kind) const override {
    return kind == EventKind::kPurchase   ? kPurchases
           : kind == EventKind::kViewItem ? kProducts
           : typeOf(kind)                 ? kEvents
                                          : kNoLane;
  }
  // A viewItem is sent if it says that the product cannot be bought, so it cannot share a request with others.
  std::size_t laneSize(int lane) const override { return lane == kProducts ? 1 : kMaxBatch; }
  // deduplication_id and transaction_id let the service count an event once that arrives twice.
  int receipt(int, int status, std::string_view) override { return status; }
  bool encode(int lane, const List<std::string_view>& events, std::string_view batchId, TimeMs wallMs,
              HttpRequest& request) override;

 private:
  // The recommendations of version 3 are for product pages only.
  unsigned kinds() const override { return version_ == 3 ? ~kindBits({QueryKind::kCategory}) : ~0u; }
  Problem build(QueryKind kind, const Json& query, const Asker& asker, HttpRequest& request) const override;
  JsonObject& addOwner(JsonObject& json) const { return json.add("tenant", tenant_).add("market", market_); }
  // The service wants a session id in every request. Its own is of the browser and never ends (localStorage, then a
  // cookie of the year 9999), so Vitrine's visitor id is the like of it. Without consent that is the page view's.
  void addShopper(JsonObject& json, std::string_view visitorId, std::string_view pageId,
                  std::string_view userId) const {
    addIfGiven(json, "session_id", sessionOf(visitorId, pageId));
    addIfGiven(json, "user_id", userId);
  }
  void addShopper(JsonObject& json, const Json& event) const {
    addShopper(json, stringMember(event, "visitorId"), stringMember(event, "pageId"), stringMember(event, "userId"));
  }
  void addEvent(Text& out, const Json& event) const;
  void addPurchase(Text& out, const Json& event) const;

  Text tenant_;
  Text market_;
  Text locale_;
  Text apiUrl_;
  Text eventsUrl_;
  Text headersJson_;
  Json params_;
  int version_;
  bool isServersOrder_;  // the shop's server reports orders, and the page reports whose they are
  bool hasMoney_ = false;
  MoneyFormat money_;
};

// Returns the problem with an object of further members.
Problem checkParams(const Json* params, const char* field) {
  return !params || params->isNull() || params->isObject() ? nullptr : argumentError(field, "an object");
}

MoneyFormat readPriceFormat(const Json& given, const Text& currency) {
  MoneyFormat money;
  money.currency = currency;
  money.prefix = stringMember(given, "pre_");
  money.suffix = stringMember(given, "post_");
  money.decimal = stringMember(given, "decimal_places_delimiter_", ".");
  money.group = stringMember(given, "thousands_delimiter_", ",");
  money.digits = std::clamp(intMember(given, "places_after_comma_", minorDigits(currency)), 0, 4);
  return money;
}

Depict::Depict(const Json& options, List<Problem>& problems)
    : Service(options, "Depict",
              "tenant market locale apiKey version priceFormat eventsUrl sessionId purchases params"),
      version_(numberMember(options, "version", 2) == 3 ? 3 : 2),
      isServersOrder_(stringMember(options, "purchases") == "server") {
  wantsAddress_ = true;
  hasLists_ = true;
  const Json* params = member(options, "params");
  if (Problem problem = checkParams(params, "provider.params")) {
    problem->code = "bad-option";
    problems.push_back(std::move(problem));
  } else if (params) {
    params_ = *params;
  }
  tenant_ = require(options, "tenant", problems);
  market_ = require(options, "market", problems);
  locale_ = version_ == 3 ? require(options, "locale", problems) : Text(stringMember(options, "locale"));
  apiUrl_ = address(options, "apiUrl", "https://api.depict.ai");
  eventsUrl_ = address(options, "eventsUrl", apiUrl_);
  noteSecret(options, "apiKey");
  JsonObject headers(headersJson_);
  headers.add("content-type", "application/json");
  addIfGiven(headers, "X-API-KEY", stringMember(options, "apiKey"));
  headers.close();
  const Json* format = member(options, "priceFormat");
  hasMoney_ = format && format->isObject();
  if (hasMoney_) money_ = readPriceFormat(*format, currency_);
}

Problem Depict::build(QueryKind kind, const Json& query, const Asker& asker, HttpRequest& request) const {
  if (Problem problem = refuseOthers(query, asker, kTakes[static_cast<int>(kind)])) return problem;
  const Json* own = member(query, "params");
  if (Problem problem = checkParams(own, "params")) return problem;
  if (kind >= QueryKind::kSearchText) {
    const std::string_view sessionId = sessionOf(asker.visitorId, asker.pageId);
    return buildSearch(kind, query, {apiUrl_, tenant_, market_, locale_, sessionId, headersJson_, params_}, request);
  }
  const bool isOfProducts = kind == QueryKind::kSimilarItems || kind == QueryKind::kBoughtTogether;
  const List<Text> items = isOfProducts ? itemsOf(query, asker.cart) : List<Text>();
  const double limit = numberMember(query, "topK", 0);
  if (limit > kLimit)
    return validationError("topK", "bad-argument", "topK must be a whole number from 1 to 128: Depict's limit.");
  std::string_view type = configFor(kind, query);
  if (type.empty()) type = stringMember(query, "configId");
  if (type.empty())
    type = kind == QueryKind::kSimilarItems     ? "similar"
           : kind == QueryKind::kBoughtTogether ? "cross_sell"
                                                : kQueryKindNames[static_cast<int>(kind)];
  JsonObject body(request.body);
  if (version_ == 3)
    body.add("merchant", tenant_).add("market", market_).add("locale", locale_);
  else
    addOwner(body);
  body.add("type", type);
  const char* path = "general";
  if (kind == QueryKind::kCategory) {
    path = "category";
    body.add("category_id", stringMember(query, "categoryId"));
  } else if (version_ == 2 && items.size() == 1) {
    path = "product";
    body.add("product_id", items.front());
  } else if (version_ == 3 || !items.empty()) {
    path = "products";
    appendTextList(body.key("product_ids"), items);
  }
  addShopper(body, asker.visitorId, asker.pageId, version_ == 3 ? std::string_view() : asker.userId);
  if (limit > 0) body.add("limit", limit);
  if (version_ == 2) addIfGiven(body, "locale", locale_);
  // A reader of JSON takes the later one of two members with one name: the shop's. The query's counts over the
  // provider's.
  for (const Json* params : {&std::as_const(params_), own}) {
    if (!params) continue;
    for (const Json& param : params->children) {
      if (params == own || !own || !member(*own, param.name)) body.addJson(param.name.c_str(), param);
    }
  }
  body.close();
  request.reference = type;
  request.url =
      apiUrl_ + (version_ == 3 ? "/v3/recommend/" : "/v2/recommend/products/") + (version_ == 3 ? "products" : path);
  request.headersJson = headersJson_;
  return nullptr;
}

// {"detail": [{"loc": ["body", "limit"], "msg", "type"}]}, {"detail": "…"} or {"error": "…"}
Problem readError(int status, std::string_view body) {
  Problem error = statusError(status);
  const Json reply = parseJson(body);
  if (const std::string_view text = stringMember(reply, "error"); !text.empty())
    setDetail(*error, "service-error", text);
  const Json* detail = member(reply, "detail");
  if (!detail || isGood(status)) return error;
  setDetail(*error, {}, detail->text);
  for (const Json& complaint : detail->children) {
    Text field;
    if (const Json* loc = member(complaint, "loc")) {
      for (const Json& step : loc->children) {
        if (&step == &loc->children.front() && step.text == "body") continue;
        field.append(field.empty() ? "" : ".").append(step.text);
      }
    }
    addDetail(*error, field, stringMember(complaint, "msg"));
  }
  if (!detail->children.empty()) setDetail(*error, stringMember(detail->children.front(), "type"), {});
  return error;
}

Problem Depict::read(int status, std::string_view body, std::string_view, const Slate* last, Slate& slate) const {
  Cut cut;
  if (!isGood(status) || !cutList(body, "displays", cut, last)) {
    const Json reply = parseJson(body);
    if (!isGood(status) || !readSuggestions(reply, slate)) return readError(status, body);
    slate.frame = body;
    return nullptr;
  }
  if (!takeHead(cut, last, slate) || cut.elements.empty()) {
    const Json frame = parseJson(cut.frame);
    if (!frame.isObject()) return statusError(status);
    if (const std::string_view error = stringMember(frame, "error"); !error.empty() && cut.elements.empty()) {
      return readError(status, cut.frame);
    }
    if (!readSuggestions(frame, slate)) readListing(frame, slate);
    slate.currency = currencyIn(frame);
    slate.hasMoney = hasMoney_;
    slate.money = money_;
    JsonObject experiment(slate.experiment);
    for (const char* name : {"experiment_id", "variant"}) {
      const Json* value = member(frame, name);
      if (value && !value->isNull()) experiment.addJson(*name == 'v' ? name : "id", *value);
    }
    if (slate.experiment.size() > 1)
      experiment.close();
    else
      slate.experiment.clear();
  }
  List<Text> texts;
  bool hasResultIds = false;
  if (version_ == 3 || slate.totalResults >= 0) texts = unfoldVariants(cut, hasResultIds);
  ProductFields fields = {.id = "product_id",
                          .title = "title",
                          .url = "page_url",
                          .imageUrl = "image_url",
                          .brand = "brand",
                          .price = "sale_price",
                          .originalPrice = "original_price",
                          .priceRange = "price",
                          .rating = "rating",
                          .ratingCount = "rating_count",
                          .reference = "recommendation_id",
                          .badges = "badges"};
  if (hasResultIds) fields.reference = "reference";
  readProducts(cut, fields, last, slate, reading_);
  slate.frame = std::move(cut.frame);
  return nullptr;
}

void Depict::addEvent(Text& out, const Json& event) const {
  EventKind kind;
  if (!readEventKind(stringMember(event, "type"), kind)) return;
  const bool isList = kind == EventKind::kItemsServed;
  const std::string_view reference = stringMember(event, "reference");
  JsonObject json(out);
  addOwner(json).add("type", typeOf(kind)).add("deduplication_id", stringMember(event, "eventId"));
  addShopper(json, event);
  // A list is sent as its type alone: the service's event has room for one product, and its own library sends none.
  addIfGiven(json, "product_id", stringMember(event, "itemId"));
  const std::size_t name = reference.find("_result_id:") + 11;
  // The id of a product in a search or a listing stands behind its name and a colon (depict_search.h).
  if (isList)
    json.add("recommendation_type", reference.empty() ? stringMember(event, "source") : reference);
  else if (name > 11)
    json.add(Text(reference.substr(0, name - 1)).c_str(), reference.substr(name));
  else
    addIfGiven(json, "recommendation_id", reference);
  addIfGiven(json, "entity_price", textMember(event, "unitPrice"));
  addIfGiven(json, "currency", stringMember(event, "currency"));
  if (kind == EventKind::kClick) addIfGiven(json, "click_location", stringMember(event, "surface"));
  addIfGiven(json, "url", stringMember(event, "url"));
  addIfGiven(json, "document_referrer", stringMember(event, "referrer"));
  json.close();
}

void Depict::addPurchase(Text& out, const Json& event) const {
  JsonObject json(out);
  json.add("event_type", isServersOrder_ ? "transaction_mapping" : "purchase");
  addShopper(json, event);
  json.add("transaction_id", stringMember(event, "orderId"));
  if (!isServersOrder_) {
    Text& list = json.add("currency", stringMember(event, "currency")).key("products");
    list += '[';
    // OpenAPI: price >= 0, and quantity is an integer.
    const double missing = missingPrice(event);
    for (const Json& item : linesOf(event)) {
      const auto [quantity, price] = wholeLine(item, stringMember(event, "currency"), missing);
      if (price < 0) continue;
      if (list.back() != '[') list += ',';
      JsonObject(list).add("sku", stringMember(item, "itemId")).add("price", price).add("quantity", quantity).close();
    }
    list += ']';
  }
  json.close();
}

bool Depict::encode(int lane, const List<std::string_view>& events, std::string_view, TimeMs, HttpRequest& request) {
  Text list;
  for (const std::string_view text : events) {
    list += list.empty() ? '[' : ',';
    const Json event = parseJson(text);
    if (lane == kEvents) {
      addEvent(list, event);
    } else if (lane == kPurchases) {
      addPurchase(list, event);
    } else {
      const std::string_view reason = stringMember(event, "availability");
      if (reason.empty()) return false;
      JsonObject json(list);
      json.add("event_type", "product_unavailable").add("product_id", stringMember(event, "itemId"));
      json.add("unavailability_type", reason).close();
    }
  }
  list += ']';
  request.url = eventsUrl_ + (lane == kEvents ? "/create-events" : "/v2/create-events");
  request.headersJson = headersJson_;
  if (lane == kEvents) {
    request.body = std::move(list);
  } else {
    JsonObject body(request.body);
    addOwner(body).addRaw("events", list).close();
  }
  return true;
}

}  // namespace

std::unique_ptr<Service> make(const Json& options, List<Problem>& problems) {
  return std::make_unique<Depict>(options, problems);
}

}  // namespace vitrine::depict
