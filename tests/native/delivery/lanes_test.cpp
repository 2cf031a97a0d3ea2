// Tests that an address or an event that fails holds no other, from outside: a tab, the service and the shop's
// collector.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "simulation/services.h"
#include "simulation/world.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

// A shop with Doofinder, which gets clicks and carts in requests of one event, and a collector that gets views.
struct TwoAddresses {
  static constexpr ServiceName kService = ServiceName::kDoofinder;
  World world;
  Tab& tab;

  TwoAddresses() : tab(world.open({.config = configOf(kService)})) {
    tab.serve();
    world.advance(6000);
    REQUIRE(tab.metric("queued") == 0);
  }
  static std::string item(int n) { return itemOf(kService, n); }
  // The service or the collector replies so from now on.
  void breakOne(bool isService, const Reply& reply) {
    world.collector.rule = [=](const Json& batch) { return batch.isObject() == isService ? Reply() : reply; };
  }
  void track(int n) {
    tab.task([&] {
      for (int i = 0; i < n; ++i) {
        tab.track("view", item(100 + i));
        tab.track("click", item(i));
      }
    });
  }
  // How many of the views, or of the clicks, have arrived.
  int arrived(bool isView, int n) const {
    int sum = 0;
    for (int i = 0; i < n; ++i) sum += world.collector.has(item(isView ? 100 + i : i));
    return sum;
  }
};

constexpr int kEach = 10;

}  // namespace

TEST_CASE(
    "A service that cannot be reached, fails, hangs, rejects or limits keeps no event from the shop's collector") {
  for (const bool isService : {true, false}) {
    for (const Reply& bad : {failure(kStatusNetwork), failure(503), failure(kStatusTimeout), failure(400), failure(404),
                             failure(429, "3000")}) {
      // A service that cannot recognise repeats takes a request that timed out for delivered.
      CAPTURE(isService, bad.status);
      TwoAddresses s;
      s.breakOne(isService, bad);
      s.track(kEach);
      s.world.advance(7000);
      CHECK(s.arrived(isService, kEach) == kEach);
      CHECK(s.arrived(!isService, kEach) == 0);
    }
  }
}

TEST_CASE("A page that is left sends what waits for an address that works, while another address has a cool-down") {
  TwoAddresses s;
  s.breakOne(false, failure(503));  // the collector
  s.track(kEach);
  s.world.advance(20000);
  REQUIRE(s.arrived(true, kEach) == 0);
  s.tab.track("click", s.item(77));
  s.tab.take("send");
  s.tab.act("leaving", &Runtime::leaving);
  const auto sends = s.tab.take("send");
  REQUIRE(sends.size() == 1);
  CHECK(sends[0]["url"].find("/stats/click") != std::string::npos);
}

TEST_CASE("flush() waits for the addresses that work, then settles with the error of the one that takes long") {
  TwoAddresses s;
  s.breakOne(false, failure(429, "3000"));
  s.track(1);
  s.world.advance(6000);
  REQUIRE(s.arrived(false, 1) == 1);
  s.tab.track("click", s.item(1));
  s.tab.track("click", s.item(2));
  s.tab.flush(1);
  CHECK_FALSE(s.tab.settled.contains(1));
  s.world.advance(200);
  CHECK(s.tab.settled[1] == R"({"delivered":2,"remaining":1,"reason":"http 429"})");
  SECTION("events that are tracked later do not delay it") {
    s.tab.track("click", s.item(3));
    s.tab.flush(2);
    s.tab.track("click", s.item(4));
    s.world.advance(200);
    CHECK(s.tab.settled[2].find("\"remaining\":1") != std::string::npos);
  }
}

TEST_CASE("lastError names the address that fails until it replies well, and retrying counts its events") {
  TwoAddresses s;
  s.breakOne(false, failure(503));
  s.track(3);
  s.world.advance(5300);
  CHECK(stringMember(s.tab.metrics(), "lastError") == "http 503");
  CHECK(s.tab.metric("retrying") == 3);
  s.world.collector.rule = nullptr;
  s.world.advance(60000);
  CHECK(member(s.tab.metrics(), "lastError")->isNull());
  CHECK(s.tab.metric("retrying") == 0);
}

TEST_CASE("An event whose own request always fails does not hold the events behind it") {
  for (const int status : {503, kStatusNetwork}) {
    World world;
    const auto item = [](int n) { return itemOf(ServiceName::kRichRelevance, n); };
    Tab& tab = world.open({.config = configOf(ServiceName::kRichRelevance)});
    world.collector.statusOfItem[item(0)] = status;
    tab.task([&] {
      for (int i = 0; i < 6; ++i) tab.shopEvent("addToCart", item(i));
    });
    world.advance(60000);
    CHECK(tab.metric("queued") == 1);
    for (int i = 1; i < 6; ++i) CHECK(world.collector.counted[item(i)] == 1);
    tab.shopEvent("addToCart", item(6));
    world.advance(2 * kMinuteMs);
    CHECK(world.collector.counted[item(6)] == 1);
    world.collector.statusOfItem.clear();
    world.advance(20 * kMinuteMs);
    CHECK(world.collector.counted[item(0)] == 1);
    CHECK(tab.dropped() == 0);
  }
}

TEST_CASE("An event that makes the collector fail for its whole batch is finally alone, and the others arrive") {
  World world;
  Tab& tab = world.open();
  tab.serve();
  world.collector.statusOfItem["i7"] = 500;
  tab.task([&] {
    for (int i = 0; i < 40; ++i) tab.track("click", "i" + std::to_string(i));
  });
  world.advance(kHourMs);
  CHECK(tab.metric("queued") == 1);
  CHECK(tab.dropped() == 0);
  CHECK(world.collector.batchSizes.size() < 120);  // within an hour
  for (int i = 0; i < 40; ++i) CHECK(world.collector.has("i" + std::to_string(i)) == (i != 7));
}

TEST_CASE("An event that its service does not take after all goes to the shop's collector, in its own lane") {
  World world;
  Tab& tab = world.open({.config = configOf(ServiceName::kRichRelevance)});
  tab.serve();
  world.advance(6000);
  world.collector.rule = [](const Json& batch) { return batch.isObject() ? failure(503) : Reply(); };
  tab.track("click", "without-address");  // a click that has no address to follow
  tab.shopEvent("addToCart", "item1");
  world.advance(6000);
  CHECK(world.collector.counted["item1"] == 1);
  CHECK(tab.metric("queued") == 1);
  world.collector.rule = nullptr;
  world.advance(kMinuteMs);
  CHECK(world.collector.has("without-address"));
}

TEST_CASE("A page that finds at a write that it has lost its journal stores that event in a new one, at once") {
  World world;
  Tab& tab = world.open();
  world.isDown = true;
  tab.shopEvent("viewItem", "e1");
  const std::string old = tab.take("claim").back()["journalId"];
  world.advance(1000);
  tab.take("log");
  world.disk.locks[old] = 99;  // another page has read the journal, and delivers it
  world.losesLocks = true;
  tab.shopEvent("viewItem", "e2");
  CHECK(tab.metric("queued") == 1);
  CHECK(stringMember(tab.metrics(), "storage") == "localStorage");
  CHECK(tab.take("log").empty());
  CHECK(tab.take("claim").back()["journalId"] != old);
  world.disk.local.erase("vitrine:1:j:" + old + ":0");
  world.disk.copy.clear();
  world.disk.locks.erase(old);
  CHECK(Disk::holds(world.disk.local, "\"e2\""));
  world.isDown = false;
  world.advance(kMinuteMs);
  CHECK(world.collector.itemIds() == std::vector<std::string>{"e2"});
}
