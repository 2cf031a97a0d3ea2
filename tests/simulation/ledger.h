// What was accepted from the shop, and where each of it is: the proof that nothing is lost and nothing is counted
// twice.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "simulation/world.h"

namespace vitrine::test {

class Ledger {
 public:
  explicit Ledger(World& world);

  // The core took an event about this item.
  void accepted(Tab& tab, const std::string& itemId) { items_[itemId] = {&tab, world_.nowMs}; }
  // Something happened after which the items that are stored nowhere may be lost: storage was cleared or spoilt.
  void excuseUnstored();
  // The browser is about to be killed. What ended pages left in localStorage alone may go with it.
  void crashing();
  void crashed() { isCrash_ = false; }
  // Timers are late from here on: the machine slept, or its clock was set.
  void slept() { awakeSinceMs_ = world_.nowMs + 250; }  // a timer that finds itself early waits once more

  // To be asked when everything has had the time to be delivered. mayDrop: the schedule had reasons to give events up.
  std::vector<std::string> faults(bool mayDrop) const;

 private:
  struct Item {
    Tab* tab = nullptr;
    double atMs = 0;
  };
  bool isStored(const std::string& itemId) const;
  void dying(Tab& tab);
  double dropped(const char* reason = nullptr) const;  // of all tabs, for all reasons if none is named
  bool hasHeir() const;
  bool isInBurst(const Tab& tab) const;

  World& world_;
  std::map<std::string, Item> items_;
  std::set<std::string> excused_;
  double unnamed_ = 0;  // excused too, at a time when some were dropped: nobody can tell which are which
  double awakeSinceMs_ = 0;
  bool isCrash_ = false;
};

}  // namespace vitrine::test
