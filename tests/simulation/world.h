// The simulated world: a shopper's browser with its tabs, their disk, and the collector. Time moves only through
// advance() and sleep().
//
// It notes in `faults` every breach of what the core promises whatever happens: a write to a journal that another tab
// owns, something stored or sent without consent, a timer that spins, a malformed batch.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "simulation/collector.h"
#include "simulation/disk.h"
#include "simulation/tab.h"

namespace vitrine::test {

class World {
 public:
  explicit World(std::string_view seed = "1") : random(seed) {}

  Tab& open(TabOptions options = {});
  // The tab's process ends: nothing more runs in it. What it sent with keepalive arrives all the same.
  void kill(Tab& tab);
  // The shopper closes the tab or leaves the page: it is told, then ends.
  void close(Tab& tab);
  // The browser is killed with all its tabs: localStorage falls back to what was committed, IndexedDB does not.
  void crash();
  void commit() { disk.committed = disk.local; }
  // Somebody clears localStorage; tabs other than `by` are told.
  void clearStorage(const Tab* by = nullptr);

  void advance(double ms);
  // The machine sleeps: time passes, and what was due happens when it is awake again.
  void sleep(double ms) { nowMs += ms; }
  void jumpClock(double ms) { wallOffsetMs += ms; }
  double wallMs() const { return 1700000000000 + nowMs + wallOffsetMs; }

  void post(double delayMs, std::function<void()> what);
  void notifyOthers(const Tab* from, const std::string& key);
  // An event post, from its sending to its answer.
  void carry(Tab& tab, double requestId, bool isKeepalive, double timeoutMs, const std::string& url,
             const std::string& body);
  void fault(const Tab& tab, const std::string& what);

  double nowMs = 0;
  double wallOffsetMs = 0;
  double lockMs = 1, copyMs = 5, networkMs = 60, eventMs = 2;  // how long things take
  bool refusesKeepalive = false;
  bool isDown = false;     // the network
  bool hearsAway = false;  // a suspended page hears answers, as one does for a moment before it is frozen
  Disk disk;
  Collector collector;
  Random random;
  std::vector<std::unique_ptr<Tab>> tabs;
  std::vector<std::string> faults;
  std::map<std::string, int> unknown;     // by event id: posts that were stored without the sender hearing of it
  std::set<std::string> unheard;          // items that a service did not count, and the sender did not hear so
  std::multiset<std::string> travelling;  // items whose requests a page's end does not stop, until they are answered
  int deaths = 0;                         // of tabs that were not told of their end, and of browsers
  int handovers = 0;                      // a tab ended, was suspended, or lost the consent to store
  int copies = 0;  // of these, how often storage had refused, so that it goes on with what others find in the copy
  std::function<void(Tab&)> onDeath;  // before a tab ends without having been told
  std::function<Reply(const std::string& url, const std::string& body)> onAsk;  // answers data calls

 private:
  struct Pending {
    double atMs;
    std::function<void()> what;
  };
  void end(Tab& tab);

  std::vector<Pending> pending_;  // in the order in which it was asked for
};

}  // namespace vitrine::test
