// The wishes of each visitor, newest last, and which visitors are one user.
#pragma once

#include <deque>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/catalog.h"
#include "store/event.h"

namespace vitrine::demo {

// A shopper's wish for one item.
struct Wish {
  ItemIndex item = 0;
  StoredEventKind kind = StoredEventKind::kView;
  double weight = 0;
  EpochMs atMs = 0;
  std::string sessionId;
  std::string userId;  // the logged-in user; "" if none
};

class Shoppers {
 public:
  // Keeps a visitor's latest 200 wishes: about 20 visits of 10 products.
  void add(const std::string& visitorId, Wish wish);
  // Notes that the visitor is this user: all the user's visitors share one history from now on.
  void link(const std::string& visitorId, const std::string& userId);

  // Returns the wishes of one browser, of all its users. Valid until the next add().
  const std::deque<Wish>& ofVisitor(const std::string& visitorId) const;
  // Returns the wishes of all the user's visitors, without those of other users on the same browsers.
  std::vector<Wish> ofUser(const std::string& userId) const;

 private:
  std::unordered_map<std::string, std::deque<Wish>> wishes_;           // by visitor
  std::unordered_map<std::string, std::set<std::string>> visitorsOf_;  // by user
};

}  // namespace vitrine::demo
