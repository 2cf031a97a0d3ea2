#include "recommend/filters.h"

#include <algorithm>
#include <iterator>

#include "http/replies.h"
#include "store/words.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

// In the order of Filters::Operator.
constexpr std::string_view kOperatorNames[] = {"eq", "ne", "gt", "gte", "lt", "lte", "in", "nin", "exists", "match"};

// More conditions than a person sets in a shop; bounds the cost of one request.
constexpr std::size_t kMaxConditions = 64;

bool isScalar(const json& value) { return value.is_string() || value.is_number() || value.is_boolean(); }

const json* follow(const json& from, const std::vector<std::string>& path) {
  const json* at = &from;
  for (const std::string& name : path) {
    if (!at->is_object()) return nullptr;
    const auto found = at->find(name);
    if (found == at->end()) return nullptr;
    at = &*found;
  }
  return at->is_null() ? nullptr : at;
}

}  // namespace

Filters Filters::parse(const json& list) {
  if (!list.is_array()) throw invalidField("filters", "must be an array of {field, operator, value}");
  if (list.size() > kMaxConditions)
    throw invalidField("filters", "must have at most " + std::to_string(kMaxConditions) + " entries");
  Filters filters;
  for (const json& entry : list) {
    const std::string where = "filters[" + std::to_string(filters.conditions_.size()) + "]";
    if (!entry.is_object()) throw invalidField(where, "must be an object {field, operator, value}");
    Condition condition;
    condition.path = parsePath(entry, where + ".field");
    condition.op = parseOperator(entry, where + ".operator");
    if (const auto value = entry.find("value"); value != entry.end())
      condition.value = *value;
    else
      throw invalidField(where + ".value", "is missing");
    checkValue(condition.op, condition.value, where + ".value");
    filters.conditions_.push_back(std::move(condition));
  }
  return filters;
}

Filters::Operator Filters::parseOperator(const json& entry, const std::string& where) {
  const auto found = entry.find("operator");
  const auto* name = found == entry.end() ? nullptr : found->get_ptr<const std::string*>();
  const auto at =
      name ? std::find(std::begin(kOperatorNames), std::end(kOperatorNames), *name) : std::end(kOperatorNames);
  if (at == std::end(kOperatorNames))
    throw invalidField(where, "must be one of eq, ne, gt, gte, lt, lte, in, nin, exists, match");
  return static_cast<Operator>(at - std::begin(kOperatorNames));
}

std::vector<std::string> Filters::parsePath(const json& entry, const std::string& where) {
  const auto found = entry.find("field");
  const auto* text = found == entry.end() ? nullptr : found->get_ptr<const std::string*>();
  if (!text || text->empty()) throw invalidField(where, "must be a non-empty string");
  std::vector<std::string> path(1);
  for (const char c : *text) {
    if (c == '.')
      path.emplace_back();
    else
      path.back() += c;
  }
  if (std::any_of(path.begin(), path.end(), [](const std::string& name) { return name.empty(); }))
    throw invalidField(where, "must be a dotted path such as metadata.color");
  return path;
}

void Filters::checkValue(Operator op, const json& value, const std::string& where) {
  switch (op) {
    case Operator::kEq:
    case Operator::kNe:
      if (!isScalar(value) && !value.is_null())
        throw invalidField(where, "must be a string, a number, a boolean or null");
      return;
    case Operator::kGt:
    case Operator::kGte:
    case Operator::kLt:
    case Operator::kLte:
      if (!value.is_number() && !value.is_string()) throw invalidField(where, "must be a number or a string");
      return;
    case Operator::kIn:
    case Operator::kNin:
      if (!value.is_array() || !std::all_of(value.begin(), value.end(), isScalar))
        throw invalidField(where, "must be an array of strings, numbers or booleans");
      return;
    case Operator::kExists:
      if (!value.is_boolean()) throw invalidField(where, "must be true or false");
      return;
    case Operator::kMatch:
      if (!value.is_string()) throw invalidField(where, "must be a string");
      return;
  }
}

bool Filters::allow(const CatalogProduct& product) const {
  return std::all_of(conditions_.begin(), conditions_.end(),
                     [&](const Condition& condition) { return holds(condition, product); });
}

bool Filters::holds(const Condition& condition, const CatalogProduct& product) {
  const json* field = follow(product.document, condition.path);
  if (!field) field = follow(product.document["metadata"], condition.path);
  const Operator op = condition.op;
  if (op == Operator::kExists) return (field != nullptr) == condition.value.get<bool>();
  if (op == Operator::kEq) return field ? holdsFor(op, *field, condition.value) : condition.value.is_null();
  if (op == Operator::kNe)
    return field ? !holdsFor(Operator::kEq, *field, condition.value) : !condition.value.is_null();
  if (op == Operator::kNin) return !field || !holdsFor(Operator::kIn, *field, condition.value);
  return field && holdsFor(op, *field, condition.value);
}

bool Filters::holdsFor(Operator op, const json& field, const json& value) {
  if (field.is_array())
    return std::any_of(field.begin(), field.end(),
                       [&](const json& element) { return !element.is_array() && holdsFor(op, element, value); });
  const bool isComparable = (field.is_number() && value.is_number()) || (field.is_string() && value.is_string());
  switch (op) {
    case Operator::kEq:
      return field == value;
    case Operator::kGt:
      return isComparable && field > value;
    case Operator::kGte:
      return isComparable && field >= value;
    case Operator::kLt:
      return isComparable && field < value;
    case Operator::kLte:
      return isComparable && field <= value;
    case Operator::kIn:
      return std::find(value.begin(), value.end(), field) != value.end();
    case Operator::kMatch:
      return field.is_string() &&
             fold(field.get_ref<const std::string&>()).find(fold(value.get_ref<const std::string&>())) !=
                 std::string::npos;
    case Operator::kNe:
    case Operator::kNin:
    case Operator::kExists:
      break;  // handled by holds(), because a missing field matches them
  }
  return false;
}

}  // namespace vitrine::demo
