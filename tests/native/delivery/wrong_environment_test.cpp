// Tests pages whose environment is wrong: a browser that says "offline", a clock that jumps.
#include <catch2/catch_test_macros.hpp>

#include "native/delivery/delivered_shop.h"
#include "simulation/services.h"
#include "simulation/world.h"

using namespace vitrine;
using namespace vitrine::test;

TEST_CASE("While the browser says that it is offline, flush() tries, and settles with \"offline\" when that fails") {
  Shop s;
  s.tab.setPage(true, false);
  s.clicks(2);
  s.tab.flush(1);
  CHECK_FALSE(s.tab.settled.contains(1));
  s.world.advance(100);
  CHECK(s.tab.settled[1] == R"({"delivered":2,"remaining":0})");
  s.tab.setPage(true, true);
  s.tab.setPage(true, false);
  s.world.isDown = true;
  s.clicks(3, "j");
  s.tab.flush(2);
  s.world.advance(100);
  CHECK(s.tab.settled[2] == R"({"delivered":0,"remaining":3,"reason":"offline"})");
  s.tab.take("send");
  s.tab.flush(3);  // does not wait for the slow pace
  CHECK(s.tab.take("send").size() == 1);
}

TEST_CASE("A browser that wrongly says that it is offline loses nothing, and is not believed again") {
  World world;
  Tab& tab = world.open({.online = false});
  tab.serve();
  tab.purchase("o-1");
  world.advance(100);
  CHECK(world.collector.has("o-1"));
  world.isDown = true;  // a failure is a failure again, not a lack of network
  tab.purchase("o-2");
  world.advance(500);
  world.isDown = false;
  tab.hide();
  tab.show();  // reports "offline" again
  world.advance(5000);
  CHECK(world.collector.has("o-2"));
}

TEST_CASE("While the browser is offline, one request a minute is tried, and the events leave when it is online again") {
  Shop s;
  s.world.isDown = true;
  s.tab.setPage(true, false);
  s.clicks(12, "j");
  s.tab.take("send");
  s.world.advance(10 * kMinuteMs - 1000);
  CHECK(s.tab.take("send").size() == 9);
  CHECK(stringMember(s.tab.metrics(), "lastError") == "network");
  s.world.isDown = false;
  s.tab.setPage(true, true);
  s.world.advance(100);
  CHECK(s.world.collector.batchSizes == Sizes{12});
}

TEST_CASE("While the browser is offline, a page that is hidden or left tries at once") {
  for (const bool isHidden : {true, false}) {
    Shop s;
    s.world.isDown = true;
    s.tab.setPage(true, false);
    s.clicks(10);
    s.world.advance(1000);
    REQUIRE(s.tab.metric("queued") == 10);
    s.world.isDown = false;
    if (isHidden)
      s.tab.hide();
    else
      s.tab.act("leaving", &Runtime::leaving);
    s.world.advance(100);
    CHECK(s.world.collector.batchSizes == Sizes{10});
  }
}

TEST_CASE("A page that ends offline keeps the events of a service that would count them twice for the next page") {
  const std::string config = configOf(ServiceName::kDoofinder);
  const std::string item = itemOf(ServiceName::kDoofinder, 1);
  for (const bool isDown : {true, false}) {  // the browser is right, or wrong
    CAPTURE(isDown);
    World world;
    Tab& first = world.open({.config = config, .online = false});
    world.isDown = isDown;
    first.task([&] {
      first.serve("[\"" + item + "\"]");
      first.track("click", item);
    });
    world.close(first);
    world.advance(1000);
    world.isDown = false;
    world.open({.config = config});
    world.advance(10000);
    CHECK(world.collector.counted[item] == 1);
  }
}

TEST_CASE("A clock that is corrected by a month drops no event that waits, in this page or in the next") {
  for (const double jumpMs : {30 * kDayMs, -30 * kDayMs}) {
    Shop s;
    s.tab.act("pause", &Runtime::pause);
    s.clicks(3);
    s.tab.purchase("order");
    s.world.advance(10);
    s.world.jumpClock(jumpMs);
    s.clicks(3, "after");
    s.tab.act("resume", &Runtime::resume);
    s.world.advance(1000);
    CHECK(s.tab.dropped() == 0);
    CHECK(s.world.collector.events.size() == 8);
    s.world.isDown = true;
    s.tab.purchase("order2");
    s.world.close(s.tab);
    s.world.jumpClock(jumpMs);
    s.world.isDown = false;
    const Tab& next = s.world.open();
    s.world.advance(10000);
    CHECK(s.world.collector.has("order2"));
    CHECK(parseJson(next.runtime->metrics(0)).isObject());
  }
}
