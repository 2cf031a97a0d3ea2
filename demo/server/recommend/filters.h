// The filters of a request: a list of conditions, all of which a product must meet.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "store/catalog.h"

namespace vitrine::demo {

// A condition is {field, operator, value}. The field is a dotted path into the product ("metadata.color", "productId")
// or into its metadata ("color"). Operators:
//   eq ne          equal, by type and case; value: string, number, boolean, or null for a missing field
//   gt gte lt lte  numbers by size, strings by bytes; a field of another type than the value does not match
//   in nin         equal to one, or to none, of an array of values
//   exists         the product has the field (true) or not (false)
//   match          contains the text, without regard to case or accents
// A field that is a list (tags) matches if one element matches. A missing field matches eq null, ne of any other value,
// nin and exists false.
class Filters {
 public:
  Filters() = default;  // no conditions: every product
  // Throws Refusal (400) that names the wrong member, such as "filters[2].operator".
  static Filters parse(const nlohmann::json& list);

  bool allow(const CatalogProduct& product) const;

 private:
  enum class Operator { kEq, kNe, kGt, kGte, kLt, kLte, kIn, kNin, kExists, kMatch };
  struct Condition {
    std::vector<std::string> path;
    Operator op = Operator::kEq;
    nlohmann::json value;
  };

  static Operator parseOperator(const nlohmann::json& entry, const std::string& where);
  static std::vector<std::string> parsePath(const nlohmann::json& entry, const std::string& where);
  static void checkValue(Operator op, const nlohmann::json& value, const std::string& where);
  static bool holds(const Condition& condition, const CatalogProduct& product);
  static bool holdsFor(Operator op, const nlohmann::json& field, const nlohmann::json& value);

  std::vector<Condition> conditions_;
};

}  // namespace vitrine::demo
