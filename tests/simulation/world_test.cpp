#include "simulation/world.h"

#include <catch2/catch_test_macros.hpp>

#include "simulation/random_session.h"

using namespace vitrine::test;

namespace {

// Collects the reports of worlds that end, instead of failing the test.
struct Reports {
  Reports() {
    World::report = [this](const std::string& fault) { all.push_back(fault); };
  }
  ~Reports() { World::report = before; }

  std::vector<std::string> all;
  std::function<void(const std::string&)> before = World::report;
};

}  // namespace

TEST_CASE("A simulated world reports its faults when it ends, and those of its collector") {
  Reports reports;
  {
    World world;
    world.fault(world.open(), "something broke");
    world.collector.faults.push_back("a broken request");
  }
  REQUIRE(reports.all.size() == 2);
  CHECK(reports.all[0] == "tab 0 at 0 ms: something broke");
  CHECK(reports.all[1] == "collector: a broken request");
}

TEST_CASE("A fault that a test expects is not reported, unless it does not happen") {
  Reports reports;
  {
    World world;
    world.expectFault("broke");
    world.expectFault("never");
    world.fault(world.open(), "something broke");
  }
  CHECK(reports.all == std::vector<std::string>{"expected, but did not happen: never"});
}

TEST_CASE("Tabs share every key of Vitrine but segments, leases and queued calls") {
  for (const char* key :
       {"vitrine:1:id", "vitrine:1:optout", "vitrine:1:touch", "vitrine:1:exposed", "vitrine:1:earlybird"})
    CHECK(Disk::isShared(key));
  for (const char* key : {"vitrine:1:j:abc:0", "vitrine:1:l:abc", "vitrine:1:early", "another script's", ""})
    CHECK_FALSE(Disk::isShared(key));
}

TEST_CASE("A timer that is due for ever is a fault, and the world goes on") {
  World world;
  Tab& tab = world.open();
  world.expectFault("fires 60 times within a second");
  world.expectFault("fires more than 100 times at one moment");
  for (int i = 0; i < 101; ++i) tab.wake();
  CHECK(tab.timerMs == vitrine::kNever);
  world.advance(1000);
}

TEST_CASE("The same seed plays the same session") {
  const auto stepsOf = [](std::uint32_t seed) {
    std::string steps;
    RandomSession(seed, ServiceName::kRefine, [&](const Step& step) { steps += lineOf(step) + "\n"; }).run();
    return steps;
  };
  CHECK(stepsOf(3) == stepsOf(3));
  CHECK(stepsOf(3) != stepsOf(4));
}
