#include "services/doofinder_search.h"

#include "base/number.h"
#include "base/query_string.h"
#include "services/filters.h"
#include "services/search.h"

namespace vitrine::doofinder {
namespace {

constexpr char kName[] = "Doofinder";
constexpr double kMostPerPage = 100;  // js-doofinder: 1 <= rpp <= 100

// Appends `group[outer][inner]=value`, encoded as js-doofinder does it. inner: "" for none.
void addNested(Text& url, const char* group, std::string_view outer, std::string_view inner, std::string_view value) {
  Text name(group);
  for (const std::string_view part : {outer, inner}) {
    if (part.empty()) continue;
    name += '[';
    name += part;
    name += ']';
  }
  addParameter(url, name.c_str(), value);
}

bool isRange(std::size_t op) { return op >= kGt && op <= kLte; }
bool isExcluding(std::size_t op) { return op == kNe || op == kNin; }

Problem addFilters(Text& url, const Json& filters) {
  for (const Json& filter : filters.children) {
    const std::size_t op = operatorOf(filter);
    const std::string_view field = stringMember(filter, "field");
    const Json& value = *member(filter, "value");
    bool isRight = isRange(op) ? value.isNumber() : op <= kNin && !value.isNull();
    // The service would read two filters as one: each field has one list of values or one range, with each bound once,
    // to be included, and one list to be excluded.
    for (const Json* other = filters.children.begin(); other != &filter; ++other) {
      const std::size_t otherOp = operatorOf(*other);
      if (stringMember(*other, "field") == field && isExcluding(op) == isExcluding(otherOp) &&
          (op == otherOp || !isRange(op) || !isRange(otherOp)))
        isRight = false;
    }
    if (!isRight) return filterProblem(kName, filter);
    const char* group = isExcluding(op) ? "exclude" : "filter";
    std::size_t at = 0;
    Text key(isRange(op) ? stringMember(filter, "operator") : std::string_view("0"));
    const auto add = [&](const Json& one) {
      addNested(url, group, field, key, one.isBool() ? one.number != 0 ? "true" : "false" : std::string_view(one.text));
      key.clear();
      appendNumber(key, static_cast<double>(++at));
    };
    if (!value.isArray()) add(value);
    for (const Json& one : value.children) add(one);
  }
  return nullptr;
}

}  // namespace

Problem buildSearch(QueryKind kind, const Json& query, std::string_view base, std::string_view index,
                    std::string_view headersJson, HttpRequest& request) {
  const bool isSuggestion = kind == QueryKind::kSuggest;
  Text& url = request.url = Text(base) + (isSuggestion ? "/_suggest" : "/_search");
  request.method = "GET";
  request.headersJson = headersJson;
  addParameter(url, "query", textMember(query, "query"));
  addNested(url, "indices", "0", {}, index);
  if (isSuggestion) return nullptr;
  if (Problem problem = checkMost(kName, "topK", numberMember(query, "topK", 0), kMostPerPage)) return problem;
  addIfGiven(url, "rpp", textMember(query, "topK"));
  addIfGiven(url, "page", textMember(query, "page"));
  // js-doofinder: a text is a field, in ascending order.
  if (const Json* sortBy = member(query, "sortBy")) {
    const std::string_view field = sortBy->isString() ? sortBy->text : stringMember(*sortBy, "field");
    if (!field.empty()) addNested(url, "sort", "0", field, orderOf(*sortBy));
  }
  Json filters = parseJson(request.filtersJson);
  request.filtersJson.clear();
  if (kind == QueryKind::kSearchCategory) {
    // The field of the index with the names of a product's categories, as in js-doofinder's examples.
    Text category = R"({"field":"categories","operator":"eq","value":)";
    appendString(category, textMember(query, "categoryId"));
    // The last one, so that the others keep their numbers in a problem.
    filters.children.push_back(parseJson(category + "}"));
  }
  return addFilters(url, filters);
}

void readSearch(const Json& reply, Slate& slate) {
  slate.totalResults = countMember(reply, "total");
  if (const std::string_view term = textMember(reply, "autocomplete_suggest"); !term.empty())
    slate.terms.push_back({Text(term), {}});
  const Json* given = member(reply, "facets");
  if (!given) return;
  Facets facets(slate.facets);
  for (const Json& facet : given->children) {
    const auto buckets = [&](const char* name) {
      const Json* list = member(facet, name);
      list = list ? member(*list, "buckets") : nullptr;
      return list && !list->children.empty() ? list : nullptr;
    };
    if (!boolMember(facet, "visible", true)) continue;
    if (const Json* terms = buckets("terms")) {
      for (const Json& term : terms->children) {
        if (const Json* key = member(term, "key")) facets.value(*key, {}, member(term, "doc_count"));
      }
    } else if (const Json* ranges = buckets("range")) {
      if (const Json* stats = member(ranges->children.front(), "stats"))
        facets.range(member(*stats, "min"), member(*stats, "max"));
    }
    facets.end(facet.name, textMember(facet, "label"));
  }
}

bool readSuggestions(std::string_view body, std::string_view first, Slate& slate) {
  const bool isTerm = first.find_first_of("\"0123456789") == 0 ||
                      (first.find("\"term\"") != Text::npos && first.find("\"id\"") == Text::npos);
  if (!isTerm) return false;
  const Json reply = parseJson(body);
  if (const Json* list = member(reply, "results")) readTerms(*list, nullptr, slate);
  slate.frame = body;
  return reply.isValid();
}

}  // namespace vitrine::doofinder
