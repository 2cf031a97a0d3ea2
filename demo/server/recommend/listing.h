// Lists of products with conditions, an order, pages and facets: searches and categories of the services.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "recommend/ranking.h"
#include "recommend/search.h"
#include "recommend/sort_order.h"
#include "store/catalog.h"

namespace vitrine::demo {

// The fields by which a list can be narrowed, by the names that conditions use.
inline constexpr std::string_view kListFields[] = {"brand", "color", "category", "price", "rating"};

// A condition on a field: its text is one of, or none of, some texts, or its number lies within limits.
struct ListCondition {
  enum Kind { kAmong, kNotAmong, kAtLeast, kAtMost, kAbove, kBelow };
  std::string field;
  Kind kind = kAmong;
  std::vector<std::string> texts = {};
  double limit = 0;
};

struct ListQuery {
  std::string words;     // "" lists the whole catalogue
  std::string category;  // "" for all; letters are compared without case and accents
  std::vector<ListCondition> conditions = {};
  SortOrder order = {};
  std::size_t offset = 0, limit = 0;
};

// The values of one field and the number of products with each, the most frequent first. The condition on the field
// itself does not count, so that a shopper can add a second value.
struct FacetCounts {
  std::string field;
  std::vector<std::pair<std::string, std::size_t>> values;
};

struct Listed {
  std::vector<ScoredItem> items;  // those of the page
  std::size_t total = 0;
  std::vector<FacetCounts> facets;  // brand, color, category; without those that have no value
  double lowest = 0, highest = 0;   // prices of all products of the list
};

Listed listProducts(const Catalog& catalog, const Search& search, const ListQuery& query);

// Returns what a shopper may search for who has typed this: brands, categories, colours and tags with a word that
// begins with the last typed word, then names of products that match. Lower case, without repetitions.
std::vector<std::string> suggestTerms(const Catalog& catalog, const Search& search, std::string_view typed,
                                      std::size_t most);

}  // namespace vitrine::demo
