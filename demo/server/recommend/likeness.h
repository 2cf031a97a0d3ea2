// The similarity of two products by their catalogue data, which is all that is known before the first events.
#pragma once

#include <vector>

#include "store/catalog.h"

namespace vitrine::demo {

class Likeness {
 public:
  // Compares all pairs once: 4 bytes each, 58 kB for 120 products.
  explicit Likeness(const Catalog& catalog);

  // Returns 0 (nothing in common) to 1. visualWeight in (0, 1]: 1 compares mostly looks (category, colour), values near
  // 0 compare mostly words.
  double between(ItemIndex a, ItemIndex b, double visualWeight) const;

 private:
  double looks(const CatalogProduct& a, const CatalogProduct& b) const;

  const Catalog& catalog_;
  std::vector<float> wordLikeness_;  // row by row
};

}  // namespace vitrine::demo
