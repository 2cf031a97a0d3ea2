// Tests that storage and mirror hold the undelivered events, and how many writes that takes, from outside: a tab and
// its disk.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "simulation/services.h"
#include "simulation/world.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

// A tab whose collector is down.
struct Outage {
  World world;
  Tab& tab;

  explicit Outage(TabOptions options = {}) : tab(world.open(std::move(options))) {
    world.isDown = true;
    tab.serve();
    world.advance(9000);
    tab.take("save");
  }
  // Tracks one event per task, as a shop's listeners do; by default all within a frame.
  void clicks(int n, double gapMs = 0) {
    for (int i = 0; i < n; ++i) {
      tab.track("click", "i" + std::to_string(++clicked));
      world.advance(gapMs);
    }
  }
  int stored() const {
    int n = 0;
    for (int i = 1; i <= clicked; ++i) n += Disk::holds(world.disk.local, "\"i" + std::to_string(i) + "\"");
    return n;
  }

  int clicked = 0;
};

}  // namespace

TEST_CASE("Every event at a shopper's pace is stored at once") {
  Outage o;
  for (int i = 0; i < 100; ++i) {
    o.clicks(1, 20);
    REQUIRE(o.stored() == o.clicked);
  }
}

TEST_CASE("The first events of a burst are stored at once, the others together once a frame") {
  Outage o;
  o.clicks(200);
  CHECK(o.stored() >= 32);
  CHECK(o.stored() < 40);
  CHECK(o.tab.take("save").size() < 40);
  o.world.advance(16);
  CHECK(o.stored() == 200);
  o.clicks(300, 1);
  CHECK(o.tab.take("save").size() < 100);
  o.world.advance(16);
  CHECK(o.stored() == 500);
}

TEST_CASE("After a pause, the first events of a burst are stored at once again") {
  Outage o;
  o.clicks(200);
  o.world.advance(1000);
  o.clicks(32);
  CHECK(o.stored() == 232);
}

TEST_CASE("In a page that is hidden, left or closed, no write of a burst waits") {
  Outage o;
  o.clicks(100);
  REQUIRE(o.stored() < 100);
  SECTION("hidden") {
    o.tab.hide();
    CHECK(o.stored() == 100);
    o.clicks(50);
    CHECK(o.stored() == 150);
  }
  SECTION("suspended, with an event that the shop tracks afterwards") {
    o.tab.suspend();
    CHECK(o.stored() == 100);
    o.clicks(1);
    CHECK(o.stored() == 101);
  }
  SECTION("closed") {
    o.world.close(o.tab);
    CHECK(o.stored() == 100);
  }
}

TEST_CASE("Every event is stored before it is sent, however fast events come") {
  World world;
  Tab& tab = world.open();
  world.advance(6000);
  for (int i = 0; i < 500; ++i) {
    tab.track("click", "i" + std::to_string(i));
    if (i % 3 == 0) world.advance(1);
    for (const Effect& send : tab.take("send")) {
      for (int k = 0; k <= i; ++k) {
        const std::string id = "\"i" + std::to_string(k) + "\"";
        if (send["body"].find(id) != std::string::npos) REQUIRE(Disk::holds(world.disk.local, id));
      }
    }
  }
}

TEST_CASE("Events that a page which is left hands over to a service that counts repeats twice leave storage at once") {
  World world;
  Tab& tab = world.open({.config = configOf(ServiceName::kDoofinder)});
  tab.serve();
  world.advance(9000);
  world.isDown = true;
  for (int i = 0; i < 100; ++i)
    tab.track(i % 2 ? "click" : "view", itemOf(ServiceName::kDoofinder, i));  // views go to the shop's collector
  tab.act("leaving", &Runtime::leaving);
  for (int i = 0; i < 100; ++i)
    REQUIRE(Disk::holds(world.disk.local, itemOf(ServiceName::kDoofinder, i)) == (i % 2 == 0));
}

TEST_CASE("A full storage accepts shorter segments, and a page that may no longer write removes what it handed over") {
  constexpr auto item = [](int n) { return itemOf(ServiceName::kDoofinder, n); };
  World world;
  world.disk.takesShorter = true;
  Tab& tab = world.open({.config = configOf(ServiceName::kDoofinder)});
  tab.serve();
  world.advance(9000);
  world.isDown = true;
  tab.task([&] {
    for (int i = 0; i < 4; ++i) tab.track(i % 2 ? "click" : "view", item(i));
  });
  REQUIRE(Disk::holds(world.disk.local, item(1)));
  SECTION("full") {
    world.disk.takesWrites = false;
    tab.track("view", item(4));
    REQUIRE(stringMember(tab.metrics(), "storage") == "memory");
    tab.hide();
    for (int i = 0; i < 4; ++i) CHECK(Disk::holds(world.disk.local, item(i)) == (i % 2 == 0));
    CHECK(tab.metric("queued") == 3);
  }
  SECTION("consent becomes unknown while a click is in flight") {
    world.isDown = false;
    tab.flush(1);
    REQUIRE(tab.metric("queued") == 4);
    while (tab.metric("sent") < 2) world.advance(1);  // the first view, after the serve
    REQUIRE(tab.take("send").back()["url"].find("/stats/click") != std::string::npos);
    tab.setConsent("unknown");
    CHECK_FALSE(Disk::holds(world.disk.local, item(1)));
    world.open({.config = configOf(ServiceName::kDoofinder)});
    world.advance(9000);
    tab.setConsent("granted");
    world.advance(9000);
    CHECK(world.collector.counted == std::map<std::string, int>{{item(1), 1}, {item(3), 1}});
    CHECK(world.collector.itemIds() == std::vector<std::string>{item(0), item(2)});
  }
}

TEST_CASE("When consent becomes unknown, an event that was delivered a moment ago leaves the mirror too") {
  constexpr auto item = [](int n) { return itemOf(ServiceName::kDoofinder, n); };
  World world;
  Tab& tab = world.open({.config = configOf(ServiceName::kDoofinder)});
  tab.serve();
  world.advance(9000);
  world.isDown = true;
  tab.task([&] {
    for (int i = 0; i < 3; ++i) tab.track("click", item(i));  // each has a request of its own
  });
  world.advance(1000);
  REQUIRE(Disk::holds(world.disk.copy, item(0)));
  world.isDown = false;
  tab.flush(1);
  while (!world.collector.counted.contains(item(0))) world.advance(1);
  world.isDown = true;
  while (tab.metric("retrying") == 0) world.advance(1);  // nothing is in flight
  REQUIRE_FALSE(Disk::holds(world.disk.local, item(0)));
  REQUIRE(Disk::holds(world.disk.copy, item(0)));  // follows after 250 ms
  tab.setConsent("unknown");
  world.advance(world.copyMs);
  CHECK_FALSE(Disk::holds(world.disk.copy, item(0)));
  world.isDown = false;
  world.clearStorage(nullptr);
  tab.setConsent("granted");
  world.open({.config = configOf(ServiceName::kDoofinder)});
  world.advance(90000);
  for (int i = 0; i < 3; ++i) CHECK(world.collector.counted[item(i)] == 1);
}

TEST_CASE("A renderer that dies in a burst loses no more than its last frame") {
  Outage o;
  o.clicks(400, 1);
  o.world.kill(o.tab);
  CHECK(o.stored() >= 400 - 17);
}

TEST_CASE("The mirror follows after 250 ms, at once when the page is hidden, and is emptied in one go") {
  Outage o;
  o.world.advance(1000);
  o.tab.take("mirror");
  o.clicks(9);
  o.world.advance(200);
  CHECK(o.tab.take("mirror").empty());
  o.world.advance(60);
  CHECK(o.tab.take("mirror").size() == 2);  // segments
  o.clicks(1);
  o.tab.hide();
  CHECK(o.tab.take("mirror").size() == 1);
  o.world.isDown = false;
  o.tab.take("unmirror");
  o.tab.show();
  o.world.advance(60 * kSecondMs);
  CHECK(o.tab.metric("queued") == 0);
  CHECK(o.world.disk.copy.empty());
}

TEST_CASE("Events too old to be sent leave the mirror as well") {
  Outage o;
  o.world.advance(1000);
  REQUIRE_FALSE(o.world.disk.copy.empty());
  o.world.advance(8 * kDayMs);
  CHECK(o.tab.dropped("expired") == 1);
  CHECK(o.world.disk.copy.empty());
  CHECK(o.world.disk.keysOf(kJournalPrefix) == 0);
}

TEST_CASE("No page sends again what a page delivered as it was left, even if the mirror was not updated in time") {
  World world;
  world.disk.takesLateCopies = false;
  TabOptions options;
  options.config = configOf(ServiceName::kDoofinder);
  Tab& tab = world.open(options);
  tab.serve();
  world.isDown = true;
  const auto leave = [&] {
    tab.act("leaving", &Runtime::leaving);
    world.close(tab);
    world.isDown = false;
    world.open(options);
    world.advance(9000);
    CHECK(world.disk.copy.empty());
    CHECK(world.disk.keysOf(kJournalPrefix) == 0);
    CHECK(world.disk.locks.empty());
  };
  SECTION("in a segment of which other events remain: another page sends those") {
    tab.track("click", itemOf(ServiceName::kDoofinder, 1));
    tab.track("view", itemOf(ServiceName::kDoofinder, 2));
    world.advance(1000);
    REQUIRE(Disk::holds(world.disk.copy, itemOf(ServiceName::kDoofinder, 1)));
    leave();
    CHECK(world.collector.counted[itemOf(ServiceName::kDoofinder, 1)] == 1);
    CHECK(world.collector.itemIds() == std::vector<std::string>{itemOf(ServiceName::kDoofinder, 2)});
  }
  SECTION("in a segment that was delivered completely") {
    tab.track("click", itemOf(ServiceName::kDoofinder, 1));
    world.advance(1000);
    REQUIRE(Disk::holds(world.disk.copy, itemOf(ServiceName::kDoofinder, 1)));
    leave();
    CHECK(world.collector.counted[itemOf(ServiceName::kDoofinder, 1)] == 1);
  }
  SECTION("in a segment whose removal from the mirror has only just begun") {
    tab.track("click", itemOf(ServiceName::kDoofinder, 1));
    world.advance(1000);
    world.isDown = false;
    tab.flush(1);
    while (tab.metric("queued") > 0) world.advance(1);
    REQUIRE_FALSE(Disk::holds(world.disk.local, itemOf(ServiceName::kDoofinder, 1)));
    REQUIRE(Disk::holds(world.disk.copy, itemOf(ServiceName::kDoofinder, 1)));
    leave();
    CHECK(world.collector.counted[itemOf(ServiceName::kDoofinder, 1)] == 1);
  }
}

TEST_CASE("A tab that loses its lease removes its delivered events from the mirror") {
  Outage o;
  o.clicks(150, 20);
  o.world.advance(300);
  o.world.isDown = false;
  o.tab.flush(1);
  while (o.tab.metric("sent") == 0) o.world.advance(1);
  REQUIRE(Disk::holds(o.world.disk.copy, "\"i1\""));
  o.tab.act("claimRefused", &Runtime::claimRefused, o.world.disk.locks.begin()->first);
  o.world.advance(50);
  CHECK_FALSE(Disk::holds(o.world.disk.copy, "\"i1\""));
  CHECK(Disk::holds(o.world.disk.copy, "\"i150\""));
}

TEST_CASE("A journal's lock is held while storage or the mirror holds anything of it") {
  World world;
  Tab& tab = world.open();
  world.advance(100);
  CHECK(world.disk.locks.empty());
  CHECK(tab.take("claim").empty());
  tab.serve();
  const auto effects = tab.seen;
  const auto at = [&](const char* verb) {
    return std::find_if(effects.begin(), effects.end(),
                        [&](const Effect& e) { return e[0] == verb && e[1] != "vitrine:1:id"; });
  };
  CHECK(at("claim") < at("save"));
  world.advance(1000);
  CHECK(world.disk.locks.size() == 1);
  REQUIRE_FALSE(world.disk.copy.empty());
  world.advance(6000);
  CHECK(tab.metric("queued") == 0);
  CHECK(world.disk.copy.empty());
  CHECK(world.disk.locks.empty());
  tab.track("click", "a");
  world.advance(100);
  CHECK(world.disk.locks.size() == 1);
}

TEST_CASE("If another page holds the lock of the own journal first, that page sends its events") {
  World world;
  Tab& tab = world.open();
  tab.serve();
  world.advance(7000);
  tab.take("claim");
  world.lockMs = 50;
  tab.track("click", "a");
  const std::string journal = tab.take("claim").back()["journalId"];
  world.disk.locks[journal] = 99;
  world.advance(100);
  tab.track("click", "b");
  CHECK(tab.take("claim").back()["journalId"] != journal);
  CHECK(tab.metric("queued") == 1);
  world.disk.locks.erase(journal);
  world.advance(10000);  // the next scan adopts what the other page left
  CHECK(world.collector.itemIds() == std::vector<std::string>{"a", "b"});
}

TEST_CASE("Consent that ends while a write waits for a frame leaves no timer that is due for ever") {
  for (const char* level : {"anonymous", "denied", "unknown"}) {
    Outage o;
    o.clicks(40);
    o.tab.setConsent(level);
    o.world.advance(5000);  // the world faults a timer that is due for ever
    CHECK(o.tab.timerMs > o.world.nowMs);
  }
}

TEST_CASE("Events of a hidden page do not delay the writes of the page that is shown again") {
  Outage o;
  o.tab.hide();
  o.clicks(900, 1);
  o.tab.show();
  o.clicks(1);
  CHECK(o.stored() == 901);
}

TEST_CASE("An event that only memory has is not sent again while its request is under way") {
  World world;
  world.networkMs = 2000;
  Tab& tab = world.open();
  world.disk.takesWrites = false;
  tab.serve();
  tab.track("click", "a");
  world.advance(5500);  // until the request is under way
  SECTION("it arrives") {
    const char* after = GENERATE("granted", "anonymous", "unknown", "denied");
    CAPTURE(after);
    tab.setConsent("unknown");
    tab.setConsent(after);
    world.advance(30'000);
  }
  SECTION("it is refused for a moment, and sent again") {
    world.collector.next = {failure(503)};
    tab.setConsent("unknown");
    tab.setConsent("granted");
    world.advance(90'000);
  }
  CHECK(world.collector.stored["a"] == 1);
  for (const auto& [id, times] : world.collector.arrivals) CHECK(times == 1);
}
