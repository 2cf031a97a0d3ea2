// The current demand for each item: every act adds to it, and counts half after a week.
#pragma once

#include <vector>

#include "store/catalog.h"
#include "store/event.h"

namespace vitrine::demo {

class Popularity {
 public:
  explicit Popularity(std::size_t itemCount) : items_(itemCount) {}

  void add(ItemIndex item, double weight, EpochMs atMs);
  // Returns 0 (never wanted) to 1 (the most wanted item) for each item, on a logarithmic scale, so that the most wanted
  // items do not hide all others. If all demand is small, no value is near 1.
  std::vector<double> shares(EpochMs nowMs) const;

 private:
  struct Demand {
    double weight = 0;  // as of `atMs`
    EpochMs atMs = 0;
  };
  std::vector<Demand> items_;
};

}  // namespace vitrine::demo
