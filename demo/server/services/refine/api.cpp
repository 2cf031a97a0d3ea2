#include "services/refine/api.h"

#include <cmath>

#include "http/form.h"
#include "http/replies.h"
#include "recommend/filters.h"
#include "recommend/sort_order.h"
#include "services/refine/events.h"
#include "store/ids.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

constexpr char kKeyHeader[] = "REFINE_API_KEY";
constexpr std::size_t kMaxQueryBytes = 500;

void checkKey(const httplib::Request& request, bool isRequired) {
  if (!request.has_header(kKeyHeader)) {
    if (isRequired) throw Refusal{401, "missing-api-key", std::string("the header ") + kKeyHeader + " is missing"};
  } else if (request.get_header_value(kKeyHeader) != kRefineApiKey) {
    throw Refusal{401, "invalid-api-key", std::string("the key in the header ") + kKeyHeader + " is not valid"};
  }
}

// The members that all data calls share.
struct Query {
  explicit Query(const json& body) : form(body) {
    form.text("organizationId");
    form.text("catalogId");
    limit = static_cast<std::size_t>(form.integer("topK", 1, 1000));
    const double weight = form.optionalNumber("visualWeight", 0, 1).value_or(1);
    if (weight == 0) form.complain("visualWeight", "must be above 0 and at most 1");
    visualWeight = weight;
    if (const json* list = form.find("filters")) filters = Filters::parse(*list);
    withMetadata = form.optionalFlag("includeMetadata", true);
    shopper = {form.optionalText("visitorId"), form.optionalText("sessionId"), {}};
  }
  Selection selection() const {
    return {limit, [this](const CatalogProduct& product) { return filters.allow(product); }};
  }

  Form form;
  std::size_t limit = 0;
  double visualWeight = 1;
  Filters filters;
  bool withMetadata = true;
  Shopper shopper;
};

// A shop defines configurations in the service's dashboard. The demo has three, recognized by the start of the name.
Aim aimOf(const std::string& configId) {
  if (configId.starts_with("popular")) return Aim::kPopular;
  if (configId.starts_with("cart")) return Aim::kBasket;
  return Aim::kPersonal;
}

std::string_view titleOf(Aim aim) {
  switch (aim) {
    case Aim::kPopular:
      return "Popular right now";
    case Aim::kBasket:
      return "Goes well with your cart";
    case Aim::kPersonal:
      break;
  }
  return "Picked for you";
}

}  // namespace

void RefineApi::mount(Router& router, Faults& faults) {
  router.setDialect("/refine/", {.sharedHeaders = std::string("Content-Type, ") + kKeyHeader});
  using Call = json (RefineApi::*)(const json&) const;
  const auto onCall = [&](const char* path, const char* target, Call call) {
    router.on("POST", path,
              faults.inject(
                  "refine", target,
                  [this, call](const httplib::Request& request, const std::string& body, httplib::Response& response) {
                    checkKey(request, true);
                    sendJson(response, (this->*call)(parseObject(body)));
                  }));
  };
  onCall("/refine/recs", "recs", &RefineApi::similarItems);
  onCall("/refine/recs/visitor", "recs", &RefineApi::forVisitor);
  onCall("/refine/recs/user", "recs", &RefineApi::forUser);
  onCall("/refine/search/text", "search", &RefineApi::searchText);
  router.on(
      "POST", "/refine/events",
      faults.inject("refine", "events",
                    [this](const httplib::Request& request, const std::string& body, httplib::Response& response) {
                      // Pages send events as text/plain and without a key: another type or a key header would require a
                      // preflight and make beacons impossible.
                      checkKey(request, false);
                      const std::string type = request.get_header_value("Content-Type");
                      if (!type.starts_with("text/plain") && !type.starts_with("application/json"))
                        throw Refusal{415, "unsupported-media-type",
                                      "events must be sent as text/plain or application/json"};
                      sendJson(response, takeEvents(parseObject(body)));
                    }));
}

json RefineApi::takeEvents(const json& body) const {
  const Receipt receipt = engine_.accept(readRefineBatch(body));
  // Accepted are the events that are stored now, also those that were stored before (docs/wire.md).
  return {{"status", "success"}, {"accepted", receipt.stored + receipt.duplicates}, {"duplicates", receipt.duplicates}};
}

json RefineApi::similarItems(const json& body) const {
  Query query(body);
  const std::string productId = query.form.text("productId");
  const auto anchor = engine_.catalog.find(productId);
  if (!anchor) throw Refusal{404, "product-not-found", "the catalogue has no product " + productId, "productId"};
  return reply(engine_.recommender.similar(*anchor, query.visualWeight, query.shopper, query.selection(), now()),
               "Similar items", query.withMetadata);
}

json RefineApi::forVisitor(const json& body) const {
  Query query(body);
  const Aim aim = aimOf(query.form.text("configId"));
  const Recommendation made = engine_.recommender.forShopper(aim, query.shopper, query.selection(), now());
  return reply(made.ranking, titleOf(made.aim), query.withMetadata);
}

json RefineApi::forUser(const json& body) const {
  Query query(body);
  const Aim aim = aimOf(query.form.text("configId"));
  query.shopper.userId = query.form.text("userId");
  const Recommendation made = engine_.recommender.forShopper(aim, query.shopper, query.selection(), now());
  return reply(made.ranking, titleOf(made.aim), query.withMetadata);
}

json RefineApi::searchText(const json& body) const {
  Query query(body);
  const std::string text = query.form.text("query", kMaxQueryBytes);
  const json* sortBy = query.form.find("sortBy");
  const SortOrder order = sortBy ? SortOrder::parse(*sortBy) : SortOrder();
  Ranking ranking{engine_.search.find(text, query.visualWeight), 0};
  std::erase_if(ranking.items,
                [&](const ScoredItem& item) { return !query.filters.allow(engine_.catalog[item.item]); });
  ranking.total = ranking.items.size();
  order.apply(engine_.catalog, ranking.items);
  if (ranking.items.size() > query.limit) ranking.items.resize(query.limit);
  return reply(ranking, "", query.withMetadata);
}

json RefineApi::reply(const Ranking& ranking, std::string_view title, bool withMetadata) const {
  json results = json::array();
  for (const ScoredItem& item : ranking.items) {
    const json& document = engine_.catalog[item.item].document;
    json result = {{"productId", engine_.catalog[item.item].id}, {"score", std::round(item.score * 1e4) / 1e4}};
    if (withMetadata) result["metadata"] = document["metadata"];
    results.push_back(std::move(result));
  }
  json reply = {{"status", "success"},
                {"serveId", newId("sv_")},
                {"totalResults", ranking.total},
                {"results", std::move(results)}};
  if (!title.empty()) reply["title"] = title;
  return reply;
}

}  // namespace vitrine::demo
