// The simulated world: a shopper's browser with its tabs, their disk, and the collector. Time moves only through
// advance() and sleep().
//
// The world records a fault for every breach of a promise that the core keeps in all circumstances: a write to a
// journal that another tab owns, something stored or sent without consent, a timer that spins, a malformed batch, an
// effect that does not exist. The end of a world reports its faults, so a test need not look for them.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "simulation/collector.h"
#include "simulation/disk.h"
#include "simulation/steps.h"
#include "simulation/tab.h"

namespace vitrine::test {

class World {
 public:
  explicit World(std::string_view seed = "1") : random(seed) {}
  // Reports each fault, and each expectation that was not met, to `report`.
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // Receives the faults of every world that ends. The test program fails the running test (report_faults.cpp); by
  // default the process ends.
  static std::function<void(const std::string&)> report;
  // A fault that contains this text must occur in this world, and is not reported.
  void expectFault(std::string text) { expected_.push_back(std::move(text)); }
  // Returns the faults of the world and of its collector, and forgets them.
  std::vector<std::string> takeFaults();

  Tab& open(TabOptions options = {});
  // Ends the tab's process: nothing more runs in it. Requests that it sent with keepalive arrive all the same.
  void kill(Tab& tab);
  // The shopper closes the tab or leaves the page: the page is suspended, then ends.
  void close(Tab& tab);
  // The browser is killed with all its tabs: localStorage falls back to what was committed, IndexedDB does not.
  void crash();
  void commit() { disk.committed = disk.local; }
  // Clears localStorage. Tabs other than `by` receive a storage event.
  void clearStorage(const Tab* by = nullptr);

  void advance(double ms);
  // The machine sleeps: time passes, and the timers that were due fire when it is awake again.
  void sleep(double ms) { nowMs += ms; }
  void jumpClock(double ms) { wallOffsetMs += ms; }
  double wallMs() const { return 1700000000000 + nowMs + wallOffsetMs; }

  // Runs a job in `delayMs` of world time, in the order of posting among jobs of one moment.
  void post(double delayMs, std::function<void()> job);
  // Sends a storage event about this key to all open tabs but one.
  void notifyOthers(const Tab* from, const std::string& key);
  // Carries a request with events to the collector and its reply back to the tab.
  void carry(Tab& tab, double requestId, bool isKeepalive, double timeoutMs, const std::string& url,
             const std::string& body);
  void fault(const Tab& tab, const std::string& what);
  // Passes a step to onStep, if there is one. Tab: null for the browser, the network and the collector.
  void note(const Tab* tab, const char* kind, const std::string& text);

  double nowMs = 0;
  double wallOffsetMs = 0;
  // How long a lock, a change in IndexedDB, a request with its reply, and a storage event take.
  double lockMs = 1, copyMs = 5, networkMs = 60, eventMs = 2;
  bool refusesKeepalive = false;
  bool losesLocks = false;  // without Web Locks: a tab finds at a write that another one owns the journal by now
  bool isDown = false;      // the network
  bool repliesReachSuspended = false;  // as a page receives them for a moment before it is frozen
  Disk disk;
  Collector collector;
  Random random;
  std::vector<std::unique_ptr<Tab>> tabs;
  std::map<std::string, int> unheard;   // by event id: times it was stored and the tab received no 2xx
  std::set<std::string> uncounted;      // items that a service did not count, without the tab knowing
  std::multiset<std::string> inFlight;  // items of keepalive requests to a service that counts every time
  int suddenEnds = 0;                   // tabs that ended without being suspended, and killed browsers
  int handovers = 0;                    // times a tab ended, was suspended, or lost the consent to store
  int copies = 0;                       // handovers by a tab whose last write storage had refused
  std::function<void(Tab&)> onDeath;    // called before a tab ends
  std::function<Reply(const std::string& url, const std::string& body)> onAsk;  // replies to data calls
  std::function<void(const Step&)> onStep;  // receives each step, for a session that is printed

 private:
  struct Pending {
    double atMs;
    std::function<void()> job;
  };
  void end(Tab& tab);

  std::vector<Pending> pending_;  // in the order of posting
  std::vector<std::string> faults_;
  std::vector<std::string> expected_;  // texts of faults
};

}  // namespace vitrine::test
