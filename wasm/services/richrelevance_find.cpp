#include "services/richrelevance_find.h"

#include "base/query_string.h"
#include "services/filters.h"
#include "services/richrelevance_parameters.h"
#include "services/search.h"

namespace vitrine::richrelevance {
namespace {

// A value that ends the text in which it stands could add conditions of its own.
bool endsText(std::string_view value) {
  bool isEscaped = false;
  for (const char c : value) {
    if (c == '"' && !isEscaped) return true;
    isEscaped = c == '\\' && !isEscaped;
  }
  return isEscaped;
}

// Appends the filters as `field:"value"|…`. The SDKs have no other operator, and one value per field.
Problem addConditions(Text& url, const Json& filters) {
  List<Text> conditions;
  for (const Json& filter : filters.children) {
    const std::string_view field = stringMember(filter, "field"), value = textMember(filter, "value");
    bool isRight = operatorOf(filter) == kEq && !value.empty() && !endsText(value);
    for (const Text& other : conditions) {
      if (other.find(Text(field) + ":\"") == 0) isRight = false;
    }
    if (!isRight) return filterProblem("RichRelevance", filter);
    conditions.push_back(Text(field) + ":\"" + Text(value) + "\"");
  }
  if (!conditions.empty()) addPipeList(url, "filter", conditions);
  return nullptr;
}

// Returns the address of the product's page, which is the parameter `ct` of its click address.
Text pageOf(std::string_view clickUrl) {
  const std::size_t at = clickUrl.find("&ct=");
  if (at == std::string_view::npos) return {};
  const std::string_view rest = clickUrl.substr(at + 4);
  return decoded(rest.substr(0, rest.find('&')), 1);
}

}  // namespace

Problem scriptError() {
  return validationError("provider.jsonp", "bad-option",
                         "RichRelevance has JSON-P for recommendations and search.category alone. Set provider.jsonp "
                         "to false and let the service allow this page's origin, or search on a server.");
}

Problem addFind(std::string_view placement, const Json& query, Text& url) {
  addParameter(url, "query", textMember(query, "query"));
  const double size = numberMember(query, "topK", 0);
  // A search has topK and suggestions have limit, never both.
  addCount(url, "rows", size + numberMember(query, "limit", 0));
  if (placement.empty()) return nullptr;
  addParameter(url, "placement", placement);
  // The addresses of clicks are https then.
  addParameter(url, "ssl", "true");
  addCount(url, "start", size * (numberMember(query, "page", 1) - 1));
  if (const Json* sortBy = member(query, "sortBy")) {
    Text order(sortBy->text);
    if (sortBy->isObject())
      order.append(stringMember(*sortBy, "field")).append(*orderOf(*sortBy) == 'a' ? " ASC" : " DESC");
    addIfGiven(url, "sort", order);
  }
  const Json* filters = member(query, "filters");
  return filters ? addConditions(url, *filters) : nullptr;
}

List<Text> readSearch(const Json& placement, Cut& cut, Slate& slate) {
  slate.ticket = textMember(placement, "rcs");
  slate.totalResults = countMember(placement, "numFound");
  const Json none;
  Facets facets(slate.facets);
  const Json* given = member(placement, "facets");
  for (const Json& facet : (given ? *given : none).children) {
    std::string_view field;
    const Json* values = member(facet, "values");
    for (const Json& one : (values ? *values : none).children) {
      // `{!tag=brand_facet}brand_facet:"Generic"`: the field of the condition, and its value as it is sent back.
      const std::string_view condition = stringMember(one, "filter");
      const std::size_t colon = condition.find(":\"");
      if (colon == std::string_view::npos || colon + 3 > condition.size()) continue;
      field = condition.substr(0, colon);
      Json value;
      value.type = Json::Type::kString;
      value.text = condition.substr(colon + 2, condition.size() - colon - 3);
      facets.value(value, textMember(one, "value"), member(one, "count"));
    }
    facets.end(field, textMember(facet, "facet"));
  }
  List<Text> texts;
  texts.reserve(cut.elements.size());
  for (std::string_view& element : cut.elements) {
    const Json product = parseJson(element);
    Text page = pageOf(stringMember(product, "clickUrl"));
    if (page.empty()) page = stringMember(product, "linkId");
    addMember(element, "productURL", page, texts);
  }
  return texts;
}

}  // namespace vitrine::richrelevance
