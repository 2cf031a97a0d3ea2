#include "services/richrelevance_find.h"

#include <algorithm>

#include "base/query_string.h"
#include "services/filters.h"
#include "services/richrelevance_parameters.h"
#include "services/search.h"

namespace vitrine::richrelevance {
namespace {

// Returns how a value stands in a condition: a range of numbers (`[5 TO 9]`) as it is, any other one between quotation
// marks. Returns "" for a value that ends the text in which it stands, because it could add conditions of its own.
Text termOf(std::string_view value) {
  if (value.starts_with('[') && value.find_first_not_of("[]*-.0123456789 TO") == std::string_view::npos)
    return Text(value);
  bool isEscaped = false;
  for (const char c : value) {
    if (c == '"' && !isEscaped) return {};
    isEscaped = c == '\\' && !isEscaped;
  }
  return isEscaped ? Text() : "\"" + Text(value) + "\"";
}

// Appends the filters as `field:term|…`. The SDKs have no other operator, and one value per field.
Problem addConditions(Text& url, const Json& filters) {
  List<Text> conditions;
  for (const Json& filter : filters.children) {
    const Text before = Text(stringMember(filter, "field")) + ":";
    const Json& value = *member(filter, "value");
    const Text term = termOf(value.text);
    bool isRight = operatorOf(filter) == kEq && (value.isString() || value.isNumber()) && !term.empty();
    for (const Text& other : conditions) {
      if (other.find(before) == 0) isRight = false;
    }
    if (!isRight) return filterProblem("RichRelevance", filter);
    conditions.push_back(before + term);
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
      // `{!tag=brand_facet}brand_facet:"Generic"`: the field of the condition, and its value. Only a value that is sent
      // back as this condition is listed.
      const std::string_view condition = stringMember(one, "filter");
      const std::size_t colon = std::min(condition.find(":\""), condition.find(":["));
      if (colon == std::string_view::npos) continue;
      const std::string_view term = condition.substr(colon + 1);
      Json value;
      value.type = Json::Type::kString;
      value.text = term.size() > 1 && term[0] == '"' ? term.substr(1, term.size() - 2) : term;
      if (termOf(value.text) != term) continue;
      field = condition.substr(0, colon);
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
