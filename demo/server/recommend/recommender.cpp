#include "recommend/recommender.h"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <unordered_map>

namespace vitrine::demo {
namespace {

// The weight of each act. A view counts for the product's popularity only, not for the shopper's wishes.
constexpr double kViewWeight = 0.05, kOpenWeight = 2, kClickWeight = 3, kCartWeight = 6, kPurchaseWeight = 10;

// Added for two products in one order, on top of both purchases.
constexpr double kSameOrderWeight = 10;
// The weight of two products in different visits of one shopper, relative to one visit.
constexpr double kOtherVisitShare = 0.5;
// Only the latest wishes are paired with a new one, so that the cost of an event does not grow with the history.
constexpr std::size_t kPairedWishes = 50;

constexpr double kCompanionShare = 0.6, kLikenessShare = 0.4;
// Small enough to decide only between products that are otherwise nearly equal.
constexpr double kPopularityShare = 0.1, kRatingShare = 0.04;

constexpr double kDayMs = 24.0 * 3600 * 1000;
constexpr double kInterestHalfLifeMs = 7 * kDayMs;
constexpr double kJustBoughtMs = 30 * kDayMs;
constexpr double kThisVisitFactor = 2;
// Products that the shopper has opened rank behind comparable new products.
constexpr double kAlreadySeenShare = 0.5;

double weightOf(StoredEventKind kind) {
  switch (kind) {
    case StoredEventKind::kView:
      return kViewWeight;
    case StoredEventKind::kClick:
      return kClickWeight;
    case StoredEventKind::kAddToCart:
      return kCartWeight;
    case StoredEventKind::kPurchase:
      return kPurchaseWeight;
    case StoredEventKind::kItemsServed:
    case StoredEventKind::kPageView:
    case StoredEventKind::kViewItem:
      return kOpenWeight;  // for the anchor or the item: a shopper opened that product's page
    case StoredEventKind::kIdentify:
    case StoredEventKind::kExposure:
    case StoredEventKind::kRemoveFromCart:
    case StoredEventKind::kClearCart:
    case StoredEventKind::kSearch:
    case StoredEventKind::kCustom:
    case StoredEventKind::kSessionInit:
      break;
  }
  return 0;
}

// Returns 0 to 1. Twenty votes of 4.0 are added to each product, so that a single vote of 5 does not win.
double ratingShare(const CatalogProduct& product) {
  return (product.rating * product.ratingCount + 4.0 * 20) / (product.ratingCount + 20) / 5;
}

}  // namespace

Recommender::Recommender(const Catalog& catalog) : catalog_(catalog), likeness_(catalog), model_(catalog.size()) {}

void Recommender::forget() {
  const std::unique_lock lock(mutex_);
  model_ = Model(catalog_.size());
}

void Recommender::learn(const StoredEvent& event) {
  const std::unique_lock lock(mutex_);
  if (!event.visitorId.empty() && !event.userId.empty()) model_.shoppers.link(event.visitorId, event.userId);
  if (!event.orderId.empty() && !model_.orders.insert(event.orderId).second) return;
  const double weight = weightOf(event.kind);
  if (const auto anchor = catalog_.find(event.anchorId)) learnWish(event, *anchor, weight);
  for (const EventItem& line : event.items)
    if (const auto item = catalog_.find(line.itemId)) learnWish(event, *item, weight);
  if (event.kind == StoredEventKind::kPurchase) learnOrder(event);
}

void Recommender::learnWish(const StoredEvent& event, ItemIndex item, double weight) {
  const EpochMs atMs = std::min(event.atMs, event.receivedMs);  // a fast clock must not make an item popular for years
  model_.popularity.add(item, weight, atMs);
  if (event.visitorId.empty() || event.kind == StoredEventKind::kView) return;
  learnPairs(event, item, weight);
  model_.shoppers.add(event.visitorId, {item, event.kind, weight, atMs, event.sessionId, event.userId});
}

void Recommender::learnPairs(const StoredEvent& event, ItemIndex item, double weight) {
  struct Interest {
    double weight = 0;
    bool isThisVisit = false;
  };
  std::unordered_map<ItemIndex, Interest> interests;
  const std::deque<Wish>& wishes = model_.shoppers.ofVisitor(event.visitorId);
  for (auto wish = wishes.rbegin(); wish != wishes.rend() && interests.size() < kPairedWishes; ++wish) {
    Interest& interest = interests[wish->item];
    interest.weight = std::max(interest.weight, wish->weight);
    interest.isThisVisit |= wish->sessionId == event.sessionId;
  }
  // An item counts once per shopper, by the strongest act: ten clicks are one wish.
  const double known = interests[item].weight;
  if (weight <= known) return;
  model_.companions.addWeight(item, weight - known);
  for (const auto& [other, interest] : interests) {
    if (other == item) continue;
    const double grown = std::sqrt(weight * interest.weight) - std::sqrt(known * interest.weight);
    model_.companions.addPair(item, other, grown * (interest.isThisVisit ? 1 : kOtherVisitShare));
  }
}

void Recommender::learnOrder(const StoredEvent& event) {
  for (std::size_t a = 0; a < event.items.size(); ++a)
    for (std::size_t b = 0; b < std::min(a, kPairedWishes); ++b) {
      const auto first = catalog_.find(event.items[a].itemId);
      const auto second = catalog_.find(event.items[b].itemId);
      if (first && second && first != second) model_.companions.addPair(*first, *second, kSameOrderWeight);
    }
}

Recommender::History Recommender::historyOf(const Shopper& shopper) const {
  if (!shopper.userId.empty()) return model_.shoppers.ofUser(shopper.userId);
  const std::deque<Wish>& wishes = model_.shoppers.ofVisitor(shopper.visitorId);
  return {wishes.begin(), wishes.end()};
}

std::vector<bool> Recommender::excludedFor(const Shopper& shopper, const History& history, EpochMs nowMs) const {
  std::vector<bool> excluded(catalog_.size());
  for (const Wish& wish : history) {
    const bool isInCart =
        wish.kind == StoredEventKind::kAddToCart && !shopper.sessionId.empty() && wish.sessionId == shopper.sessionId;
    const bool isBought =
        wish.kind == StoredEventKind::kPurchase && static_cast<double>(nowMs - wish.atMs) < kJustBoughtMs;
    if (isInCart || isBought) excluded[wish.item] = true;
  }
  return excluded;
}

double Recommender::together(ItemIndex a, ItemIndex b, double visualWeight) const {
  return kCompanionShare * model_.companions.between(a, b) + kLikenessShare * likeness_.between(a, b, visualWeight);
}

Ranking Recommender::similar(ItemIndex anchor, double visualWeight, const Shopper& shopper, const Selection& selection,
                             EpochMs nowMs) const {
  const std::shared_lock lock(mutex_);
  std::vector<double> scores = model_.popularity.shares(nowMs);
  for (ItemIndex item = 0; item < scores.size(); ++item)
    scores[item] = kPopularityShare / 2 * scores[item] + kRatingShare / 2 * ratingShare(catalog_[item]) +
                   together(anchor, item, visualWeight);
  std::vector<bool> excluded = excludedFor(shopper, historyOf(shopper), nowMs);
  excluded[anchor] = true;
  return rank(catalog_, scores, excluded, selection, Order::kByScore);
}

std::vector<double> Recommender::appeal(const std::vector<double>& profile, Aim aim) const {
  std::vector<double> scores(catalog_.size());
  double sum = 0;
  for (ItemIndex wanted = 0; wanted < profile.size(); ++wanted) {
    if (profile[wanted] == 0) continue;
    sum += profile[wanted];
    for (ItemIndex item = 0; item < scores.size(); ++item) {
      if (item == wanted) continue;
      // For a cart, companions rank before alternatives of the same category.
      const bool isSubstitute = aim == Aim::kBasket && catalog_[item].category == catalog_[wanted].category;
      scores[item] += profile[wanted] * together(wanted, item, 1) * (isSubstitute ? 0.5 : 1);
    }
  }
  for (ItemIndex item = 0; sum > 0 && item < scores.size(); ++item)
    scores[item] *= (profile[item] > 0 ? kAlreadySeenShare : 1) / sum;
  return scores;
}

Ranking Recommender::goingWith(const std::vector<ItemIndex>& items, const Shopper& shopper, const Selection& selection,
                               EpochMs nowMs) const {
  const std::shared_lock lock(mutex_);
  std::vector<double> profile(catalog_.size());
  for (const ItemIndex item : items) profile[item] = 1;
  std::vector<double> scores = appeal(profile, Aim::kBasket);
  const std::vector<double> popular = model_.popularity.shares(nowMs);
  std::vector<bool> excluded = excludedFor(shopper, historyOf(shopper), nowMs);
  for (const ItemIndex item : items) excluded[item] = true;
  for (ItemIndex item = 0; item < scores.size(); ++item)
    scores[item] += kPopularityShare * popular[item] + kRatingShare * ratingShare(catalog_[item]);
  return rank(catalog_, scores, excluded, selection, Order::kVaried);
}

Recommendation Recommender::forShopper(Aim aim, const Shopper& shopper, const Selection& selection,
                                       EpochMs nowMs) const {
  const std::shared_lock lock(mutex_);
  const History history = historyOf(shopper);
  const auto isInCart = [&](const Wish& wish) {
    return wish.kind == StoredEventKind::kAddToCart && wish.sessionId == shopper.sessionId;
  };
  if (aim == Aim::kBasket && std::none_of(history.begin(), history.end(), isInCart)) aim = Aim::kPersonal;

  std::vector<double> profile(catalog_.size());
  for (const Wish& wish : history) {
    if (aim == Aim::kPopular || (aim == Aim::kBasket && !isInCart(wish))) continue;
    const double age = std::exp2(-static_cast<double>(std::max<EpochMs>(nowMs - wish.atMs, 0)) / kInterestHalfLifeMs);
    profile[wish.item] += wish.weight * age * (wish.sessionId == shopper.sessionId ? kThisVisitFactor : 1);
  }
  for (double& weight : profile)
    weight = std::sqrt(weight);  // the tenth click on one product counts less than the first on another

  std::vector<double> scores = appeal(profile, aim);
  const std::vector<double> popular = model_.popularity.shares(nowMs);
  if (std::none_of(profile.begin(), profile.end(), [](double weight) { return weight > 0; })) aim = Aim::kPopular;
  const double popularShare = aim == Aim::kPopular ? 1 - kRatingShare : kPopularityShare;
  for (ItemIndex item = 0; item < scores.size(); ++item)
    scores[item] += popularShare * popular[item] + kRatingShare * ratingShare(catalog_[item]);
  return {rank(catalog_, scores, excludedFor(shopper, history, nowMs), selection, Order::kVaried), aim};
}

}  // namespace vitrine::demo
