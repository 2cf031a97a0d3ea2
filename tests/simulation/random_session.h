// One random session of a shopper with several tabs, in a world where everything may fail. The seed decides everything:
// the same seed and service give the same session.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "simulation/ledger.h"

namespace vitrine::test {

class RandomSession {
 public:
  // onStep: receives each step, for a session that is printed.
  RandomSession(std::uint32_t seed, ServiceName service, std::function<void(const Step&)> onStep = {});

  // Plays the session, lets everything recover, and returns the ledger's verdict.
  Verdict run();
  // The input log of each tab, for vitrine-replay.
  std::string inputs() const;
  double endedMs() const { return world_.nowMs; }
  std::size_t openedTabs() const { return world_.tabs.size(); }

 private:
  // The groups of events that may happen in this session. Each is drawn on or off, so that a failure points at its
  // cause.
  struct Traits {
    bool manyTabs, lifecycle, network, storage, crash, consent, clock, poison, smallQueue, identity, copy;
  };
  void step();
  void stepPage(Tab& tab);
  void stepNetwork(Tab& tab);
  void stepDisk();
  void stepShopper(Tab& tab);
  void stepCrash();
  void stepRare(Tab& tab);
  void commit();
  void recover();
  bool mayDrop() const;

  std::uint32_t below(std::uint32_t n) { return random_.next() % n; }
  bool chance(std::uint32_t percent) { return below(100) < percent; }
  Tab* anyTab();
  Tab& open();
  void track(Tab& tab);
  Reply trouble();
  void addLeftovers(std::vector<std::string>& faults);

  World world_;
  Random random_;
  Ledger ledger_{world_};
  Traits traits_;
  const ServiceName service_;
  std::vector<std::pair<Tab*, double>> flushes_;
  int lastItem_ = 0;
};

// Returns the command that plays and prints this session.
std::string commandFor(std::uint32_t seed, ServiceName service);

}  // namespace vitrine::test
