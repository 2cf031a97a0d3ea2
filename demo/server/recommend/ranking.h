// Turns scores of all products into the list that is served.
#pragma once

#include <functional>
#include <vector>

#include "store/catalog.h"

namespace vitrine::demo {

struct ScoredItem {
  ItemIndex item = 0;
  double score = 0;
};

// Which products may be served, and how many.
struct Selection {
  std::size_t limit = 0;
  std::function<bool(const CatalogProduct&)> allow;
};

struct Ranking {
  std::vector<ScoredItem> items;  // best first
  std::size_t total = 0;          // number of products that could have been served
};

// kVaried: each served product lowers the score of others of its category, so that a list shows several categories.
enum class Order { kByScore, kVaried };

// Returns the best products that are allowed and not excluded; equal scores keep catalogue order. Both vectors have one
// entry per product.
Ranking rank(const Catalog& catalog, const std::vector<double>& scores, const std::vector<bool>& excluded,
             const Selection& selection, Order order);

}  // namespace vitrine::demo
