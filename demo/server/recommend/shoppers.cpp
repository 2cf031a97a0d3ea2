#include "recommend/shoppers.h"

#include <algorithm>
#include <iterator>

namespace vitrine::demo {
namespace {

constexpr std::size_t kMaxWishes = 200;

}  // namespace

void Shoppers::add(const std::string& visitorId, Wish wish) {
  std::deque<Wish>& wishes = wishes_[visitorId];
  wishes.push_back(std::move(wish));
  if (wishes.size() > kMaxWishes) wishes.pop_front();
}

void Shoppers::link(const std::string& visitorId, const std::string& userId) { visitorsOf_[userId].insert(visitorId); }

const std::deque<Wish>& Shoppers::ofVisitor(const std::string& visitorId) const {
  static const std::deque<Wish> kNone;
  const auto found = wishes_.find(visitorId);
  return found == wishes_.end() ? kNone : found->second;
}

std::vector<Wish> Shoppers::ofUser(const std::string& userId) const {
  std::vector<Wish> all;
  const auto visitors = visitorsOf_.find(userId);
  if (visitors == visitorsOf_.end()) return all;
  for (const std::string& visitorId : visitors->second) {
    const auto wishes = wishes_.find(visitorId);
    if (wishes == wishes_.end()) continue;
    // Wishes from before the first login on a browser count as the user's own.
    std::copy_if(wishes->second.begin(), wishes->second.end(), std::back_inserter(all),
                 [&](const Wish& wish) { return wish.userId.empty() || wish.userId == userId; });
  }
  std::stable_sort(all.begin(), all.end(), [](const Wish& a, const Wish& b) { return a.atMs < b.atMs; });
  return all;
}

}  // namespace vitrine::demo
