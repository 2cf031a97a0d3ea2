// What is wanted now: every act counts for its item, and counts half after a week.
#pragma once

#include <vector>

#include "store/catalog.h"
#include "store/event.h"

namespace vitrine::demo {

class Popularity {
 public:
  explicit Popularity(std::size_t itemCount) : items_(itemCount) {}

  void add(ItemIndex item, double weight, EpochMs atMs);
  // 0 (never wanted) to 1 (the most wanted item of all), on a logarithmic scale: hits do not drown everything else.
  // Where nothing is wanted more than a little, nothing comes near 1.
  std::vector<double> shares(EpochMs nowMs) const;

 private:
  struct Demand {
    double weight = 0;  // as of `atMs`
    EpochMs atMs = 0;
  };
  std::vector<Demand> items_;
};

}  // namespace vitrine::demo
