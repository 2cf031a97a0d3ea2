// What each shopper did, newest last, and which visitors are one user.
#pragma once

#include <deque>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/catalog.h"
#include "store/event.h"

namespace vitrine::demo {

// One item, wanted by a shopper.
struct Wish {
  ItemIndex item = 0;
  EventKind kind = EventKind::kView;
  double weight = 0;
  EpochMs atMs = 0;
  std::string sessionId;
  std::string userId;  // who was logged in; "" if nobody
};

class Shoppers {
 public:
  // A visitor's oldest wishes are forgotten beyond 200: some 20 visits of 10 products.
  void add(const std::string& visitorId, Wish wish);
  // The visitor was seen as this user: all the user's visitors share one history from now on.
  void link(const std::string& visitorId, const std::string& userId);

  // The wishes of one browser, whoever used it. Valid until the next add().
  const std::deque<Wish>& ofVisitor(const std::string& visitorId) const;
  // The wishes of all the user's visitors, without those of other users on the same browsers.
  std::vector<Wish> ofUser(const std::string& userId) const;

 private:
  std::unordered_map<std::string, std::deque<Wish>> wishes_;           // by visitor
  std::unordered_map<std::string, std::set<std::string>> visitorsOf_;  // by user
};

}  // namespace vitrine::demo
