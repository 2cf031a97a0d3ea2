// The common parts of searches, listings and suggestions of all services: pages, orders, facets and terms.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/text.h"
#include "model/error.h"
#include "model/product.h"
#include "services/service.h"

namespace vitrine {

// Requests the products of all pages up to the one that is wanted, for a service without numbered pages: sets
// request.skip, and `count` to the number of products, 0 if the query names none. service: its name. most: the greatest
// number that the service lists. Returns a problem with topK, or with a page that ends behind it.
Problem requestPages(std::string_view service, const Json& query, double most, HttpRequest& request, double& count);
// Returns a problem with the option if it asks for more than `most` products.
Problem checkMost(std::string_view service, const char* option, double count, double most);

// Returns a problem with a filter of a listing, which the service cannot apply. Vitrine filters no page, because the
// total and the other pages would be wrong.
Problem filterProblem(std::string_view service, const Json& filter);

// Writes the facets of an outcome: [{field, title, values: [{value, title?, count?}]}] or, for a range, min and max
// in place of the values. A facet without values or limits is left out.
class Facets {
 public:
  explicit Facets(Text& out) : out_(out) {}

  // Adds a value to the facet that end() writes; nothing for a value that no filter may have (null, an object). title:
  // "" if the value itself is shown. count: the number of products, null or any JSON that is no number (numeralOf) if
  // it is unknown.
  void value(const Json& value, std::string_view title, const Json* count);
  // Sets the limits of a range, which are numbers (numeralOf).
  void range(const Json* min, const Json* max);
  // Writes the facet. field: the name by which `filters` select its values. title: "" for the field.
  void end(std::string_view field, std::string_view title);

 private:
  Text& out_;
  Text body_;  // the members of the facet so far
};

// Adds what a shopper may search for from the elements of a reply's array: texts (textOf), and objects with one of the
// members `terms`, `term`, `query` and `title`, in this order. categoryName: the member with the id of a category, or
// null. Returns the number of terms.
std::size_t readTerms(const Json& list, const char* categoryName, Slate& slate);

}  // namespace vitrine
