// Chooses products for shoppers. It learns from the stored events and, where those are few, from the catalogue.
//
// Safe to use from several threads. The same events in the same order give the same recommendations.
#pragma once

#include <deque>
#include <shared_mutex>
#include <string>
#include <unordered_set>
#include <vector>

#include "recommend/companions.h"
#include "recommend/likeness.h"
#include "recommend/popularity.h"
#include "recommend/ranking.h"
#include "recommend/shoppers.h"
#include "store/catalog.h"
#include "store/event.h"

namespace vitrine::demo {

// The shopper of a request; "" for unknown ids. With a user id, the history of all the user's visitors counts instead
// of the visitor's.
struct Shopper {
  std::string visitorId;
  std::string sessionId;
  std::string userId;
};

enum class Aim {
  kPersonal,  // by the shopper's history; popular products without one
  kBasket,    // products that go with this session's cart; personal if the cart is empty
  kPopular,   // products that all shoppers want now
};

struct Recommendation {
  Ranking ranking;
  Aim aim = Aim::kPersonal;  // the aim in effect: kPopular for a shopper without history
};

class Recommender {
 public:
  explicit Recommender(const Catalog& catalog);

  // Ignores items that the catalogue lacks; an order id counts once.
  void learn(const StoredEvent& event);
  void forget();

  // Returns alternatives and companions of the anchor, without the anchor itself. visualWeight: see Likeness. Like the
  // other functions, it leaves out products that the shopper bought within 30 days or put into this session's cart.
  Ranking similar(ItemIndex anchor, double visualWeight, const Shopper& shopper, const Selection& selection,
                  EpochMs nowMs) const;
  // Returns products that go with all of these items, without the items: companions rather than alternatives.
  Ranking goingWith(const std::vector<ItemIndex>& items, const Shopper& shopper, const Selection& selection,
                    EpochMs nowMs) const;
  Recommendation forShopper(Aim aim, const Shopper& shopper, const Selection& selection, EpochMs nowMs) const;

 private:
  struct Model {
    explicit Model(std::size_t itemCount) : companions(itemCount), popularity(itemCount) {}
    Companions companions;
    Popularity popularity;
    Shoppers shoppers;
    std::unordered_set<std::string> orders;
  };
  using History = std::vector<Wish>;

  void learnWish(const StoredEvent& event, ItemIndex item, double weight);
  void learnOrder(const StoredEvent& event);
  void learnPairs(const StoredEvent& event, ItemIndex item, double weight);
  History historyOf(const Shopper& shopper) const;
  std::vector<bool> excludedFor(const Shopper& shopper, const History& history, EpochMs nowMs) const;
  double together(ItemIndex a, ItemIndex b, double visualWeight) const;
  // Returns the appeal of each product to a shopper with this profile (one weight per item, 0 if never wanted).
  std::vector<double> appeal(const std::vector<double>& profile, Aim aim) const;

  const Catalog& catalog_;
  const Likeness likeness_;
  mutable std::shared_mutex mutex_;
  Model model_;
};

}  // namespace vitrine::demo
