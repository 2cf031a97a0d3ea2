#include "services/depict/api.h"

#include <utility>
#include <vector>

#include "http/origin.h"
#include "http/replies.h"
#include "services/depict/display.h"
#include "services/depict/events.h"
#include "store/ids.h"
#include "store/words.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

constexpr std::int64_t kMaxLimit = 128, kDefaultLimit = 12;

// The recommendation types that the service would configure for a shop: by the shopper, or by the page's products.
enum class Kind { kSimilar, kTogether, kPersonal, kPopular };

Kind kindOf(const std::string& type) {
  if (type == "similar") return Kind::kSimilar;
  if (type == "cross_sell" || type == "checkout") return Kind::kTogether;
  if (type == "trending" || type == "popular") return Kind::kPopular;
  return Kind::kPersonal;
}

}  // namespace

struct DepictApi::Query {
  std::string type;
  std::size_t limit = kDefaultLimit;
  Shopper shopper;
  std::vector<std::string> productIds;
  std::string categoryId;
  std::string fault;  // the reply's "error"; no products are recommended then

  // `subject`: the member that names the subject of the page, or nullptr.
  static Query readV2(const json& body, const char* subject) {
    Form form(body, kDepictStyle);
    Query query;
    query.readCommon(form, "tenant");
    form.optionalText("locale");
    query.shopper.userId = form.optionalText("user_id");
    const json* dsid = form.find("dsid");
    if (dsid && *dsid == "") form.complain("dsid", "String should have at least 1 character", "string_too_short");
    form.optionalText("dsid");
    form.optionalText("document_referrer");
    checkTextMap(form, "metadata");
    const std::string_view name = subject ? subject : "";
    if (name == "product_id") query.productIds = {form.text(subject)};
    if (name == "category_id") query.categoryId = form.text(subject);
    if (name == "product_ids") query.productIds = form.texts(subject, form.list(subject));
    form.refuseOthers();
    form.finish();
    return query;
  }

  static Query readV3(const json& body) {
    Form form(body, kDepictStyle);
    Query query;
    query.readCommon(form, "merchant");
    form.text("locale");
    query.productIds = form.texts("product_ids", form.optionalList("product_ids"));
    form.refuseOthers();
    form.finish();
    return query;
  }

 private:
  void readCommon(Form& form, const char* tenant) {
    if (form.text(tenant) != kDepictTenant) fault = std::string("unknown ") + tenant;
    form.text("market");
    type = form.text("type");
    limit = static_cast<std::size_t>(form.optionalInteger("limit", 1, kMaxLimit).value_or(kDefaultLimit));
    shopper.visitorId = shopper.sessionId = form.optionalText("session_id");
  }
};

void DepictApi::mount(Router& router, Faults& faults) {
  router.setDialect("/depict/", depictDialect());
  const std::pair<const char*, const char*> subjects[] = {
      {"general", nullptr}, {"product", "product_id"}, {"category", "category_id"}, {"products", "product_ids"}};
  for (const auto& [path, subject] : subjects)
    router.on("POST", std::string("/depict/v2/recommend/products/") + path,
              faults.inject("depict", "recs",
                            [this, name = subject](const httplib::Request& request, const std::string& body,
                                                   httplib::Response& response) {
                              const Query query = Query::readV2(parseDepictBody(body), name);
                              sendJson(response, recommend(query, shopOrigin(request)));
                            }));
  router.on(
      "POST", "/depict/v3/recommend/products",
      faults.inject("depict", "recs",
                    [this](const httplib::Request& request, const std::string& body, httplib::Response& response) {
                      const Query query = Query::readV3(parseDepictBody(body));
                      sendJson(response, recommendByVariant(query, shopOrigin(request)));
                    }));
  const auto take = [&](const char* path, auto read) {
    router.on(
        "POST", path,
        faults.inject("depict", "events",
                      [this, read](const httplib::Request&, const std::string& body, httplib::Response& response) {
                        engine_.accept(read(parseDepictBody(body)));
                        sendJson(response, nullptr);  // the OpenAPI only promises JSON
                      }));
  };
  take("/depict/create-events", readDepictEvents);
  take("/depict/v2/create-events", readDepictPurchases);
  take("/depict/v2/track", readDepictPurchases);
}

Ranking DepictApi::choose(const Query& query) const {
  std::vector<ItemIndex> items;
  for (const std::string& id : query.productIds)
    if (const auto item = engine_.catalog.find(id)) items.push_back(*item);
  const std::string category = fold(query.categoryId);
  const Selection selection{query.limit, [&](const CatalogProduct& product) {
                              return category.empty() || fold(product.category) == category;
                            }};
  const Kind kind = kindOf(query.type);
  if (kind == Kind::kSimilar && items.size() == 1)
    return engine_.recommender.similar(items[0], 1, query.shopper, selection, now());
  if (kind != Kind::kPersonal && kind != Kind::kPopular && !items.empty())
    return engine_.recommender.goingWith(items, query.shopper, selection, now());
  const Aim aim = kind == Kind::kPopular ? Aim::kPopular : Aim::kPersonal;
  return engine_.recommender.forShopper(aim, query.shopper, selection, now()).ranking;
}

json DepictApi::recommend(const Query& query, const std::string& origin) const {
  json displays = json::array();
  if (!query.fault.empty()) return {{"displays", displays}, {"error", query.fault}};
  for (const ScoredItem& item : choose(query).items) displays.push_back(display(engine_.catalog[item.item], origin));
  return {{"displays", std::move(displays)}};
}

json DepictApi::recommendByVariant(const Query& query, const std::string& origin) const {
  json reply = recommend(query, origin);
  // Each product of this catalogue has one variant.
  for (json& shown : reply["displays"])
    shown = {{"variant_index", 0},
             {"variant_skus", json::array({shown["product_id"]})},
             {"variant_product_ids", json::array({shown["product_id"]})},
             {"variant_displays", json::array({shown})}};
  return reply;
}

json DepictApi::display(const CatalogProduct& product, const std::string& origin) const {
  const std::string recommendationId = newUuid();
  json shown = depictDisplay(product, origin, "?recommendation_id=" + recommendationId);
  shown["recommendation_id"] = recommendationId;
  return shown;
}

}  // namespace vitrine::demo
