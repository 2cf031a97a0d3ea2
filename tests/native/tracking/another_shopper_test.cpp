// Tests that nothing joins the events of two shoppers of one page: after reset(), another user, and a change between
// events with ids and events without.
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "model/event.h"
#include "simulation/services.h"
#include "simulation/world.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

std::string text(const Json& event, const char* name) { return std::string(stringMember(event, name)); }

// The values that would join events of two shoppers.
std::set<std::string> marks(const World& world, std::size_t from, std::size_t to) {
  std::set<std::string> found;
  for (std::size_t i = from; i < to; ++i) {
    const Json& event = world.collector.events[i];
    for (const char* name : {"pageId", "serveId", "visitorId", "sessionId", "userId"}) found.insert(text(event, name));
    // Ids of one row have the same beginning.
    found.insert(text(event, "eventId").substr(10, 8));
  }
  found.erase("");
  return found;
}

struct Page {
  World world;
  Tab& tab;

  explicit Page(TabOptions options = {}) : tab(world.open(std::move(options))) {
    tab.serve(R"(["a","b"])");
    tab.track("click", "a");
  }
  std::vector<std::string> kinds(std::size_t from) const {
    std::vector<std::string> out;
    for (std::size_t i = from; i < world.collector.events.size(); ++i)
      out.push_back(text(world.collector.events[i], "type"));
    return out;
  }
  void expectApart(std::size_t before) {
    std::set<std::string> both;
    const auto then = marks(world, 0, before), now = marks(world, before, world.collector.events.size());
    for (const std::string& mark : then) {
      CAPTURE(mark);
      CHECK_FALSE(now.contains(mark));
    }
  }
};

using Kinds = std::vector<std::string>;

TabOptions tracked() { return {.config = configWith(R"("autoTrack":true)")}; }

}  // namespace

TEST_CASE("After anonymous, reset() or another user the page and its lists have other ids, and no touch counts") {
  for (const std::string how : {"anonymous", "reset", "another user", "unknown, anonymous", "denied, granted"}) {
    CAPTURE(how);
    Page page(tracked());
    auto& [world, tab] = page;
    tab.identify("u1");
    world.advance(9000);
    const std::size_t before = world.collector.events.size();
    REQUIRE(before == 4);
    if (how == "reset") tab.reset();
    if (how == "another user") tab.identify("u2");
    if (how.starts_with("unknown")) tab.setConsent("unknown");
    if (how.starts_with("denied")) tab.setConsent("denied");
    if (how.ends_with("anonymous")) tab.setConsent("anonymous");
    if (how.ends_with("granted")) tab.setConsent("granted");
    tab.track("click", "b");
    tab.track("addToCart", "b");
    tab.purchase("o-1");
    world.advance(9000);
    const std::size_t first = how == "another user" ? before + 1 : before;
    CHECK(page.kinds(first) == Kinds{"itemsServed", "click", "addToCart", "purchase"});
    page.expectApart(before);
    for (std::size_t i = before; i < world.collector.events.size(); ++i)
      CHECK(numberMember(world.collector.events[i], "seq", -1) == static_cast<double>(i - before));
    const Json& served = world.collector.events[first];
    CHECK(text(served, "serveId") == text(world.collector.events[first + 1], "serveId"));
    CHECK(member(served, "itemIds")->children.size() == 2);
    CHECK(text(*member(world.collector.events[first + 2], "attribution"), "serveId") == text(served, "serveId"));
    CHECK(world.collector.events.back().children.size() > 0);
    CHECK(member(member(world.collector.events.back(), "items")->children[0], "attribution") == nullptr);
  }
}

TEST_CASE("A full storage does not keep the ids of the shopper before reset()") {
  World world;
  Tab& tab = world.open();
  world.advance(1000);
  const std::string before = tab.runtime->visitorId();
  world.disk.takesWrites = false;
  tab.reset();
  world.advance(5000);
  CHECK(world.disk.local[kIdentityKey].find(before) == std::string::npos);
  world.disk.takesWrites = true;
  world.advance(60'000);
  CHECK(world.disk.local[kIdentityKey].find(std::string(tab.runtime->visitorId())) != std::string::npos);
}

TEST_CASE("A list is served again once for a new shopper, and only if one of its items has an event") {
  Page page;
  auto& [world, tab] = page;
  tab.serve(R"(["c"])");
  world.advance(9000);
  const std::size_t before = world.collector.events.size();
  tab.reset();
  for (int i = 0; i < 3; ++i) tab.track("click", "a");
  CHECK(tab.runtime->serveNumber(tab.runtime->serveId(0)) == 0);
  world.advance(9000);
  CHECK(page.kinds(before) == Kinds{"itemsServed", "click", "click", "click"});
}

TEST_CASE("A page that was never sent with ids keeps its page id and its serves when it becomes anonymous") {
  Page page({.config = configWith(R"("consent":"unknown")")});
  auto& [world, tab] = page;
  tab.setConsent("anonymous");
  tab.track("click", "b");
  world.advance(9000);
  CHECK(page.kinds(0) == Kinds{"itemsServed", "click", "click"});
  CHECK(text(world.collector.events[0], "pageId") == text(world.collector.events[2], "pageId"));
  CHECK(text(world.collector.events[0], "serveId") == text(world.collector.events[2], "serveId"));
}

TEST_CASE("An anonymous page does not carry the touch of a known list, not even in an event that was queued before") {
  World world;
  world.open().serve(R"(["a"])");
  world.tabs[0]->track("click", "a");
  world.advance(9000);
  const std::size_t before = world.collector.events.size();
  world.close(*world.tabs[0]);
  Tab& next = world.open({.config = configWith(R"("consent":"unknown")")});
  REQUIRE(next.shopEvent("addToCart", "a") == 0);
  next.setConsent("anonymous");
  next.shopEvent("addToCart", "a");
  world.advance(9000);
  REQUIRE(world.collector.events.size() == before + 2);
  for (std::size_t i = before; i < before + 2; ++i) CHECK(member(world.collector.events[i], "attribution") == nullptr);
}

TEST_CASE("No request carries events of two shoppers, nor anonymous events of two pages") {
  Page page;
  auto& [world, tab] = page;
  tab.reset();
  tab.track("click", "b");
  tab.flush(1);
  world.advance(9000);
  CHECK(world.collector.batchSizes == std::vector<std::size_t>{2, 2});
  world.collector.batchSizes.clear();
  tab.track("click", "b");
  tab.setConsent("anonymous");
  tab.track("click", "b");
  tab.flush(2);
  world.advance(9000);
  CHECK(world.collector.batchSizes == std::vector<std::size_t>{1, 2});
}

TEST_CASE("Another tab's reset() begins another shopper here too") {
  Page page;
  auto& [world, tab] = page;
  Tab& other = world.open();
  world.advance(9000);
  const std::size_t before = world.collector.events.size();
  other.reset();
  world.advance(100);
  tab.track("click", "b");
  world.advance(9000);
  CHECK(page.kinds(before) == Kinds{"itemsServed", "click"});
  page.expectApart(before);
}

TEST_CASE("What says whose an event is leaves its text: ids, touches, and references that contain the session id") {
  const std::string ids = R"("visitorId":"v_a","sessionId":"s_b","userId":null)";
  const std::string head = R"({"eventId":"e","type":"addToCart","at":1,"seq":0,"pageId":"p")";
  const auto out = [&](const std::string& rest, EventKind kind) {
    return std::string(unrecognised(head + "," + ids + rest, kind));
  };
  const std::string touch = R"(,"attribution":{"serveId":"s}","surface":"a\"b","source":"c","touchedAt":5})";
  CHECK(out(R"(,"itemId":"x")" + touch + R"(,"quantity":1})", EventKind::kAddToCart) ==
        head + R"(,"itemId":"x","quantity":1})");
  CHECK(out(R"(,"items":[{"itemId":"x")" + touch + R"(},{"itemId":"y")" + touch + "}]}", EventKind::kPurchase) ==
        head + R"(,"items":[{"itemId":"x"},{"itemId":"y"}]})");
  CHECK(out(R"(,"itemId":"x","reference":"https://a/?s=s_b"})", EventKind::kClick) == head + R"(,"itemId":"x"})");
  CHECK(out(R"(,"itemId":"x","reference":"r"})", EventKind::kClick) == head + R"(,"itemId":"x","reference":"r"})");
  const std::string own = R"(,"name":"n","properties":{"a":1,"attribution":{"b":2}}})";
  CHECK(out(own, EventKind::kCustom) == head + own);
}
