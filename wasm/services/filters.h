// The filters of a query: conditions {field, operator, value} on products, all of which must hold. A service applies
// them, or Vitrine does, to the products of the reply.
//
// Vitrine finds a field in the product as a call returns it ("price", "brand", "metadata.color") or in its `metadata`
// ("color"). Operators:
//   eq ne          equal, also by the case of letters; null stands for a missing field
//   gt gte lt lte  numbers by size, texts by their bytes
//   in nin         equal to one, or to none, of an array
//   exists         the product has the field (true) or not (false)
//   match          the text contains this one; A to Z are equal to a to z
// Compared with a number, a text that is just a number counts as that number. A field that is a list holds if one of
// its elements does. A product without the field meets only eq null, ne, nin and exists false.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/shared.h"
#include "model/error.h"
#include "model/product.h"

namespace vitrine {

// The operators, in the order in which the services' own are listed.
enum Operator { kEq, kNe, kGt, kGte, kLt, kLte, kIn, kNin, kExists, kMatch };
// Returns the operator of a filter, a number above kMatch for a text that is none.
std::size_t operatorOf(const Json& filter);

// Returns the problem with the `filters` of a query, or null. A query may have none. hasLists: a value of eq and ne may
// be a list, because the service has fields whose values are lists.
Problem checkFilters(const Json& query, bool hasLists = false);

// Removes the products that do not meet the filters, which checkFilters() has passed. Returns a problem, and removes
// nothing, if no product has the field of a filter: the condition cannot be judged then. A field that many products
// rightly lack (originalPrice, badges) is no such problem, and neither are exists and null. service: its name, for the
// message.
Problem applyFilters(const Json& filters, std::string_view service, Slate& slate);
// Returns the slate without its first `skip` products and after applyFilters(): the same one if there is nothing to do,
// null if there is a problem.
Shared<const Slate> filtered(Shared<const Slate> slate, std::size_t skip, std::string_view filtersJson,
                             std::string_view service, Problem& problem);

}  // namespace vitrine
