// How well two items go together: how often the same shoppers wanted both, mostly in one visit or one order.
#pragma once

#include <unordered_map>
#include <vector>

#include "store/catalog.h"

namespace vitrine::demo {

class Companions {
 public:
  explicit Companions(std::size_t itemCount) : pairs_(itemCount), weights_(itemCount) {}

  // Adds to the total wish of all shoppers for an item.
  void addWeight(ItemIndex item, double weight) { weights_[item] += weight; }
  // Adds to the common wish for two different items.
  void addPair(ItemIndex a, ItemIndex b, double weight);

  // Returns 0 (never together) to almost 1 (always together, and often). Popular items get no advantage.
  double between(ItemIndex a, ItemIndex b) const;

 private:
  std::vector<std::unordered_map<ItemIndex, double>> pairs_;
  std::vector<double> weights_;
};

}  // namespace vitrine::demo
