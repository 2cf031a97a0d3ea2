#include "services/richrelevance/find.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "http/form.h"
#include "http/origin.h"
#include "http/replies.h"
#include "services/richrelevance/cookie.h"
#include "services/richrelevance/encode.h"
#include "services/richrelevance/request.h"
#include "store/ids.h"
#include "store/row.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

constexpr char kBase[] = "/richrelevance/rrserver/api/find/v1/";
constexpr std::int64_t kMaxRows = 1000, kDefaultRows = 20;
constexpr std::size_t kMaxListBytes = 4000, kMaxTerms = 8;

constexpr std::pair<std::string_view, std::string_view> kFields[] = {
    {"brand", "brand"}, {"color", "color"}, {"categoryIds", "category"}};
constexpr std::pair<std::string_view, std::string_view> kSortFields[] = {
    {"salePriceCents", "price"}, {"rating", "rating"}, {"name", "name"}};

Refusal print(const Complaints& complaints) {
  const Complaint& first = complaints.front();
  const std::string name = first.path.front();
  const bool isMissing = first.problem == Complaint::kMissing;
  return {400, "invalid-parameter",
          (isMissing ? "Missing required parameter: " : "Invalid value for parameter ") + name};
}

constexpr FormStyle kStyle{.print = print, .stopsAtFirst = true, .readsIntegerText = true};

template <std::size_t kCount>
std::string fieldOf(const std::pair<std::string_view, std::string_view> (&fields)[kCount], std::string_view name) {
  for (const auto& [theirs, ours] : fields)
    if (theirs == name) return std::string(ours);
  return {};
}

void checkKey(const std::string& key) {
  if (key != kRichRelevanceApiKey) throw Refusal{400, "invalid-parameter", "Invalid apiKey"};
}

// `{!tag=brand_facet}brand:"Loam"`, also without the tag.
void readFilter(const Form& form, std::string_view text, ListQuery& query) {
  if (text.starts_with("{!tag=")) text.remove_prefix(std::min(text.find('}') + 1, text.size()));
  const std::size_t colon = text.find(":\"");
  const bool isWhole = colon != std::string_view::npos && text.size() > colon + 2 && text.back() == '"';
  const std::string field = isWhole ? fieldOf(kFields, text.substr(0, colon)) : "";
  if (field.empty()) form.complain("filter", {.problem = Complaint::kOther});
  std::string value(text.substr(colon + 2, text.size() - colon - 3));
  std::erase(value, '\\');
  query.conditions.push_back({field, ListCondition::kAmong, {value}, 0});
}

StoredEvent eventOf(StoredEventKind kind, const std::string& visitorId, const std::string& sessionId,
                    const std::string& userId) {
  StoredEvent event;
  event.service = "richrelevance";
  event.eventId = newUuid();
  event.kind = kind;
  event.atMs = now();
  event.visitorId = visitorId;
  event.sessionId = sessionId;
  event.userId = userId;
  return event;
}

json facetsOf(const Listed& listed) {
  json facets = json::array();
  for (const FacetCounts& counts : listed.facets) {
    const std::string field = counts.field == "category" ? "categoryIds" : counts.field;
    json values = json::array();
    for (const auto& [value, count] : counts.values) {
      std::string filter = "{!tag=" + counts.field + "_facet}" + field;
      filter.append(":\"").append(value).append("\"");
      values.push_back({{"filter", filter}, {"count", count}, {"value", value}});
    }
    facets.push_back({{"facet", counts.field + "_facet"}, {"values", std::move(values)}});
  }
  return facets;
}

}  // namespace

void RichRelevanceFind::mount(Router& router, Faults& faults) {
  using Call = json (RichRelevanceFind::*)(const httplib::Request&) const;
  const auto on = [&](const std::string& path, Call call) {
    router.on("GET", kBase + path,
              faults.inject("richrelevance", "search",
                            [this, call](const httplib::Request& request, const std::string&,
                                         httplib::Response& response) { sendJson(response, (this->*call)(request)); }));
  };
  on("*", &RichRelevanceFind::list);
  on("autocomplete/*", &RichRelevanceFind::suggest);
  router.on("GET", std::string(kBase) + "track/click/*",
            faults.inject("richrelevance", "events",
                          [this](const httplib::Request& request, const std::string&, httplib::Response& response) {
                            follow(request, response);
                          }));
}

json RichRelevanceFind::list(const httplib::Request& request) const {
  checkKey(segmentOf(request.path, 5));
  const json parameters = parametersOf(request);
  Form form(parameters, kStyle);
  ListQuery query;
  query.words = form.text("query");
  const std::string placement = form.text("placement"), sessionId = form.text("sessionId");
  const std::string userId = form.optionalText("userId"), language = form.optionalText("lang");
  if (!placement.starts_with("search_page.")) form.complain("placement", {.problem = Complaint::kOther});
  query.limit = static_cast<std::size_t>(form.optionalInteger("rows", 1, kMaxRows).value_or(kDefaultRows));
  query.offset = static_cast<std::size_t>(form.optionalInteger("start", 0, 100'000).value_or(0));
  for (const std::string& filter : splitList(form.optionalText("filter", kMaxListBytes)))
    readFilter(form, filter, query);
  if (const std::string sort = form.optionalText("sort"); !sort.empty()) {
    const std::size_t space = sort.find(' ');
    const std::string field = fieldOf(kSortFields, sort.substr(0, space));
    const std::string order = space == std::string::npos ? "ASC" : sort.substr(space + 1);
    if (field.empty() || (order != "ASC" && order != "DESC")) form.complain("sort", {.problem = Complaint::kOther});
    query.order = SortOrder::parse({{"field", field}, {"order", order == "ASC" ? "asc" : "desc"}});
  }
  form.finish();
  const Listed listed = listProducts(engine_.catalog, engine_.search, query);
  const std::string viewGuid = newUuid(), origin = shopOrigin(request);
  const std::string known = openCookie(form.optionalText("rcs", kMaxListBytes));
  const std::string visitorId = known.empty() ? sessionId : known;
  const std::string click = "http://" + request.get_header_value("Host") + kBase + "track/click/" +
                            kRichRelevanceApiKey + "?a=" + kRichRelevanceApiKey + "&vg=" + viewGuid +
                            "&pti=2&pa=" + encodeComponent(placement) + "&s=" + encodeComponent(sessionId) +
                            "&u=" + encodeComponent(userId) + "&query=" + encodeComponent(query.words) +
                            "&lang=" + encodeComponent(language);
  json docs = json::array(), itemIds = json::array();
  for (std::size_t i = 0; i < listed.items.size(); ++i) {
    const CatalogProduct& product = engine_.catalog[listed.items[i].item];
    const json& metadata = product.document["metadata"];
    const std::string page = metadata["url"].get<std::string>();
    itemIds.push_back(product.id);
    docs.push_back({{"id", product.id},
                    {"name", product.name},
                    {"brand", product.brand},
                    {"linkId", page},
                    {"imageId", origin + metadata["imageUrl"].get<std::string>()},
                    {"priceCents", std::llround(metadata.value("originalPrice", product.price) * 100)},
                    {"salePriceCents", std::llround(product.price * 100)},
                    {"rating", product.rating},
                    {"numReviews", static_cast<std::int64_t>(product.ratingCount)},
                    {"clickUrl", click + "&p=" + encodeComponent(product.id) + "&ind=" +
                                     std::to_string(query.offset + i) + "&ct=" + encodeComponent(origin + page)}});
  }
  StoredEvent served = eventOf(StoredEventKind::kItemsServed, visitorId, sessionId, userId);
  served.serveId = viewGuid;
  describe(
      served, parameters,
      {{"surface", "search_page"}, {"source", placement}, {"query", query.words}, {"itemIds", std::move(itemIds)}});
  engine_.accept({served});
  return {{"request", {{"placements", json::array({placement})}, {"sessionId", sessionId}, {"userId", userId}}},
          {"status", "OK"},
          {"placements", json::array({{{"placement", placement},
                                       {"rcs", sealCookie(visitorId)},
                                       {"numFound", listed.total},
                                       {"spellchecked", nullptr},
                                       {"facets", facetsOf(listed)},
                                       {"docs", std::move(docs)}}})}};
}

json RichRelevanceFind::suggest(const httplib::Request& request) const {
  checkKey(segmentOf(request.path, 6));
  const json parameters = parametersOf(request);
  Form form(parameters, kStyle);
  const std::string typed = form.text("query");
  form.optionalText("lang");
  form.optionalInteger("start", 0, 0);
  const auto rows = form.optionalInteger("rows", 1, 100).value_or(static_cast<std::int64_t>(kMaxTerms));
  form.finish();
  json terms = json::array();
  for (const std::string& term : suggestTerms(engine_.catalog, engine_.search, typed, static_cast<std::size_t>(rows)))
    terms.push_back({{"id", term}, {"terms", term}, {"type", "TOPTRENDS"}, {"value", "1"}});
  return terms;
}

void RichRelevanceFind::follow(const httplib::Request& request, httplib::Response& response) const {
  checkKey(segmentOf(request.path, 7));
  const json parameters = parametersOf(request);
  Form form(parameters, kStyle);
  const std::string sessionId = form.text("s"), productId = form.text("p"), page = form.text("ct", kMaxListBytes);
  if (!page.starts_with("http") || !page.ends_with("/product/" + productId))
    form.complain("ct", {.problem = Complaint::kOther});
  StoredEvent event = eventOf(StoredEventKind::kClick, sessionId, sessionId, form.optionalText("u"));
  event.serveId = form.text("vg");
  event.items.push_back({productId, 1, 0});
  const std::string placement = form.text("pa");
  describe(event, parameters,
           {{"surface", placement.substr(0, placement.find('.'))},
            {"source", placement},
            {"query", form.text("query")},
            {"position", form.optionalInteger("ind", 0, 100'000).value_or(0)}});
  engine_.accept({event});
  response.set_header("Cache-Control", "no-store");
  response.set_redirect(page);
}

}  // namespace vitrine::demo
