#include "services/depict_search.h"

#include <algorithm>
#include <utility>

#include "base/query_string.h"
#include "services/filters.h"
#include "services/search.h"

namespace vitrine::depict {
namespace {

constexpr char kName[] = "Depict";
constexpr double kMostListed = 250;  // OpenAPI: 1 <= limit <= 250
constexpr std::string_view kPlainHeaders = R"({"content-type":"application/json"})";
// The ids of a product in a search and in a listing. A reference is one of these names, ":" and the id.
constexpr const char* kResultIds[] = {"search_result_id", "product_listing_result_id"};

// The service's operators, by Operator; null if it has none.
constexpr const char* kOperators[] = {"eq", "neq", nullptr, "geq", nullptr, "leq", "in", "nin"};

// {"field", "meta": {"group_title", "values": […], "names"?: […], "counts"?: […]}} or with "min" and "max".
void addFacets(const Json& filters, Text& out) {
  Facets facets(out);
  for (const Json& filter : filters.children) {
    const Json* meta = member(filter, "meta");
    if (!meta) continue;
    const Json* values = member(*meta, "values");
    const Json* names = member(*meta, "names");
    const Json* counts = member(*meta, "counts");
    for (std::size_t i = 0; values && i < values->children.size(); ++i) {
      const auto at = [&](const Json* list) {
        return list && i < list->children.size() ? &list->children[i] : nullptr;
      };
      facets.value(values->children[i], textOf(at(names)), at(counts));
    }
    facets.range(member(*meta, "min"), member(*meta, "max"));
    facets.end(textMember(filter, "field"), textMember(*meta, "group_title"));
  }
}

}  // namespace

Problem buildSearch(QueryKind kind, const Json& query, const Account& account, HttpRequest& request) {
  if (account.locale.empty())
    return validationError("provider.locale", "bad-option", "Depict needs provider.locale for this call.");
  const bool isSuggestion = kind == QueryKind::kSuggest;
  Text& url = request.url = Text(account.apiUrl) + "/v3/";
  if (kind == QueryKind::kSearchCategory) {
    url += "listings/external_id/";
    appendEncoded(url, textMember(query, "categoryId"));
    url += "/products";
  } else {
    url += isSuggestion ? "search/suggestions" : "search/results";
  }
  const std::pair<const char*, std::string_view> members[] = {
      {"merchant", account.tenant},
      {"market", account.market},
      {"locale", account.locale},
      {"session_id", account.sessionId},
      {"query", kind == QueryKind::kSearchCategory ? std::string_view() : textMember(query, "query")},
      {"cursor", textMember(query, "cursor")}};
  JsonObject body(request.body);
  for (const auto& [name, value] : members) isSuggestion ? addIfGiven(url, name, value) : addIfGiven(body, name, value);
  if (isSuggestion) {
    request.body.clear();
    request.method = "GET";
    // Without a key the request needs no header, and so no CORS preflight.
    if (account.headersJson.size() > kPlainHeaders.size()) request.headersJson = account.headersJson;
    return nullptr;
  }
  request.headersJson = account.headersJson;
  if (numberMember(query, "page", 0) > 0 && !textMember(query, "cursor").empty())
    return validationError("cursor", "bad-argument", "A cursor goes on from the last products: leave out page.");
  double count = 0;
  if (Problem problem = requestPages(kName, query, kMostListed, request, count)) return problem;
  if (count > 0) body.add("limit", count);
  if (const Json* sortBy = member(query, "sortBy"); sortBy && !sortBy->isNull()) {
    if (!sortBy->isObject()) return argumentError("sortBy", "{field, order} for Depict");
    JsonObject(body.key("sort")).add("field", stringMember(*sortBy, "field")).add("order", orderOf(*sortBy)).close();
  }
  // OpenAPI: of further members a search and a listing take `metadata` alone. Suggestions take none.
  const Json* params = member(query, "params");
  if (params) {
    for (const Json& param : params->children) {
      if (param.name == "metadata") continue;
      return validationError("params." + param.name, "unsupported-option",
                             "Depict takes no params but metadata with searches and listings: leave it out.");
    }
  }
  const Json* metadata = params ? member(*params, "metadata") : nullptr;
  if (!metadata) metadata = member(account.params, "metadata");
  if (metadata) body.addJson("metadata", *metadata);
  const Json filters = parseJson(request.filtersJson);
  request.filtersJson.clear();
  for (const Json& filter : filters.children) {
    const std::size_t op = operatorOf(filter);
    const Json& value = *member(filter, "value");
    if (op > kNin || !kOperators[op] || value.isNull()) return filterProblem(kName, filter);
    JsonObject one(&filter == filters.children.begin() ? body.key("filters") += '[' : request.body += ',');
    // A value that is a list, such as the path to a category, is one of the operator's list.
    const bool isList = op <= kNe && value.isArray();
    one.add("field", stringMember(filter, "field")).add("op", kOperators[isList ? op + kIn : op]);
    // OpenAPI: true and false are texts.
    if (value.isBool())
      one.add("data", value.number != 0 ? "true" : "false");
    else
      appendJson(isList ? one.key("data") += '[' : one.key("data"), value);
    if (isList) request.body += ']';
    one.close();
  }
  if (!filters.children.empty()) request.body += ']';
  body.close();
  return nullptr;
}

bool readSuggestions(const Json& reply, Slate& slate) {
  const Json* suggestions = member(reply, "suggestions");
  if (!suggestions || !suggestions->isArray()) return false;
  readTerms(*suggestions, "external_id", slate);
  slate.serveId = textMember(reply, "suggestions_request_id");
  return true;
}

void readListing(const Json& reply, Slate& slate) {
  slate.serveId = textMember(reply, "search_request_id");
  if (slate.serveId.empty()) slate.serveId = textMember(reply, "product_listing_request_id");
  slate.totalResults = countMember(reply, "n_hits");
  slate.cursor = textMember(reply, "cursor");
  if (const Json* filters = member(reply, "filters")) addFacets(*filters, slate.facets);
}

List<Text> unfoldVariants(Cut& cut, bool& hasResultIds) {
  List<Text> texts;
  texts.reserve(2 * cut.elements.size());
  for (std::string_view& element : cut.elements) {
    Cut variants;
    if (!cutList(element, "variant_displays", variants) || variants.elements.empty()) continue;
    const Json frame = parseJson(variants.frame);
    const auto index = static_cast<std::size_t>(std::max(0, countMember(frame, "variant_index")));
    const std::size_t at = index < variants.elements.size() ? index : 0;
    if (variants.elements[at].front() != '{') continue;
    element = variants.elements[at];
    // If the display has an id of its own, that comes later and so counts.
    const Json* ids = member(frame, "variant_product_ids");
    if (ids && at < ids->children.size()) addMember(element, "product_id", ids->children[at].text, texts);
    for (const char* name : kResultIds) {
      const std::string_view id = textMember(frame, name);
      if (id.empty()) continue;
      hasResultIds = true;
      addMember(element, "reference", Text(name).append(":").append(id), texts);
      break;
    }
  }
  return texts;
}

}  // namespace vitrine::depict
