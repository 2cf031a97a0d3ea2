// Which products to show to whom, learnt from the events as they are stored and, where those are few, from the
// catalogue.
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

// Who asks; "" for what is not known. With a user id, the history of all the user's visitors counts instead of the
// visitor's.
struct Asker {
  std::string visitorId;
  std::string sessionId;
  std::string userId;
};

enum class Aim {
  kPersonal,  // by what the shopper wanted; what is popular, to one without history
  kBasket,    // what goes with the products put into the cart in this session; personal, if there are none
  kPopular,   // what everybody wants now
};

struct Recommendation {
  Slate slate;
  Aim aim = Aim::kPersonal;  // what it came to: kPopular for a shopper of whom nothing is known
};

class Recommender {
 public:
  explicit Recommender(const Catalog& catalog);

  // Items that the catalogue does not have are passed over; an order id counts once.
  void learn(const Event& event);
  void forget();

  // Products to look at instead of, or together with, the anchor, which is never among them. visualWeight as for
  // Likeness. None of these serves what the asker bought within 30 days or has put into the cart in this session.
  Slate similar(ItemIndex anchor, double visualWeight, const Asker& asker, const Selection& selection,
                EpochMs nowMs) const;
  // What goes with all of these together, and is none of them: what others took along, rather than more of the same
  // kind.
  Slate goingWith(const std::vector<ItemIndex>& items, const Asker& asker, const Selection& selection,
                  EpochMs nowMs) const;
  Recommendation forShopper(Aim aim, const Asker& asker, const Selection& selection, EpochMs nowMs) const;

 private:
  struct Model {
    explicit Model(std::size_t itemCount) : companions(itemCount), popularity(itemCount) {}
    Companions companions;
    Popularity popularity;
    Shoppers shoppers;
    std::unordered_set<std::string> orders;
  };
  using History = std::vector<Wish>;

  void learnWish(const Event& event, ItemIndex item, double weight);
  void learnOrder(const Event& event);
  void learnPairs(const Event& event, ItemIndex item, double weight);
  History historyOf(const Asker& asker) const;
  std::vector<bool> excludedFor(const Asker& asker, const History& history, EpochMs nowMs) const;
  double together(ItemIndex a, ItemIndex b, double visualWeight) const;
  // How much a shopper of this profile (a weight for each item wanted) wants each product.
  std::vector<double> appeal(const std::vector<double>& profile, Aim aim) const;

  const Catalog& catalog_;
  const Likeness likeness_;
  mutable std::shared_mutex mutex_;
  Model model_;
};

}  // namespace vitrine::demo
