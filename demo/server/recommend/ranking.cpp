#include "recommend/ranking.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>

namespace vitrine::demo {
namespace {

// The sixth product of a category counts less than half as much as the first.
constexpr double kSameKindShare = 0.85;

// Moves the best remaining item to the front, `limit` times; the items in front of it lower its score.
void varyKinds(const Catalog& catalog, std::vector<ScoredItem>& items, std::size_t limit) {
  std::unordered_map<std::string_view, int> served;
  const auto worth = [&](const ScoredItem& item) {
    const auto before = served.find(catalog[item.item].category);
    return item.score * (before == served.end() ? 1 : std::pow(kSameKindShare, before->second));
  };
  for (auto front = items.begin(); front != items.end() && limit > 0; ++front, --limit) {
    const auto best = std::max_element(front, items.end(),
                                       [&](const ScoredItem& a, const ScoredItem& b) { return worth(a) < worth(b); });
    std::rotate(front, best, best + 1);
    ++served[catalog[front->item].category];
  }
}

}  // namespace

Ranking rank(const Catalog& catalog, const std::vector<double>& scores, const std::vector<bool>& excluded,
             const Selection& selection, Order order) {
  Ranking ranking;
  for (ItemIndex item = 0; item < catalog.size(); ++item)
    if (!excluded[item] && (!selection.allow || selection.allow(catalog[item])))
      ranking.items.push_back({item, scores[item]});
  ranking.total = ranking.items.size();
  std::stable_sort(ranking.items.begin(), ranking.items.end(),
                   [](const ScoredItem& a, const ScoredItem& b) { return a.score > b.score; });
  if (order == Order::kVaried) varyKinds(catalog, ranking.items, selection.limit);
  if (ranking.items.size() > selection.limit) ranking.items.resize(selection.limit);
  return ranking;
}

}  // namespace vitrine::demo
