#include "recommend/popularity.h"

#include <algorithm>
#include <cmath>

namespace vitrine::demo {
namespace {

constexpr double kMuch = 10;  // the weight of one purchase of today in the recommender
constexpr double kHalfLifeMs = 7.0 * 24 * 3600 * 1000;

double decay(EpochMs elapsedMs) {
  return std::exp2(-static_cast<double>(std::max<EpochMs>(elapsedMs, 0)) / kHalfLifeMs);
}

}  // namespace

void Popularity::add(ItemIndex item, double weight, EpochMs atMs) {
  Demand& demand = items_[item];
  const EpochMs latestMs = std::max(demand.atMs, atMs);  // events of a phone that was offline arrive late
  demand.weight = demand.weight * decay(latestMs - demand.atMs) + weight * decay(latestMs - atMs);
  demand.atMs = latestMs;
}

std::vector<double> Popularity::shares(EpochMs nowMs) const {
  std::vector<double> shares;
  shares.reserve(items_.size());
  for (const Demand& demand : items_) shares.push_back(std::log1p(demand.weight * decay(nowMs - demand.atMs)));
  double most = std::log1p(kMuch);
  for (const double share : shares) most = std::max(most, share);
  for (double& share : shares) share /= most;
  return shares;
}

}  // namespace vitrine::demo
