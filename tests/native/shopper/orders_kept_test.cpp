// Tests the record of known orders in storage: resets, long ids, version 0.2.2, consent and a storage that refuses.
#include <catch2/catch_test_macros.hpp>

#include "simulation/world.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr char kTouchKey[] = "vitrine:1:touch";

}  // namespace

TEST_CASE("An order counts once, although reset() or another user comes in between") {
  for (const bool isReset : {true, false}) {
    CAPTURE(isReset);
    World world("0c4");
    Tab& tab = world.open();
    world.advance(30);
    tab.identify("a");
    tab.purchase("o-1");
    const auto next = [&] { isReset ? tab.reset() : static_cast<void>(tab.identify("b")); };
    const std::string visitor = tab.runtime->visitorId();
    next();
    CHECK(tab.runtime->visitorId() != visitor);
    tab.purchase("o-1");
    CHECK(tab.dropped("duplicate") == 1);
    world.close(tab);
    Tab& later = world.open();
    world.advance(30);
    later.purchase("o-1");
    CHECK(later.dropped("duplicate") == 1);
    world.advance(6000);
    CHECK(world.collector.stored["o-1"] == 1);
  }
}

TEST_CASE("An order with a very long id counts once, and its id is not stored") {
  World world("0c4");
  const std::string id = std::string(5000, 'x') + "1";
  Tab& tab = world.open();
  world.advance(30);
  tab.purchase(id);
  CHECK(world.disk.local.at(kOrdersKey).size() == 20);
  world.close(tab);
  Tab& next = world.open();
  world.advance(30);
  next.purchase(id);
  next.purchase(std::string(5000, 'x') + "2");
  CHECK(next.dropped("duplicate") == 1);
  world.advance(6000);
  CHECK(world.collector.stored[id] == 1);
}

TEST_CASE("Orders that version 0.2.2 has stored are known, and their ids leave the storage") {
  World world("0c4");
  world.disk.local[kTouchKey] = R"({"touches":[],"orders":[{"id":"A \"1\"","at":1},{"id":"A-2","at":2}]})";
  Tab& tab = world.open();
  world.advance(30);
  tab.purchase("A \"1\"");
  tab.purchase("A-2");
  CHECK(tab.dropped("duplicate") == 2);
  world.advance(1100);
  CHECK(world.disk.local.at(kTouchKey) == R"({"touches":[]})");
  CHECK(world.disk.local.at(kOrdersKey).size() == 2 * 20);
  world.close(tab);
  Tab& next = world.open();
  world.advance(30);
  next.purchase("A-2");
  CHECK(next.dropped("duplicate") == 1);
}

TEST_CASE("A tab with a touch record of version 0.2.2 does not make the tabs write again and again") {
  World world("0c4");
  Tab& tab = world.open();
  world.advance(2000);
  tab.take("save");
  tab.act("storageChanged", &Runtime::storageChanged, std::string(kTouchKey),
          std::string(R"({"touches":[],"orders":[{"id":"A-1","at":1}]})"));
  world.advance(2000);
  CHECK(tab.take("save").empty());
}

TEST_CASE("A refusal forgets the orders; an anonymous page removes the record and goes on knowing them") {
  World world("0c4");
  Tab& tab = world.open();
  world.advance(30);
  tab.purchase("o-1");
  tab.setConsent("anonymous");
  CHECK_FALSE(world.disk.local.contains(kOrdersKey));
  tab.purchase("o-1");
  CHECK(tab.dropped("duplicate") == 1);
  tab.setConsent("granted");
  world.advance(30);
  CHECK(world.disk.local.contains(kOrdersKey));
  tab.setConsent("denied");
  CHECK_FALSE(world.disk.local.contains(kOrdersKey));
  tab.setConsent("granted");
  world.advance(30);
  CHECK_FALSE(world.disk.local.contains(kOrdersKey));
}

TEST_CASE("A page that may store only later keeps the orders that another tab has stored meanwhile") {
  World world("0c4");
  Tab& late = world.open({.config = configWith(R"("consent":"unknown")")});
  Tab& other = world.open();
  world.advance(30);
  other.purchase("o-1");
  world.advance(30);
  world.close(other);
  late.purchase("o-2");
  late.setConsent("granted");
  world.advance(30);
  Tab& next = world.open();
  world.advance(30);
  next.purchase("o-1");
  next.purchase("o-2");
  CHECK(next.dropped("duplicate") == 2);
}

TEST_CASE("An order whose record the storage refused is written when storage accepts writes again") {
  World world("0c4");
  Tab& tab = world.open();
  world.advance(2000);
  world.disk.takesWrites = false;
  tab.purchase("o-1");
  world.advance(100);
  CHECK_FALSE(world.disk.local.contains(kOrdersKey));
  world.disk.takesWrites = true;
  world.advance(60000);
  CHECK(world.disk.local.contains(kOrdersKey));
}
