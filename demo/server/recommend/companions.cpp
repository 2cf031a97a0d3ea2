#include "recommend/companions.h"

#include <algorithm>
#include <cmath>

namespace vitrine::demo {
namespace {

// Evidence of two clicks on each side counts half: one shopper's visit has an effect, but does not decide.
constexpr double kDoubt = 6;

}  // namespace

void Companions::addPair(ItemIndex a, ItemIndex b, double weight) {
  pairs_[a][b] += weight;
  pairs_[b][a] += weight;
}

double Companions::between(ItemIndex a, ItemIndex b) const {
  const auto pair = pairs_[a].find(b);
  if (pair == pairs_[a].end()) return 0;
  return std::clamp(pair->second / (std::sqrt(weights_[a] * weights_[b]) + kDoubt), 0.0, 1.0);
}

}  // namespace vitrine::demo
