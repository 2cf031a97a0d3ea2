#include "services/doofinder/search.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "http/origin.h"
#include "http/replies.h"
#include "services/doofinder/dfid.h"
#include "services/doofinder/errors.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

constexpr double kMaxPerPage = 100, kDefaultPerPage = 20, kMaxPages = 10, kMaxPrice = 1e9;
constexpr std::size_t kMaxTerms = 8;

constexpr std::pair<std::string_view, std::string_view> kFields[] = {
    {"brand", "brand"}, {"color", "color"}, {"categories", "category"}, {"best_price", "price"}, {"rating", "rating"}};
constexpr std::pair<std::string_view, std::string_view> kSortFields[] = {
    {"best_price", "price"}, {"rating", "rating"}, {"title", "name"}};
constexpr std::pair<std::string_view, ListCondition::Kind> kBounds[] = {{"gte", ListCondition::kAtLeast},
                                                                        {"lte", ListCondition::kAtMost},
                                                                        {"gt", ListCondition::kAbove},
                                                                        {"lt", ListCondition::kBelow}};

// Splits "filter[brand][0]" into its parts. Returns nothing for a name that is not nested in this way.
std::vector<std::string> partsOf(const std::string& name) {
  std::vector<std::string> parts = {name.substr(0, name.find('['))};
  for (std::size_t at = parts[0].size(); at < name.size();) {
    const std::size_t end = name.find(']', at);
    if (name[at] != '[' || end == std::string::npos) return {};
    parts.push_back(name.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return parts;
}

template <std::size_t kCount>
std::string fieldOf(const std::pair<std::string_view, std::string_view> (&fields)[kCount], const std::string& name) {
  for (const auto& [theirs, ours] : fields)
    if (theirs == name) return std::string(ours);
  return {};
}

// Reads filter[field][index or bound], exclude[field][index] and sort[index][field].
void readNested(const Form& form, const std::string& name, const std::string& value, ListQuery& query) {
  const std::vector<std::string> parts = partsOf(name);
  const auto refuse = [&] { form.complain(name, "is not a parameter of a search"); };
  if (parts.size() == 2 && parts[0] == "indices") {
    if (value != "product") form.complain(name, "does not exist");
    return;
  }
  if (parts.size() != 3) return refuse();
  if (parts[0] == "sort") {
    const std::string field = fieldOf(kSortFields, parts[2]);
    if (parts[1] != "0" || field.empty() || (value != "asc" && value != "desc")) return refuse();
    query.order = SortOrder::parse({{"field", field}, {"order", value}});
    return;
  }
  const bool isExcluded = parts[0] == "exclude";
  const std::string field = fieldOf(kFields, parts[1]);
  if ((parts[0] != "filter" && !isExcluded) || field.empty()) return refuse();
  const bool isNumber = field == "price" || field == "rating";
  for (const auto& [bound, kind] : kBounds) {
    if (parts[2] != bound) continue;
    const auto limit = form.numberAt(name, value, 0, kMaxPrice);
    if (isExcluded || !isNumber) return refuse();
    query.conditions.push_back({field, kind, {}, limit.value_or(0)});
    return;
  }
  const bool isIndex = !parts[2].empty() && parts[2].find_first_not_of("0123456789") == std::string::npos;
  if (!isIndex || isNumber) return refuse();
  const auto kind = isExcluded ? ListCondition::kNotAmong : ListCondition::kAmong;
  const auto same = std::find_if(query.conditions.begin(), query.conditions.end(), [&](const ListCondition& condition) {
    return condition.field == field && condition.kind == kind;
  });
  if (same == query.conditions.end())
    query.conditions.push_back({field, kind, {value}, 0});
  else
    same->texts.push_back(value);
}

json facetsOf(const Listed& listed) {
  json facets = json::object();
  for (const FacetCounts& facet : listed.facets) {
    json buckets = json::array();
    for (const auto& [value, count] : facet.values) buckets.push_back({{"key", value}, {"doc_count", count}});
    facets[facet.field == "category" ? "categories" : facet.field] = {{"label", facet.field == "color"   ? "Colour"
                                                                                : facet.field == "brand" ? "Brand"
                                                                                                         : "Category"},
                                                                      {"visible", true},
                                                                      {"doc_count", listed.total},
                                                                      {"selected", {{"buckets", json::array()}}},
                                                                      {"terms", {{"buckets", std::move(buckets)}}}};
  }
  if (listed.highest > 0)
    facets["best_price"] = {
        {"label", "Price"},
        {"visible", true},
        {"doc_count", listed.total},
        {"range",
         {{"buckets",
           json::array({{{"key", "0.0-*"},
                         {"from", 0.0},
                         {"doc_count", listed.total},
                         {"stats", {{"min", listed.lowest}, {"max", listed.highest}, {"count", listed.total}}}}})}}}};
  return facets;
}

void checkEngine(const httplib::Request& request) {
  if (segmentOf(request.path, 2) != kDoofinderHashid) throw Refusal{404, "not-found", "Not found"};
}

}  // namespace

void DoofinderSearch::mount(Router& router, Faults& faults) {
  using Call = json (DoofinderSearch::*)(const httplib::Request&) const;
  const auto on = [&](const char* path, Call call) {
    router.on(
        "GET", path,
        faults.inject("doofinder", "search",
                      [this, call](const httplib::Request& request, const std::string&, httplib::Response& response) {
                        checkEngine(request);
                        sendJson(response, (this->*call)(request));
                      }));
  };
  on("/doofinder/6/*/_search", &DoofinderSearch::list);
  on("/doofinder/6/*/_suggest", &DoofinderSearch::suggest);
}

json DoofinderSearch::list(const httplib::Request& request) const {
  json parameters = parametersOf(request);
  parameters.erase("random");  // only prevents caching
  Form form(parameters, kDoofinderStyle);
  ListQuery query;
  query.words = form.optionalText("query");
  const double page = form.optionalNumber("page", 1, kMaxPages).value_or(1);
  const double size = form.optionalNumber("rpp", 1, kMaxPerPage).value_or(kDefaultPerPage);
  if (page != std::floor(page)) form.complain("page", "must be a whole number");
  if (size != std::floor(size)) form.complain("rpp", "must be a whole number");
  query.limit = static_cast<std::size_t>(size);
  query.offset = static_cast<std::size_t>((page - 1) * size);
  for (const auto& [name, value] : parameters.items())
    if (name != "query" && name != "page" && name != "rpp") readNested(form, name, value.get<std::string>(), query);
  form.finish();
  const Listed listed = listProducts(engine_.catalog, engine_.search, query);
  const std::string origin = shopOrigin(request);
  json results = json::array();
  for (const ScoredItem& item : listed.items) {
    const CatalogProduct& product = engine_.catalog[item.item];
    const json& metadata = product.document["metadata"];
    json result = {{"id", product.id},
                   {"dfid", dfidOf(product.id)},
                   {"type", "product"},
                   {"title", product.name},
                   {"description", product.description},
                   {"link", origin + metadata["url"].get<std::string>()},
                   {"image_link", origin + metadata["imageUrl"].get<std::string>()},
                   {"brand", product.brand},
                   {"color", product.color},
                   {"categories", json::array({product.category})},
                   {"price", metadata.value("originalPrice", product.price)},
                   {"best_price", product.price}};
    if (metadata.contains("originalPrice")) result["sale_price"] = product.price;
    results.push_back(std::move(result));
  }
  return {{"query", query.words},
          {"query_name", "match_and"},
          {"custom_results_id", nullptr},
          {"total", listed.total},
          {"total_found", listed.total},
          {"page", static_cast<int>(page)},
          {"results_per_page", query.limit},
          {"facets", facetsOf(listed)},
          {"results", std::move(results)}};
}

json DoofinderSearch::suggest(const httplib::Request& request) const {
  json parameters = parametersOf(request);
  parameters.erase("random");
  Form form(parameters, kDoofinderStyle);
  const std::string typed = form.text("query");
  ListQuery none;
  for (const auto& [name, value] : parameters.items())
    if (name != "query") readNested(form, name, value.get<std::string>(), none);
  form.finish();
  json results = json::array();
  for (const std::string& term : suggestTerms(engine_.catalog, engine_.search, typed, kMaxTerms))
    results.push_back({{"term", term}});
  return {{"query", typed}, {"results", std::move(results)}};
}

}  // namespace vitrine::demo
