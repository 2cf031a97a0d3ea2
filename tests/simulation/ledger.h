// The book of every event that the core accepted from the shop. The ledger proves at the end of a session that no event
// was lost without a count, and that none was stored or counted twice without a known reason.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "simulation/world.h"

namespace vitrine::test {

// The fate of the accepted events, in numbers, and the faults of the session.
struct Verdict {
  int accepted = 0;
  int delivered = 0;                      // stored by a collector, or counted by a service that counts every time
  int excused = 0;                        // nowhere, with a reason: the shopper's wish, storage, a crash
  int lost = 0;                           // nowhere, without a reason
  int repeats = 0;                        // arrivals of an event that was stored already
  std::map<std::string, double> dropped;  // counted by the tabs, by reason
  std::vector<std::string> faults;
};

class Ledger {
 public:
  explicit Ledger(World& world);

  // Enters the item of an event that the core accepted.
  void accepted(Tab& tab, const std::string& itemId) { items_[itemId] = {&tab, world_.nowMs}; }
  // Called when storage was cleared or spoilt, or consent changed. The events that are stored nowhere now may be lost.
  void excuseUnstored();
  // Called before the browser is killed. Events of ended tabs may be lost if only localStorage holds them.
  void crashing();
  // Called when the browser was killed.
  void crashed() { isCrash_ = false; }
  // Called when the machine slept or its clock was set: timers that were due before are late from here on.
  void slept() { awakeSinceMs_ = world_.nowMs + 250; }  // a timer that fires too early waits once more

  // Called at the end of a session, after everything had the time to be delivered. mayDrop: the session had reasons to
  // drop events.
  Verdict verdict(bool mayDrop) const;

 private:
  struct Item {
    Tab* tab = nullptr;
    double atMs = 0;
  };
  bool isStored(const std::string& itemId) const;
  void dying(Tab& tab);
  double dropped(const char* reason = nullptr) const;  // by all tabs; sum of all reasons if none is named
  bool hasHeir() const;
  bool isInBurst(const Tab& tab) const;
  void judge(const std::string& itemId, const Item& item, Verdict& verdict, std::string& lostIds) const;

  World& world_;
  std::map<std::string, Item> items_;
  std::set<std::string> excused_;
  double unnamed_ = 0;  // excused while a tab had dropped some events, so that nobody knows which ones these are
  double awakeSinceMs_ = 0;
  bool isCrash_ = false;
};

}  // namespace vitrine::test
