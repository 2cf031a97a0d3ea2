// From a score for every product to the list that is served.
#pragma once

#include <functional>
#include <vector>

#include "store/catalog.h"

namespace vitrine::demo {

struct ScoredItem {
  ItemIndex item = 0;
  double score = 0;
};

// What may be served, and how much of it.
struct Selection {
  std::size_t limit = 0;
  std::function<bool(const Product&)> allow;
};

struct Slate {
  std::vector<ScoredItem> items;  // best first
  std::size_t total = 0;          // how many could have been served
};

// kVaried: each product served makes others of its category a little less wanted, so that a shelf shows more than one
// kind.
enum class Order { kByScore, kVaried };

// The best of the products that are allowed and not excluded; equals in catalogue order. Both vectors have one entry a
// product.
Slate rank(const Catalog& catalog, const std::vector<double>& scores, const std::vector<bool>& excluded,
           const Selection& selection, Order order);

}  // namespace vitrine::demo
