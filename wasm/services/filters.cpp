#include "services/filters.h"

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/query_string.h"

namespace vitrine {
namespace {

constexpr std::string_view kOperators[] = {"eq", "ne", "gt", "gte", "lt", "lte", "in", "nin", "exists", "match"};
constexpr std::size_t kOperatorCount = std::size(kOperators);

Problem checkFilter(const Json& filter, const Text& path, bool hasLists) {
  if (stringMember(filter, "field").empty()) {
    return validationError(path + ".field", "bad-filter", "A filter needs a field: {field, operator, value}.");
  }
  const std::size_t op = operatorOf(filter);
  if (op == kOperatorCount) {
    return validationError(path + ".operator", "bad-filter",
                           "A filter's operator must be one of eq, ne, gt, gte, lt, lte, in, nin, exists, match.");
  }
  const Json none;
  const Json* given = member(filter, "value");
  const Json& value = given ? *given : none;
  const bool isList = op == kIn || op == kNin;
  const bool isRight = op <= kNe      ? value.isValid() && (hasLists || !value.isArray()) && !value.isObject()
                       : op <= kLte   ? value.isNumber() || value.isString()
                       : isList       ? value.isArray()
                       : op == kMatch ? value.isString()
                                      : value.isBool();
  if (isRight) return nullptr;
  const char* rule = op <= kNe      ? "a string, a number, true, false or null"
                     : op <= kLte   ? "a number or a string"
                     : isList       ? "an array"
                     : op == kMatch ? "a string"
                                    : "true or false";
  return validationError(path + ".value", "bad-filter", "The value of a filter with this operator must be %.", rule);
}

// Follows a dotted path. Returns null if there is nothing at its end.
const Json* follow(const Json* at, std::string_view path) {
  while (at && !path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    at = member(*at, path.substr(0, dot));
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return at && at->isNull() ? nullptr : at;
}

const Json* fieldOf(const Json& product, std::string_view path) {
  const Json* field = follow(&product, path);
  const Json* own = member(product, "metadata");
  return field || !own ? field : follow(own, path);
}

// Returns -1, 0 or 1; 2 if the two cannot be compared.
int compare(const Json& field, const Json& value) {
  double number = field.number, other = value.number;
  if (field.type != value.type && (field.isNumber() || value.isNumber())) {
    const std::string_view digits = numeralOf(&field), others = numeralOf(&value);
    if (digits.empty() || others.empty()) return 2;
    number = readNumber(digits);
    other = readNumber(others);
  } else if (field.type != value.type || field.isObject()) {
    return 2;
  }
  if (value.isString() && field.isString()) {
    const int order = std::string_view(field.text).compare(value.text);
    return order < 0 ? -1 : order > 0;
  }
  return number < other ? -1 : number > other;
}

bool holdsFor(std::size_t op, const Json& field, const Json& value) {
  if (field.isArray() || op == kIn) {
    const auto& list = field.isArray() ? field.children : value.children;
    return std::any_of(list.begin(), list.end(), [&](const Json& one) {
      if (!field.isArray()) return compare(field, one) == 0;
      return !one.isArray() && holdsFor(op, one, value);
    });
  }
  if (op == kMatch)
    return field.isString() && lowerCase(field.text).find(std::string_view(lowerCase(value.text))) != Text::npos;
  const int order = compare(field, value);
  switch (op) {
    case kEq:
      return order == 0;
    case kGt:
      return order == 1;
    case kGte:
      return order == 0 || order == 1;
    case kLt:
      return order == -1;
    default:
      return order == 0 || order == -1;
  }
}

bool holds(const Json& filter, const Json* field) {
  const std::size_t op = operatorOf(filter);
  const Json& value = *member(filter, "value");
  if (op == kExists) return (field != nullptr) == (value.number != 0);
  if (value.isNull()) return (field == nullptr) == (op == kEq);
  if (op == kNe || op == kNin) return !field || !holdsFor(op == kNe ? kEq : kIn, *field, value);
  return field && holdsFor(op, *field, value);
}

bool mayLack(const Json& filter, std::string_view field) {
  return operatorOf(filter) == kExists || member(filter, "value")->isNull() || field == "originalPrice" ||
         field == "badges";
}

}  // namespace

std::size_t operatorOf(const Json& filter) {
  const std::string_view name = stringMember(filter, "operator");
  std::size_t op = 0;
  while (op < kOperatorCount && kOperators[op] != name) ++op;
  return op;
}

Problem checkFilters(const Json& query, bool hasLists) {
  const Json* filters = member(query, "filters");
  if (!filters || filters->isNull()) return nullptr;
  if (!filters->isArray())
    return validationError("filters", "bad-filter", "filters must be an array of {field, operator, value}.");
  for (std::size_t i = 0; i < filters->children.size(); ++i) {
    if (Problem problem = checkFilter(filters->children[i], indexed("filters", i), hasLists)) return problem;
  }
  return nullptr;
}

Problem applyFilters(const Json& filters, std::string_view service, Slate& slate) {
  List<Json> products;
  for (const auto& product : slate.products) products.push_back(parseJson(productJson(*product, slate)));
  List<char> isOut(products.size(), 0);
  for (const Json& filter : filters.children) {
    const std::string_view path = stringMember(filter, "field");
    bool isKnown = products.empty() || mayLack(filter, path);
    for (std::size_t i = 0; i < products.size(); ++i) {
      const Json* field = fieldOf(products[i], path);
      isKnown |= field != nullptr;
      if (!holds(filter, field)) isOut[i] = 1;
    }
    if (!isKnown) {
      return validationError(
          "filters", "bad-filter",
          "No product of %'s reply has the field \"%\", so Vitrine cannot filter by it. Name a field "
          "that the results have, or filter at the service.",
          service, path);
    }
  }
  std::size_t i = 0;
  slate.products.eraseIf([&](const auto&) { return isOut[i++] != 0; });
  return nullptr;
}

Shared<const Slate> filtered(Shared<const Slate> slate, std::size_t skip, std::string_view filtersJson,
                             std::string_view service, Problem& problem) {
  if (filtersJson.empty() && skip == 0) return slate;
  const auto left = Shared<Slate>::make(*slate);
  std::size_t i = 0;
  left->products.eraseIf([&](const auto&) { return i++ < skip; });
  if (!filtersJson.empty()) problem = applyFilters(parseJson(filtersJson), service, *left);
  if (problem) return nullptr;
  return left;
}

}  // namespace vitrine
