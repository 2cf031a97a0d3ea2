#include "services/depict/search.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "http/origin.h"
#include "http/replies.h"
#include "services/depict/api.h"
#include "services/depict/display.h"
#include "services/depict/errors.h"
#include "store/ids.h"
#include "store/words.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

constexpr std::int64_t kMaxLimit = 250, kDefaultLimit = 20;
constexpr std::size_t kMaxCursorBytes = 500, kMaxTerms = 5;
constexpr char kCursorPrefix[] = "at-";
constexpr std::string_view kOperators[] = {"eq", "neq", "in", "nin", "leq", "geq", "inrange"};
constexpr std::string_view kOrders[] = {"asc", "desc"};

// The names of the service's fields, and those of the catalogue.
constexpr std::pair<std::string_view, std::string_view> kFilterFields[] = {
    {"brand", "brand"}, {"color", "color"}, {"category", "category"}, {"sale_price", "price"}, {"rating", "rating"}};
constexpr std::pair<std::string_view, std::string_view> kSortFields[] = {
    {"_relevance", "relevance"}, {"title", "name"}, {"sale_price", "price"}, {"rating", "rating"}};

template <std::size_t kCount>
std::string fieldOf(const std::pair<std::string_view, std::string_view> (&fields)[kCount], const std::string& name) {
  for (const auto& [theirs, ours] : fields)
    if (theirs == name) return std::string(ours);
  return {};
}

void readFilter(Form& form, ListQuery& query) {
  const std::string field = fieldOf(kFilterFields, form.text("field"));
  const std::string op = form.text("op");
  if (field.empty()) form.complain("field", "Value error, unknown field", "value_error");
  if (!op.empty()) form.oneOf("op", op, kOperators, "enum");
  for (const char* name : {"meta", "id"}) form.find(name);
  const json* found = form.find("data");
  form.refuseOthers();
  const json data = found ? *found : json();
  const bool isNumber = field == "price" || field == "rating";
  const auto complain = [&] { form.complain("data", "Value error, wrong data for this field and op", "value_error"); };
  if (op == "inrange") {
    const bool isPair = data.is_array() && data.size() == 2 && data[0].is_number() && data[1].is_number();
    if (!isPair || !isNumber) return complain();
    query.conditions.push_back({field, ListCondition::kAtLeast, {}, data[0].get<double>()});
    query.conditions.push_back({field, ListCondition::kAtMost, {}, data[1].get<double>()});
  } else if (op == "leq" || op == "geq") {
    if (!data.is_number() || !isNumber) return complain();
    const auto kind = op == "leq" ? ListCondition::kAtMost : ListCondition::kAtLeast;
    query.conditions.push_back({field, kind, {}, data.get<double>()});
  } else {
    const bool isList = op == "in" || op == "nin";
    const json texts = isList ? data : json::array({data});
    const bool isRight =
        texts.is_array() && std::all_of(texts.begin(), texts.end(), [](const json& text) { return text.is_string(); });
    if (!isRight || isNumber) return complain();
    const auto kind = op == "eq" || op == "in" ? ListCondition::kAmong : ListCondition::kNotAmong;
    query.conditions.push_back({field, kind, texts.get<std::vector<std::string>>(), 0});
  }
}

std::size_t readCursor(Form& form) {
  const std::string cursor = form.optionalText("cursor", kMaxCursorBytes);
  std::size_t at = 0;
  if (cursor.empty()) return at;
  const bool isOurs = cursor.starts_with(kCursorPrefix);
  const char* end = cursor.data() + cursor.size();
  if (!isOurs || std::from_chars(cursor.data() + 3, end, at).ptr != end || cursor.size() == 3)
    form.complain("cursor", "Value error, invalid cursor", "value_error");
  return at;
}

json filtersOf(const Listed& listed) {
  json filters = json::array();
  for (const FacetCounts& facet : listed.facets) {
    json values = json::array(), counts = json::array();
    for (const auto& [value, count] : facet.values) {
      values.push_back(value);
      counts.push_back(count);
    }
    std::string title = facet.field == "color" ? "colour" : facet.field;
    title[0] = static_cast<char>(title[0] - 'a' + 'A');
    filters.push_back(
        {{"field", facet.field},
         {"op", "in"},
         {"id", facet.field},
         {"meta", {{"group_title", title}, {"type", "checkbox"}, {"values", values}, {"counts", counts}}}});
  }
  if (listed.highest > 0)
    filters.push_back({{"field", "sale_price"},
                       {"op", "inrange"},
                       {"id", "price"},
                       {"data", json::array({listed.lowest, listed.highest})},
                       {"meta",
                        {{"group_title", "Price"},
                         {"type", "range"},
                         {"min", listed.lowest},
                         {"max", listed.highest},
                         {"currency", "EUR"}}}});
  return filters;
}

}  // namespace

void DepictSearch::mount(Router& router, Faults& faults) {
  const auto on = [&](const char* method, const char* path, auto answer) {
    router.on(method, path,
              faults.inject("depict", "search",
                            [answer](const httplib::Request& request, const std::string& body,
                                     httplib::Response& response) { sendJson(response, answer(request, body)); }));
  };
  on("POST", "/depict/v3/search/results", [this](const httplib::Request& request, const std::string& body) {
    return list(parseDepictBody(body), "", shopOrigin(request));
  });
  on("POST", "/depict/v3/listings/external_id/*/products",
     [this](const httplib::Request& request, const std::string& body) {
       return list(parseDepictBody(body), segmentOf(request.path, 4), shopOrigin(request));
     });
  on("GET", "/depict/v3/search/suggestions",
     [this](const httplib::Request& request, const std::string&) { return suggest(request); });
}

json DepictSearch::list(const json& body, const std::string& category, const std::string& origin) const {
  const bool isSearch = category.empty();
  Form form(body, kDepictStyle);
  if (form.text("merchant") != kDepictTenant) form.complain("merchant", "Value error, unknown merchant", "value_error");
  form.text("market");
  form.text("locale");
  form.optionalText("session_id");
  checkTextMap(form, "metadata");
  ListQuery query;
  query.category = category;
  if (isSearch)
    query.words = form.optionalText("query");
  else
    form.optionalText("listing_id");
  query.limit = static_cast<std::size_t>(form.optionalInteger("limit", 1, kMaxLimit).value_or(kDefaultLimit));
  query.offset = readCursor(form);
  const json& filters = form.optionalList("filters");
  for (std::size_t i = 0; i < filters.size(); ++i) {
    Form filter = form.inner({"filters", i}, filters[i]);
    readFilter(filter, query);
  }
  if (const json* sort = form.find("sort")) {
    Form inner = form.inner(json::array({"sort"}), *sort);
    const std::string field = fieldOf(kSortFields, inner.text("field")), order = inner.text("order");
    if (field.empty()) inner.complain("field", "Value error, unknown field", "value_error");
    const bool isKnown = !order.empty() && inner.oneOf("order", order, kOrders, "enum").has_value();
    inner.find("meta");
    inner.refuseOthers();
    if (isKnown && !field.empty()) query.order = SortOrder::parse({{"field", field}, {"order", order}});
  }
  form.refuseOthers();
  form.finish();
  const Listed listed = listProducts(engine_.catalog, engine_.search, query);
  json displays = json::array();
  for (const ScoredItem& item : listed.items) {
    const CatalogProduct& product = engine_.catalog[item.item];
    displays.push_back({{"variant_index", 0},
                        {"variant_displays", json::array({depictDisplay(product, origin)})},
                        {isSearch ? "search_result_id" : "product_listing_result_id", newUuid()}});
  }
  json sorts = json::array();
  for (const auto& [field, ours] : kSortFields)
    for (const std::string_view order : kOrders) sorts.push_back({{"field", field}, {"order", order}});
  json reply = {{isSearch ? "search_request_id" : "product_listing_request_id", newUuid()},
                {"n_hits", listed.total},
                {"sorts", sorts},
                {"filters", filtersOf(listed)},
                {"displays", std::move(displays)}};
  const std::size_t end = query.offset + listed.items.size();
  if (end < listed.total) reply["cursor"] = kCursorPrefix + std::to_string(end);
  return reply;
}

json DepictSearch::suggest(const httplib::Request& request) const {
  const json parameters = parametersOf(request);
  Form form(parameters, kDepictStyle);
  if (form.text("merchant") != kDepictTenant) form.complain("merchant", "Value error, unknown merchant", "value_error");
  form.text("market");
  form.text("locale");
  const std::string typed = form.optionalText("query");
  form.optionalText("session_id");
  form.finish();
  json suggestions = json::array();
  for (const std::string& term : suggestTerms(engine_.catalog, engine_.search, typed, kMaxTerms))
    suggestions.push_back({{"type", "query"}, {"title", term}, {"query", term}, {"suggestions_result_id", newUuid()}});
  std::vector<std::string> categories;
  for (const CatalogProduct& product : engine_.catalog.products())
    if (std::find(categories.begin(), categories.end(), product.category) == categories.end())
      categories.push_back(product.category);
  for (const std::string& category : categories)
    if (!typed.empty() && fold(category).starts_with(fold(typed)))
      suggestions.push_back({{"type", "listing"},
                             {"title", category},
                             {"listing_id", newUuid()},
                             {"external_id", category},
                             {"listing_type", "category"},
                             {"suggestions_result_id", newUuid()}});
  return {{"suggestions_request_id", newUuid()}, {"suggestions", std::move(suggestions)}};
}

}  // namespace vitrine::demo
