// RichRelevance (Algonomy Recommend): recsForPlacements, a GET whose parameters depend on the type of page. It is the
// query, the record of the page view and, on some pages, the event. `configs` names the placement of each query; the
// defaults, page type and ".rr1", are the documentation's examples.
#include <algorithm>

#include "base/number.h"
#include "base/query_string.h"
#include "model/money.h"
#include "model/retry.h"
#include "services/list.h"
#include "services/reply.h"
#include "services/richrelevance_find.h"
#include "services/richrelevance_parameters.h"
#include "services/search.h"
#include "services/status.h"

namespace vitrine::richrelevance {
namespace {

constexpr char kPath[] = "/rrserver/api/rrPlatform/recsForPlacements";
constexpr std::size_t kMostUrlShown = 60;     // bytes of a refused address in a message
constexpr std::size_t kMaxContextItems = 15;  // documentation: productId on search and category pages

enum class Needs { kNothing, kProducts, kCart, kAdded, kBrand, kCategory, kOrder, kTerm };

// Documentation: "Page Type Specific Parameters", and the options of a query that become parameters.
constexpr Service::Takes kTakes[] = {
    {"home_page", "configId topK categoryHints params"},
    {"add_to_cart_page", "configId topK categoryHints params anchorId anchorIds itemIds"},
    {"cart_page", "configId topK categoryHints params anchorId anchorIds itemIds"},
    {"brand_page", "configId topK categoryHints params brand"},
    {"category_page", "configId topK categoryHints params categoryId anchorId anchorIds itemIds"},
    {"error_page", "configId topK categoryHints params"},
    {"generic_page", "configId topK categoryHints params"},
    {"item_page", "configId topK categoryHints params anchorId anchorIds itemIds"},
    {"personal_page", "configId topK categoryHints params"},
    {"purchase_complete_page", "configId topK categoryHints params order"},
    {"search_page", "configId topK categoryHints params query anchorId anchorIds itemIds"}};
constexpr Needs kNeeds[] = {Needs::kNothing,  Needs::kAdded,   Needs::kCart,    Needs::kBrand,
                            Needs::kCategory, Needs::kNothing, Needs::kNothing, Needs::kProducts,
                            Needs::kNothing,  Needs::kOrder,   Needs::kTerm};
constexpr int kPageTypes = std::size(kTakes);

// The type of page, by kind of query. A search page shows recommendations beside the results of a search.
constexpr const char* kPlacements[kQueryKinds] = {"item_page.rr1",    "home_page.rr1",     "personal_page.rr1",
                                                  "cart_page.rr1",    "generic_page.rr1",  "category_page.rr1",
                                                  "search_page.find", "category_page.rr1", ""};
constexpr Service::Takes kSearchTakes = {"searchText", "configId query topK sortBy page params"};
constexpr Service::Takes kCategoryTakes = {
    "searchCategory", "configId categoryId topK page params categoryHints anchorId anchorIds itemIds"};
constexpr Service::Takes kSuggestTakes = {"suggest", "query limit params"};
constexpr double kMostCounted = 1000;  // documentation: count of Search & Browse

enum Lane { kClicks, kCarts, kOrders };

class RichRelevance final : public Service {
 public:
  // options: {apiKey, apiClientKey, environment = "production" | "integration", apiUrl, currency?, configs? (also for
  // the events addToCart and purchase), clicks = "track" | "follow", purchasePrices = "pp" | "ppc" |
  // "both", jsonp = false, params? {name: value}, allowedHosts? [host]: further hosts that clicks are reported to,
  // sessionId?}
  RichRelevance(const Json& options, List<Problem>& problems);

  Problem read(int status, std::string_view body, std::string_view part, const Slate* last,
               Slate& slate) const override;
  // The query counts as the view: there is no event for items that were served or seen.
  int lane(EventKind kind) const override {
    if (kind == EventKind::kClick) return isFollowed_ ? kNoLane : kClicks;
    if (kind == EventKind::kAddToCart) return kCarts;
    return kind == EventKind::kPurchase ? kOrders : kNoLane;
  }
  std::size_t laneSize(int) const override { return 1; }
  bool encode(int lane, const List<std::string_view>& events, std::string_view batchId, TimeMs wallMs,
              HttpRequest& request) override;
  int receipt(int lane, int status, std::string_view body) override;

 private:
  unsigned kinds() const override { return ~0u; }
  // Builds the request of a search or, without a placement, of suggestions.
  Problem buildFind(std::string_view placement, const Json& query, const Asker& asker, HttpRequest& request) const;
  Problem build(QueryKind kind, const Json& query, const Asker& asker, HttpRequest& request) const override;
  Text beginUrl(std::string_view userId, std::string_view sessionId, std::string_view pageId) const;
  Problem addPage(QueryKind kind, std::string_view placement, const Json& query, const Asker& asker, Text& url) const;
  bool mayRequest(std::string_view url) const;
  // The last event of this lane is the present visitor's, to whom the ticket belongs.
  bool isHolders(int lane) const { return visitorId_ && *visitorId_ == sentFor_[lane]; }

  Text apiUrl_;
  List<Text> clickHosts_;  // lower case, without ports
  Text keys_;              // `?apiKey=…&apiClientKey=…`
  Text addToCartPlacement_;
  Text purchasePlacement_;
  Text params_;
  bool isFollowed_;
  Text purchasePrices_;
  bool isScript_;
  Text sentFor_[kOrders + 1];  // by lane: the visitor of the last event
};

RichRelevance::RichRelevance(const Json& options, List<Problem>& problems)
    : Service(options, "RichRelevance",
              "apiKey apiClientKey environment clicks purchasePrices jsonp params allowedHosts sessionId"),
      addToCartPlacement_(configOr(options, "addToCart", "add_to_cart_page.rr1")),
      purchasePlacement_(configOr(options, "purchase", "purchase_complete_page.rr1")),
      isFollowed_(stringMember(options, "clicks") == "follow"),
      purchasePrices_(stringMember(options, "purchasePrices", "pp")),
      isScript_(boolMember(options, "jsonp", false)) {
  const bool isIntegration = stringMember(options, "environment") == "integration";
  apiUrl_ = address(options, "apiUrl",
                    isIntegration ? "https://integration.richrelevance.com" : "https://recs.richrelevance.com");
  for (const char* name : {"apiKey", "apiClientKey"}) {
    addParameter(keys_, name, require(options, name, problems));
    noteSecret(options, name);
  }
  params_ = "?";
  if (Problem problem = addGiven(params_, member(options, "params"), "provider.params")) {
    problem->code = "bad-option";
    problems.push_back(std::move(problem));
  }
  params_.erase(0, 1);
  mayCartBeEmpty_ = true;  // addPage() knows which pages need products
  for (const char* own :
       {"recs.richrelevance.com", "integration.richrelevance.com", "recs.algorecs.com", "integration.algorecs.com"})
    clickHosts_.emplace_back(own);
  clickHosts_.push_back(hostOf(apiUrl_));
  if (const Json* hosts = member(options, "allowedHosts")) {
    for (const Json& host : hosts->children) clickHosts_.push_back(lowerCase(host.text));
  }
}

// The address comes from a reply of the service, or from storage. Only the service's own hosts get the request.
bool RichRelevance::mayRequest(std::string_view url) const {
  const Text host = hostOf(url);
  return !host.empty() && std::find(clickHosts_.begin(), clickHosts_.end(), host) != clickHosts_.end();
}

Text RichRelevance::beginUrl(std::string_view userId, std::string_view sessionId, std::string_view pageId) const {
  Text url = apiUrl_ + kPath + keys_;
  addParameter(url, "userId", userId);  // documentation: empty if no user is logged in
  addParameter(url, "sessionId", sessionOf(sessionId, pageId));
  return url + "&placements=";
}

Problem RichRelevance::addPage(QueryKind kind, std::string_view placement, const Json& query, const Asker& asker,
                               Text& url) const {
  const std::string_view page = placement.substr(0, placement.find('.'));
  int type = 0;
  while (type < kPageTypes && page != kTakes[type].situation) ++type;
  if (type == kPageTypes) {
    Text known;
    for (const Takes& t : kTakes) known.append(known.empty() ? "" : ", ").append(t.situation);
    return validationError("configId", "bad-argument",
                           "% is no page type of RichRelevance; a placement begins with one of %.", page, known);
  }
  const Needs needs = kNeeds[type];
  const bool isCategory = kind == QueryKind::kSearchCategory;
  if (isCategory && needs != Needs::kCategory)
    return validationError("configId", "bad-argument", "A listing of RichRelevance is a placement of a category_page.");
  if (Problem problem = refuseOthers(query, asker, isCategory ? kCategoryTakes : kTakes[type])) return problem;
  const bool isOfCart = needs == Needs::kProducts || needs == Needs::kCart || needs == Needs::kAdded;
  List<Text> items = itemsOf(query, isOfCart ? asker.cart : List<Text>());
  const auto text = [&](const char* name) { return textMember(query, name); };
  switch (needs) {
    case Needs::kCart:
      // Documentation: a cart page has productId when the cart is not empty.
      if (!items.empty()) addPipeList(url, "productId", items);
      break;
    case Needs::kProducts:
      if (items.empty()) return needed(page, "productId", "anchorId or itemIds");
      addPipeList(url, "productId", items);
      break;
    case Needs::kAdded:
      if (items.empty()) return needed(page, "atcid", "itemIds");
      addPipeList(url, "atcid", items);
      break;
    case Needs::kBrand:
      if (text("brand").empty()) return needed(page, "fpb", "brand");
      addParameter(url, "fpb", text("brand"));
      break;
    case Needs::kCategory:
    case Needs::kTerm: {
      const bool isTerm = needs == Needs::kTerm;
      const char* parameter = isTerm ? "searchTerm" : "categoryId";
      const char* argument = isTerm ? "query" : "categoryId";
      if (text(argument).empty()) return needed(page, parameter, argument);
      addParameter(url, parameter, text(argument));
      items.resize(std::min(items.size(), kMaxContextItems));
      if (!items.empty()) addPipeList(url, "productId", items);
      break;
    }
    case Needs::kOrder: {
      const Json* order = member(query, "order");
      const Json* lines = order ? member(*order, "items") : nullptr;
      if (!lines || lines->children.empty())
        return needed(page, "productId", "order: {orderId, items: [{itemId, quantity, unitPrice}]}");
      if (stringMember(*order, "orderId").empty()) return needed(page, "o", "order.orderId");
      for (const Json& line : lines->children) {
        if (stringMember(line, "itemId").empty()) return needed(page, "productId", "an itemId in each of order.items");
        if (!isPositive(numberMember(line, "quantity", 0)))
          return needed(page, "q", "a quantity in each of order.items");
        const Json* price = member(line, "unitPrice");
        if (!price || !price->isNumber())
          return needed(page, purchasePrices_ == "ppc" ? "ppc" : "pp", "a unitPrice in each of order.items");
      }
      addOrder(url, *order, purchasePrices_);
      break;
    }
    case Needs::kNothing:
      break;
  }
  if (const Json* hints = member(query, "categoryHints")) {
    List<Text> values;
    if (hints->isString() || hints->isNumber()) values.push_back(hints->text);
    for (const Json& hint : hints->children) values.push_back(hint.text);
    if (!values.empty()) addPipeList(url, "chi", values);
  }
  return nullptr;
}

Problem RichRelevance::buildFind(std::string_view placement, const Json& query, const Asker& asker,
                                 HttpRequest& request) const {
  const bool isSearch = !placement.empty();
  if (Problem problem = refuseOthers(query, asker, isSearch ? kSearchTakes : kSuggestTakes)) return problem;
  if (isScript_ && !asker.url.empty()) return scriptError();
  request.url = apiUrl_ + "/rrserver/api/find/v1/" + (isSearch ? "" : "autocomplete/");
  // Behind "?apiKey=". For suggestions the key is the part, by which read() recognizes the reply.
  (isSearch ? request.url : request.part) += std::string_view(keys_).substr(8, keys_.find('&') - 8);
  Text& tail = request.urlTail = "?";
  if (Problem problem = addFind(placement, query, tail)) return problem;
  if (isSearch) {
    addParameter(tail, "userId", asker.userId);
    addParameter(tail, "sessionId", sessionOf(asker.sessionId, asker.pageId));
    request.freeTail = "?";
    addIfGiven(request.freeTail, "rcs", asker.ticket);
    request.freeTail.erase(0, 1);
  }
  if (Problem problem = addGiven(tail, member(query, "params"), "params")) return problem;
  addMissing(tail, params_);
  tail.erase(1, 1);  // the "&" of the first parameter
  request.filtersJson.clear();
  request.method = "GET";
  request.isRecord = isSearch;
  return nullptr;
}

Problem RichRelevance::build(QueryKind kind, const Json& query, const Asker& asker, HttpRequest& request) const {
  if (kind == QueryKind::kSuggest) return buildFind({}, query, asker, request);
  const std::string_view configId = stringMember(query, "configId");
  const std::string_view config = configFor(kind, query, configId.find('.') != std::string_view::npos);
  std::string_view placement = !config.empty() ? config : configId;
  if (placement.empty()) placement = kPlacements[static_cast<int>(kind)];
  if (placement.find('.') == std::string_view::npos) {
    const Text name = configId.empty() ? Text(kQueryKindNames[static_cast<int>(kind)]) : Text(configId);
    return validationError(config.empty() ? "configId" : "provider.configs", "bad-argument",
                           "% is no placement of RichRelevance. Name one, such as '%', in provider.configs.%.",
                           placement, kPlacements[static_cast<int>(kind)], name);
  }
  if (kind == QueryKind::kSearchText) return buildFind(placement, query, asker, request);
  Text tail = "?";  // so that the first parameter is written with "&"
  if (Problem problem = addPage(kind, placement, query, asker, tail)) return problem;
  double count = 0;
  if (Problem problem = requestPages(name_, query, kMostCounted, request, count)) return problem;
  addCount(tail, "count", count);
  if (Problem problem = addGiven(tail, member(query, "params"), "params")) return problem;
  addFilters(tail, request.filtersJson);
  if (kind == QueryKind::kSearchCategory && !request.filtersJson.empty())
    return filterProblem(name_, parseJson(request.filtersJson).children.front());
  request.method = "GET";
  request.url = beginUrl(asker.userId, asker.sessionId, asker.pageId);
  appendEncoded(request.part, placement);
  request.partKind = placement.substr(0, placement.find('.'));
  addMissing(tail, params_);
  request.urlTail = tail.substr(1);
  request.isScript = isScript_ && !asker.url.empty();  // a server may read every reply
  // On these pages the query is the event.
  request.isOnce = request.partKind == "add_to_cart_page" || request.partKind == "purchase_complete_page";
  // Documentation: the call itself is the record of the page view.
  request.isRecord = true;
  request.freeTail = "?";
  addIfGiven(request.freeTail, "rcs", asker.ticket);
  addTime(request.freeTail, request.urlTail, asker.wallMs);
  if (request.isScript) request.freeTail += "&jsonp=true&jcp=";
  request.freeTail.erase(0, 1);
  return nullptr;
}

bool isRefusal(const Json& reply) { return stringMember(reply, "status") == "error"; }

Problem RichRelevance::read(int status, std::string_view body, std::string_view part, const Slate* last,
                            Slate& slate) const {
  Cut placements;
  const bool isCut = isGood(status) && cutList(body, "placements", placements);
  const Json frame = parseJson(isCut ? std::string_view(placements.frame) : body);
  // The part of a request for suggestions is the key, that of any other one a placement, which has a dot.
  if (isGood(status) && frame.isArray() && !part.empty() && part.find('.') == std::string_view::npos) {
    readTerms(frame, nullptr, slate);
    slate.frame = body;
    return nullptr;
  }
  if (!isCut || isRefusal(frame) || !frame.isObject()) {
    Problem error = statusError(status);
    setDetail(*error, isGood(status) && isRefusal(frame) ? "service-error" : std::string_view(),
              stringMember(frame, "errormessage"));
    return error;
  }
  slate.serveId = textMember(frame, "viewGuid");
  slate.ticket = textMember(frame, "rcs");
  slate.currency = currencyIn(frame);
  for (const std::string_view placement : placements.elements) {
    Cut cut;
    const bool isSearch = cutList(placement, "docs", cut);
    if (!isSearch && !cutList(placement, "recommendedProducts", cut, last)) continue;
    const Json about = parseJson(cut.frame);
    Text name;
    appendEncoded(name, stringMember(about, "placement"));
    // A single placement need not have a name.
    const bool isOnly = name.empty() && placements.elements.size() == 1;
    if (name != part && !part.empty() && !isOnly) continue;
    slate.title = wordsIn(about, "strategyMessage");
    ProductFields fields = {.id = "id",
                            .title = "name",
                            .url = "productURL",
                            .imageUrl = "imageURL",
                            .brand = "brand",
                            .price = "salePriceCents",
                            .originalPrice = "priceCents",
                            .priceRange = "salePriceRangeCents",
                            .originalPriceRange = "priceRangeCents",
                            .rating = "rating",
                            .ratingCount = "numReviews",
                            .reference = "clickTrackingURL",
                            .isCents = true};
    List<Text> texts;
    if (isSearch) {
      texts = readSearch(about, cut, slate);
      fields.url = "productURL";
      fields.imageUrl = "imageId";
      fields.reference = "clickUrl";
    }
    if (isFollowed_) {
      fields.url = isSearch ? "clickUrl" : "clickURL";
      fields.reference = nullptr;
    }
    readProducts(cut, fields, last, slate, reading_);
    slate.frame = std::move(placements.frame) + cut.frame;
    return nullptr;
  }
  return statusError(status);
}

bool RichRelevance::encode(int lane, const List<std::string_view>& events, std::string_view, TimeMs wallMs,
                           HttpRequest& request) {
  const Json event = parseJson(events.front());
  request.method = "GET";
  // With JSON-P the service lets no page read a reply, so a readable request would fail and be sent again.
  request.isBlind = lane == kClicks || isScript_;
  if (lane == kClicks) {
    request.url = stringMember(event, "reference");
    if (request.url.empty() || mayRequest(request.url)) return !request.url.empty();
    request.refusal =
        "A click is not reported, because its address is not one of the service's. If its host is right, add it to "
        "provider.allowedHosts: ";
    appendString(request.refusal, request.url.substr(0, kMostUrlShown));
    return false;
  }
  const bool isPurchase = stringMember(event, "type") == "purchase";
  request.url =
      beginUrl(stringMember(event, "userId"), stringMember(event, "sessionId"), stringMember(event, "pageId"));
  appendEncoded(request.url, isPurchase ? purchasePlacement_ : addToCartPlacement_);
  if (isPurchase)
    addOrder(request.url, event, purchasePrices_);
  else
    addPipeList(request.url, "atcid", {Text(stringMember(event, "itemId"))});
  addMissing(request.url, params_);
  addTime(request.url, params_, wallMs);
  // An event without ids has no visitor, and an old one may be of another.
  sentFor_[lane] = stringMember(event, "visitorId");
  if (isHolders(lane)) addIfGiven(request.url, "rcs", *ticket_);
  return true;
}

// Documentation: most errors come with 200. The service would refuse a bad event again, so that is final. Only an order
// has an id by which the service recognises a second one.
int RichRelevance::receipt(int lane, int status, std::string_view body) {
  if (status == kStatusTimeout) return lane == kOrders ? status : 204;
  if (lane == kClicks || !isGood(status)) return status;
  const Json reply = parseJson(body);
  if (isRefusal(reply)) return 422;
  if (isHolders(lane)) newTicket_ = textMember(reply, "rcs");
  return status;
}

}  // namespace

std::unique_ptr<Service> make(const Json& options, List<Problem>& problems) {
  return std::make_unique<RichRelevance>(options, problems);
}

}  // namespace vitrine::richrelevance
