// One random session of a shopper with several tabs in a world where everything fails, made from one number.
#pragma once

#include <string>
#include <vector>

#include "simulation/ledger.h"

namespace vitrine::test {

class RandomSession {
 public:
  explicit RandomSession(std::uint32_t seed, ServiceName service = ServiceName::kRefine);

  // Plays the session, lets everything recover, and answers what was wrong.
  std::vector<std::string> run();
  // What was done, and each tab's input log for vitrine-replay.
  std::string story() const;

 private:
  // What may happen in this session; each is drawn on or off, so that a failure points at its cause.
  struct Traits {
    bool manyTabs, lifecycle, network, storage, crash, consent, clock, poison, smallQueue, identity, copy;
  };
  void step();
  void stepPage(Tab& tab);
  void stepNetwork(Tab& tab);
  void stepDisk();
  void stepShopper(Tab& tab);
  void recover();
  bool mayDrop() const;

  std::uint32_t below(std::uint32_t n) { return random_.next() % n; }
  bool chance(std::uint32_t percent) { return below(100) < percent; }
  Tab* anyTab();
  Tab& open();
  void track(Tab& tab);
  Reply trouble();
  void did(const std::string& what) { deeds_.push_back(std::to_string(world_.nowMs) + " " + what); }

  World world_;
  Random random_;
  Ledger ledger_{world_};
  Traits traits_;
  const ServiceName service_;
  std::vector<std::string> deeds_;
  std::vector<std::pair<Tab*, double>> flushes_;
  int lastItem_ = 0;
};

}  // namespace vitrine::test
