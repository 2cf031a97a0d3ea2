#include "services/search.h"

#include "base/number.h"

namespace vitrine {

Problem checkMost(std::string_view service, const char* option, double count, double most) {
  if (count <= most) return nullptr;
  Text number;
  appendNumber(number, most);
  return validationError(option, "bad-argument", "% lists up to % products.", service, number);
}

Problem requestPages(std::string_view service, const Json& query, double most, HttpRequest& request, double& count) {
  count = numberMember(query, "topK", 0) * numberMember(query, "page", 1);
  const double before = count - numberMember(query, "topK", 0);
  request.skip = static_cast<std::size_t>(before);
  return checkMost(service, before > 0 ? "page" : "topK", count, most);
}

Problem filterProblem(std::string_view service, const Json& filter) {
  return validationError("filters", "unsupported-filter", "% cannot filter this list by % % (docs/queries.md).",
                         service, stringMember(filter, "field"), stringMember(filter, "operator"));
}

void Facets::value(const Json& value, std::string_view title, const Json* count) {
  if (value.isNull() || value.isObject() || !value.isValid()) return;
  body_ += body_.empty() ? R"("values":[)" : ",";
  JsonObject one(body_);
  one.addJson("value", value);
  addIfGiven(one, "title", title);
  const std::string_view digits = numeralOf(count);
  if (!digits.empty()) one.addRaw("count", digits);
  one.close();
}

void Facets::range(const Json* min, const Json* max) {
  const std::string_view least = numeralOf(min), most = numeralOf(max);
  if (least.empty() || most.empty()) return;
  Text members;
  JsonObject(members).addRaw("min", least).addRaw("max", most);
  body_ = members.substr(1);
}

void Facets::end(std::string_view field, std::string_view title) {
  if (!body_.empty() && !field.empty()) {
    if (body_[1] == 'v') body_ += ']';
    if (out_.empty())
      out_ += '[';
    else
      out_.back() = ',';
    JsonObject(out_).add("field", field).add("title", title.empty() ? field : title);
    out_.append(",").append(body_).append("}]");
  }
  body_.clear();
}

std::size_t readTerms(const Json& list, const char* categoryName, Slate& slate) {
  std::size_t count = 0;
  for (const Json& entry : list.children) {
    std::string_view text = textOf(&entry);
    for (const char* name : {"terms", "term", "query", "title"}) {
      if (text.empty()) text = textMember(entry, name);
    }
    if (text.empty()) continue;
    ++count;
    slate.terms.push_back({Text(text), Text(categoryName ? textMember(entry, categoryName) : std::string_view())});
  }
  return count;
}

}  // namespace vitrine
