// Doofinder: the Recommendations API (a widget of the service's admin panel, asked for by its id), the Search API
// (_search and _suggest, as js-doofinder calls them), and its statistics for what the shopper does.
#include "base/md5.h"
#include "base/number.h"
#include "base/query_string.h"
#include "model/currency.h"
#include "model/retry.h"
#include "services/doofinder_search.h"
#include "services/list.h"
#include "services/reply.h"
#include "services/status.h"

namespace vitrine::doofinder {
namespace {

constexpr std::size_t kSessionIdLength = 32;  // documentation of both APIs
constexpr std::size_t kUuidLength = 36;
constexpr char kStats[] = "/stats/";

// Documentation: a widget takes the page, the shopper and the cart.
constexpr Service::Takes kTakes[kQueryKinds] = {{"similarItems", "configId topK url categoryPath anchorId anchorIds"},
                                                {"forVisitor", "configId topK url categoryPath"},
                                                {"forUser", "configId topK url categoryPath"},
                                                {"boughtTogether", "configId topK url categoryPath anchorId itemIds"},
                                                {"trending", "configId topK url categoryPath"},
                                                {"category", "configId topK url categoryPath categoryId"},
                                                {"searchText", "query topK sortBy page"},
                                                {"searchCategory", "categoryId topK sortBy page"},
                                                {"suggest", "query limit"}};

enum Lane { kSessions, kClicks, kCarts, kCheckouts };

class Doofinder final : public Service {
 public:
  // options: {zone = "eu1" | "us1" | "ap1", configs: {configId or kind: widget id}, hashid?, language?, currency?,
  // index = "product", productUrl? ("https://shop.example/p/{id}", for widgets about another product than the page's),
  // apiKey? (of the statistics), apiUrl, searchUrl, sessionId?}
  Doofinder(const Json& options, List<Problem>& problems);

  Problem read(int status, std::string_view body, std::string_view part, const Slate* last,
               Slate& slate) const override;
  int lane(EventKind kind) const override;
  std::size_t laneSize(int) const override { return 1; }
  // A session that is begun twice counts once. Any other event would count twice.
  int receipt(int lane, int status, std::string_view) override {
    return status == kStatusTimeout && lane != kSessions ? 204 : status;
  }
  bool encode(int lane, const List<std::string_view>& events, std::string_view batchId, TimeMs wallMs,
              HttpRequest& request) override;

 private:
  unsigned kinds() const override { return ~0u; }
  Problem build(QueryKind kind, const Json& query, const Asker& asker, HttpRequest& request) const override;
  // Returns the service's id of an item, "hashid@index@md5 of the id". An id of that form is kept. Without a hashid,
  // the service cannot find any other item: "".
  Text dfid(std::string_view itemId) const;

  Text apiUrl_;
  Text statsUrl_;  // "" without a hashid
  Text headersJson_;
  Text hashid_;
  Text language_;
  Text index_;
  Text productUrl_;
  // The session that was begun last, and the event that began it: the event may be sent again.
  Text begunSession_;
  Text beginner_;
};

// Returns the id, or its MD5 if it is too long.
Text fitting(std::string_view id, std::size_t most) { return id.size() > most ? md5(id) : Text(id); }

bool isUuid(std::string_view id) {
  return id.size() == kUuidLength && id[8] == '-' && id[13] == '-' && id[18] == '-' && id[23] == '-' &&
         id.find_first_not_of("0123456789abcdefABCDEF-") == std::string_view::npos;
}

// The namespace of the ids that uuidOf() makes: the UUID 76697472-696e-652e-7573-65725f69642e.
constexpr char kNamespace[] = "vitrine.user_id.";

// Returns the id of the user or, before a login, of the visitor as the service wants it: a UUID. An id that is none
// becomes the UUID of version 3 (RFC 9562) of the same text in kNamespace, so that a server can make it too.
Text uuidOf(std::string_view userId, std::string_view visitorId) {
  const std::string_view id = userId.empty() ? visitorId : userId;
  if (id.empty() || isUuid(id)) return Text(id);
  Text hash = md5(Text(kNamespace).append(id));
  hash[12] = '3';
  hash[16] = "89ab89ab89ab89ab"[hash[16] <= '9' ? hash[16] - '0' : hash[16] - 'a' + 10];
  Text uuid;
  for (std::size_t i = 0; i < hash.size(); ++i) {
    if (i == 8 || i == 12 || i == 16 || i == 20) uuid += '-';
    uuid += hash[i];
  }
  return uuid;
}

Doofinder::Doofinder(const Json& options, List<Problem>& problems)
    // The service's shop plugins send the texts of the shop's database, with their references, to the index; only feeds
    // that are files are decoded (github.com/doofinder/doofinder-magento2, issue 44).
    : Service(options, "Doofinder", "zone hashid language index productUrl apiKey searchUrl sessionId", true),
      hashid_(stringMember(options, "hashid")),
      language_(stringMember(options, "language")),
      index_(stringMember(options, "index", "product")),
      productUrl_(stringMember(options, "productUrl")) {
  Text zone(stringMember(options, "zone", "eu1"));
  if (zone != "eu1" && zone != "us1" && zone != "ap1") {
    problems.push_back(validationError("provider.zone", "bad-option", "provider.zone must be 'eu1', 'us1' or 'ap1'."));
    zone = "eu1";
  }
  apiUrl_ = address(options, "apiUrl", filled("https://%-recommendations.doofinder.com", zone));
  const Text searchUrl = address(options, "searchUrl", filled("https://%-search.doofinder.com", zone));
  if (!hashid_.empty()) {
    statsUrl_ = searchUrl;
    statsUrl_ += "/6/";
    appendEncoded(statsUrl_, hashid_);
    statsUrl_ += kStats;
  }
  if (const std::string_view key = stringMember(options, "apiKey"); !key.empty())
    JsonObject(headersJson_).add("authorization", filled("Token %", key)).close();
  noteSecret(options, "apiKey");
}

Text Doofinder::dfid(std::string_view itemId) const {
  const bool isDfid = itemId.size() > 66 && itemId[32] == '@' && itemId[itemId.size() - 33] == '@';
  return isDfid ? Text(itemId) : hashid_.empty() ? Text() : filled("%@%@%", hashid_, index_, md5(itemId));
}

// Appends the path to the category as a list of objects. The service documents that they are objects, and none of their
// members: a step that the shop gives as an object is sent as it is, a name as {name}. The last one has the id too.
void addCategories(Text& out, const Json& query) {
  Json steps;
  const Json* path = member(query, "categoryPath");
  if (path && path->isArray())
    steps = *path;
  else if (path && !path->text.empty())
    steps.children.push_back(*path);
  const Json* id = member(query, "categoryId");
  if (id && steps.children.empty()) steps.children.emplace_back().type = Json::Type::kNull;
  out += '[';
  for (const Json& step : steps.children) {
    if (out.back() != '[') out += ',';
    const bool isLast = id && &step == &steps.children.back();
    if (step.isObject()) {
      appendJson(out, step);
      continue;
    }
    JsonObject json(out);
    addIfGiven(json, "name", step.text);
    if (isLast) json.add("id", id->text);
    json.close();
  }
  out += ']';
}

Problem Doofinder::build(QueryKind kind, const Json& query, const Asker& asker, HttpRequest& request) const {
  if (Problem problem = refuseOthers(query, asker, kTakes[static_cast<int>(kind)])) return problem;
  if (kind >= QueryKind::kSearchText) {
    const std::string_view engine = std::string_view(statsUrl_).substr(0, statsUrl_.rfind(kStats));
    if (!engine.empty()) return buildSearch(kind, query, engine, index_, headersJson_, request);
    return validationError("provider.hashid", "bad-option", "Doofinder needs provider.hashid for this call.");
  }
  const std::string_view widget = configFor(kind, query, stringMember(query, "configId").size() == kUuidLength);
  if (widget.empty()) {
    return validationError("provider.configs", "bad-option",
                           "Doofinder needs the id of a widget: name it in provider.configs.%.",
                           kQueryKindNames[static_cast<int>(kind)]);
  }
  Text url(stringMember(query, "url"));
  const List<Text> items = itemsOf(query);
  const bool isSimilar = kind == QueryKind::kSimilarItems;
  if (isSimilar && items.size() > 1)
    return validationError("anchorIds", "bad-argument",
                           "Doofinder knows items similar to one product, not to several.");
  const std::string_view anchor = isSimilar ? items.front() : stringMember(query, "anchorId");
  const std::size_t hole = productUrl_.find("{id}");
  if (url.empty() && !anchor.empty() && hole != Text::npos) {
    url = productUrl_.substr(0, hole);
    appendEncoded(url, anchor);
    url += productUrl_.substr(hole + 4);
  }
  if (url.empty() && isSimilar && anchor != asker.viewing) {
    return validationError(
        "anchorId", "bad-argument",
        "Doofinder knows a product by its page: set provider.productUrl, give url, or call setViewing(id) there.");
  }
  if (url.empty()) url = asker.url;
  if (url.empty()) return validationError("url", "bad-argument", "Give url: without a page Doofinder has no address.");
  JsonObject body(request.body);
  body.add("current_url", url);
  addIfGiven(body, "session_id", fitting(sessionOf(asker.sessionId, {}), kSessionIdLength));
  addIfGiven(body, "user_id", uuidOf(asker.userId, asker.visitorId));
  if (!hashid_.empty()) body.add("hashid", hashid_);
  if (!language_.empty()) body.add("language", language_);
  if (!currency_.empty()) body.add("price_name", currency_);
  Text& cart = body.key("cart_items");
  cart += '[';
  const bool isBought = kind == QueryKind::kBoughtTogether;
  for (const Text& item : isBought && !items.empty() ? items : asker.cart) {
    const Text id = dfid(item);
    if (id.empty()) {
      if (!isBought) continue;
      return validationError("provider.hashid", "bad-option", "Doofinder needs provider.hashid for this call.");
    }
    if (cart.back() != '[') cart += ',';
    JsonObject(cart).add("dfid", id).close();
  }
  cart += ']';
  addCategories(body.key("category_context"), query);
  body.close();
  request.url = apiUrl_;
  request.url += "/api/widget/";
  appendEncoded(request.url, widget);
  request.headersJson = R"({"content-type":"application/json"})";
  return nullptr;
}

// {"error": "Bad request", "details": {"session_id": ["length must be …"]}}
Problem readError(int status, std::string_view body) {
  Problem error = statusError(status);
  const Json reply = parseJson(body);
  setDetail(*error, {}, stringMember(reply, "error"));
  if (isGood(status)) return error;
  if (const Json* details = member(reply, "details"); details && details->isObject()) {
    for (const Json& field : details->children) {
      for (const Json& message : field.children) addDetail(*error, field.name, message.text);
    }
  }
  return error;
}

// "%v %s", "€" -> suffix " €". otherwise: the currency if the reply names none.
MoneyFormat readMoney(const Json& currency, const Text& otherwise) {
  MoneyFormat money;
  money.currency = currencyCode(stringMember(currency, "code"));
  if (money.currency.empty()) money.currency = otherwise;
  money.decimal = stringMember(currency, "decimal", ".");
  money.group = stringMember(currency, "thousand", ",");
  money.digits = countMember(currency, "precision");
  if (money.digits < 0) money.digits = minorDigits(money.currency);
  if (money.digits > 4) money.digits = 2;
  money.label = stringMember(currency, "label");
  Text format(stringMember(currency, "format", "%v %s"));
  if (const std::size_t symbol = format.find("%s"); symbol != Text::npos)
    format.replace(symbol, 2, stringMember(currency, "symbol"));
  const std::size_t value = format.find("%v");
  if (value != Text::npos) {
    money.prefix = format.substr(0, value);
    money.suffix = format.substr(value + 2);
    if (money.suffix == " ") money.suffix.clear();  // there is no symbol
  }
  return money;
}

Problem Doofinder::read(int status, std::string_view body, std::string_view, const Slate* last, Slate& slate) const {
  Cut cut;
  const bool isCut = isGood(status) && cutList(body, "results", cut, last);
  const std::string_view first = cut.elements.empty() ? std::string_view() : cut.elements.front();
  if (isGood(status) && readSuggestions(body, first, slate)) return nullptr;
  if (!isCut) return readError(status, body);
  if (!takeHead(cut, last, slate)) {
    const Json frame = parseJson(cut.frame);
    if (!frame.isObject()) return statusError(status);
    slate.title = wordsIn(frame, "title");
    slate.fallbackAction = stringMember(frame, "fallback_action");
    slate.currency = currencyIn(frame);
    if (const Json* currency = member(frame, "currency"); currency && currency->isObject()) {
      slate.money = readMoney(*currency, currency_);
      slate.hasMoney = true;
      slate.currency = slate.money.currency;
    }
    readSearch(frame, slate);
  }
  const bool isSearch = slate.totalResults >= 0;
  const ProductFields fields = {.id = "id",
                                .title = "title",
                                .url = isSearch ? "link" : "url",
                                .imageUrl = "image_link",
                                .brand = "brand",
                                .price = "sale_price",
                                .originalPrice = "price",
                                .rating = "rating",
                                .ratingCount = "rating_count",
                                .reference = "dfid",
                                .badges = "badges"};
  readProducts(cut, fields, last, slate, reading_);
  slate.frame = std::move(cut.frame);
  return nullptr;
}

int Doofinder::lane(EventKind kind) const {
  if (statsUrl_.empty()) return kNoLane;
  switch (kind) {
    case EventKind::kItemsServed:
    case EventKind::kIdentify:
      return kSessions;
    case EventKind::kClick:
      return kClicks;
    case EventKind::kAddToCart:
    case EventKind::kRemoveFromCart:
    case EventKind::kClearCart:
      return kCarts;
    case EventKind::kPurchase:
      return kCheckouts;
    default:
      return kNoLane;
  }
}

bool Doofinder::encode(int lane, const List<std::string_view>& events, std::string_view, TimeMs, HttpRequest& request) {
  const Json event = parseJson(events.front());
  const std::string_view itemId = stringMember(event, "itemId"), reference = stringMember(event, "reference");
  const std::string_view type = stringMember(event, "type");
  const Text session =
      fitting(sessionOf(stringMember(event, "sessionId"), stringMember(event, "pageId")), kSessionIdLength);
  const Text user = uuidOf(stringMember(event, "userId"), stringMember(event, "visitorId"));
  constexpr const char* kPaths[] = {"init", "click", "cart/", "checkout"};
  if (lane == kSessions) {
    const std::string_view id = stringMember(event, "eventId");
    const bool isNewSession = session != begunSession_ || id == beginner_ || type == "identify";
    if (!isNewSession) return true;
    begunSession_ = session;
    beginner_ = id;
  }
  Text& url = request.url;
  url = statsUrl_;
  url += kPaths[lane];
  const auto addWhole = [&](const char* name, double value) {
    Text digits;
    appendNumber(digits, value);
    addParameter(url, name, digits);
  };
  request.method = "PUT";
  if (lane == kCarts) appendEncoded(url, session);
  if (type == "clearCart") {
    request.method = "DELETE";
  } else if (lane == kCarts) {
    // js-doofinder: PATCH takes the amount out of the cart, DELETE empties it.
    if (type == "removeFromCart") request.method = "PATCH";
    addParameter(url, "id", itemId);
    const auto [amount, price] = wholeLine(event, stringMember(event, "currency"));
    addWhole("amount", amount);
    addParameter(url, "index", index_);
    addIfGiven(url, "title", stringMember(event, "title"));
    if (member(event, "unitPrice")) addWhole("price", price);
  } else {
    if (lane == kClicks) addParameter(url, "dfid", reference.empty() ? dfid(itemId) : Text(reference));
    addParameter(url, "session_id", session);
    addIfGiven(url, "user_id", user);
    if (lane == kClicks) {
      addIfGiven(url, "query", stringMember(event, "query"));
      // The service counts positions from 1.
      if (const double position = numberMember(event, "position", -1); position >= 0)
        addWhole("position", position + 1);
    }
  }
  request.headersJson = headersJson_;
  return true;
}

}  // namespace

std::unique_ptr<Service> make(const Json& options, List<Problem>& problems) {
  return std::make_unique<Doofinder>(options, problems);
}

}  // namespace vitrine::doofinder
