// Tests whose ids events carry: another user on the same device, and ids that a script of the shop has cleared.
#include <catch2/catch_test_macros.hpp>

#include "simulation/world.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

// Returns the events of a kind that arrived, oldest first.
std::vector<const Json*> arrived(const World& world, std::string_view kind) {
  std::vector<const Json*> found;
  for (const Json& event : world.collector.events) {
    if (stringMember(event, "type") == kind) found.push_back(&event);
  }
  return found;
}

std::string idsOf(const Tab& tab) { return tab.runtime->visitorId() + " " + tab.runtime->userId(); }

}  // namespace

TEST_CASE("Another user begins with a new visitor and session, and the event names the user before") {
  World world;
  Tab& tab = world.open();
  tab.identify("a");
  tab.serve(R"(["x"])");
  tab.track("click", "x");
  const std::string visitor = tab.runtime->visitorId();
  tab.identify("b");
  CHECK(tab.runtime->visitorId() != visitor);
  tab.identify("b");  // the same user again changes nothing
  tab.purchase("o-1");
  world.advance(6000);
  const auto identified = arrived(world, "identify");
  REQUIRE(identified.size() == 2);
  CHECK(stringMember(*identified[0], "visitorId") == visitor);
  CHECK(stringMember(*identified[1], "visitorId") == tab.runtime->visitorId());
  CHECK(stringMember(*identified[1], "sessionId") != stringMember(*identified[0], "sessionId"));
  CHECK(stringMember(*identified[1], "userId") == "b");
  CHECK(stringMember(*identified[1], "previousUserId") == "a");
  CHECK(stringMember(*arrived(world, "click")[0], "userId") == "a");  // happened to the user before
  CHECK(member(member(*arrived(world, "purchase")[0], "items")->children[0], "attribution") == nullptr);
}

TEST_CASE("With identity.otherUser 'keep' another user goes on with the visitor and the session") {
  World world;
  Tab& tab = world.open({.config = configWith(R"("identity":{"otherUser":"keep"})")});
  tab.identify("a");
  const std::string visitor = tab.runtime->visitorId();
  tab.identify("b");
  CHECK(idsOf(tab) == visitor + " b");
  world.advance(6000);
  CHECK(stringMember(*arrived(world, "identify")[1], "previousUserId") == "a");
}

TEST_CASE("A first user keeps the visitor; a stored user, or one of another tab, counts as the user before") {
  World world;
  Tab& first = world.open();
  const std::string visitor = first.runtime->visitorId();
  first.identify("a");
  CHECK(idsOf(first) == visitor + " a");
  world.advance(100);
  Tab& second = world.open();
  second.identify("a");
  CHECK(idsOf(second) == visitor + " a");
  second.identify("b");
  CHECK(second.runtime->visitorId() != visitor);
  world.advance(100);
  CHECK(idsOf(first) == idsOf(second));
  first.identify("b");  // the other tab has done it already
  CHECK(idsOf(first) == idsOf(second));
}

TEST_CASE("When a script clears localStorage and all pages end, the next page goes on with the same visitor") {
  World world;
  Tab& first = world.open();
  first.identify("a");
  world.advance(1000);
  const std::string ids = idsOf(first);
  SECTION("the page that is left writes what is missing") {
    first.track("click", "x");
    world.disk.local.clear();
    world.close(first);
    CHECK(world.disk.local.contains(kIdentityKey));
    CHECK(idsOf(world.open()) == ids);
  }
  SECTION("the page is killed, and the mirror still knows") {
    world.kill(first);
    world.disk.local.clear();
    Tab& next = world.open({.config = configWith(R"("autoTrack":true)")});
    next.serve();
    world.advance(1000);
    CHECK(idsOf(next) == ids);
    world.advance(10000);
    for (const char* kind : {"pageView", "itemsServed"})
      CHECK(stringMember(*arrived(world, kind)[0], "visitorId") == next.runtime->visitorId());
    world.kill(next);
    CHECK(idsOf(world.open()) == ids);
  }
  SECTION("a page that has identified another user does not go back") {
    world.kill(first);
    world.disk.local.clear();
    Tab& next = world.open();
    next.identify("b");
    world.advance(1000);
    CHECK(next.runtime->userId() == "b");
    CHECK(idsOf(next).substr(0, 26) != ids.substr(0, 26));
  }
  SECTION("reset() before the mirror replies makes a new visitor") {
    world.kill(first);
    world.disk.local.clear();
    Tab& next = world.open();
    next.reset();
    world.advance(1000);
    CHECK(idsOf(next).substr(0, 26) != ids.substr(0, 26));
  }
  SECTION("without consent nothing is restored, and a refusal empties the mirror") {
    world.kill(first);
    world.disk.local.clear();
    Tab& unknown = world.open({.config = configWith(R"("consent":"unknown")")});
    world.advance(1000);
    CHECK(idsOf(unknown) != ids);
    CHECK(world.disk.copiedRecords.contains(kIdentityKey));
    world.kill(unknown);
    Tab& granted = world.open({.config = configWith(R"("consent":"unknown")")});
    granted.setConsent("granted");
    world.advance(1000);
    CHECK(idsOf(granted) == ids);
    world.kill(granted);
    world.open({.config = configWith(R"("consent":"denied")")});
    world.advance(1000);
    CHECK(world.disk.copiedRecords == Table{{kConsentKey, "granted"}});
  }
}

TEST_CASE("The shopper's refusal outlives a script that clears localStorage, until optIn()") {
  World world;
  Tab& first = world.open();
  world.advance(1000);
  first.act("optOut", &Runtime::optOut);
  world.advance(1000);
  world.kill(first);
  world.disk.local.clear();
  Tab& next = world.open();
  world.advance(1000);
  CHECK(next.runtime->consent() == "denied");
  CHECK(world.disk.local.contains(kOptOutKey));
  next.act("optIn", &Runtime::optIn);
  world.advance(1000);
  world.kill(next);
  world.disk.local.clear();
  Tab& last = world.open();
  world.advance(1000);
  CHECK(last.runtime->consent() == "granted");
}

TEST_CASE("A refusal on a page that was never allowed to store removes the journals of earlier pages") {
  for (const char* level : {"denied", "anonymous"}) {
    World world;
    Tab& first = world.open();
    first.act("pause", &Runtime::pause);
    first.serve();
    world.advance(1000);
    world.kill(first);
    REQUIRE_FALSE(world.disk.copy.empty());
    world.disk.local.clear();  // only the mirror still has them
    Tab& next = world.open({.config = configWith(R"("consent":"unknown")")});
    world.advance(3000);
    next.setConsent(level);
    world.advance(3000);
    CHECK(world.disk.copy.empty());
    CHECK(world.disk.local == Table{{kConsentKey, level}});
  }
}

TEST_CASE("The same order, tracked again after the clock went back a year, counts once") {
  World world;
  Tab& tab = world.open();
  world.advance(30);
  tab.purchase("o-1");
  world.jumpClock(-365 * kDayMs);
  tab.purchase("o-1");
  CHECK(tab.dropped("duplicate") == 1);
  world.close(tab);
  Tab& next = world.open();
  next.purchase("o-1");
  CHECK(next.dropped("duplicate") == 1);
  world.advance(6000);
  CHECK(world.collector.stored["o-1"] == 1);
}
