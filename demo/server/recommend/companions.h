// What goes together: how often the same shoppers wanted two items, in one visit or one order above all.
#pragma once

#include <unordered_map>
#include <vector>

#include "store/catalog.h"

namespace vitrine::demo {

class Companions {
 public:
  explicit Companions(std::size_t itemCount) : pairs_(itemCount), weights_(itemCount) {}

  // Somebody's wish for an item grew by this much.
  void addWeight(ItemIndex item, double weight) { weights_[item] += weight; }
  // Two different items were wanted together by this much more.
  void addPair(ItemIndex a, ItemIndex b, double weight);

  // 0 (never together) towards 1 (always together, and often). Items that all want do not go with everything.
  double between(ItemIndex a, ItemIndex b) const;

 private:
  std::vector<std::unordered_map<ItemIndex, double>> pairs_;
  std::vector<double> weights_;
};

}  // namespace vitrine::demo
