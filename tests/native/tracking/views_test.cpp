// Tests views and page views as a page causes them: the core asks for looks, the page performs them, time passes.
#include "tracking/views.h"

#include <catch2/catch_test_macros.hpp>
#include <set>

#include "simulation/world.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

struct Shop {
  explicit Shop(const TabOptions& options = {}) : tab(world.open(options)) { world.advance(30); }

  double watch(const std::string& itemId, double position = 0, double serve = 0) {
    return tab.act("watch", &Runtime::watch, serve, itemId, position);
  }
  // Reports the visible share of the item from now on.
  void show(double watch, double share, double areaPx = 10'000, double mostPx = 10'000) {
    tab.runtime->itemVisible(watch, share * areaPx, areaPx, mostPx, world.nowMs);
    tab.act("checkViews", &Runtime::checkViews, world.nowMs);
  }
  double navigate(const std::string& url) { return tab.act("navigate", &Runtime::navigate, url); }
  // Returns the events of this kind that have arrived.
  std::vector<Json> arrived(std::string_view kind) {
    world.advance(8000);
    std::vector<Json> found;
    for (const Json& event : world.collector.events) {
      if (stringMember(event, "type") == kind) found.push_back(event);
    }
    return found;
  }
  std::vector<std::string> viewed() {
    std::vector<std::string> ids;
    for (const Json& event : arrived("view")) ids.emplace_back(stringMember(event, "itemId"));
    return ids;
  }

  World world{"5ee0"};
  Tab& tab;
};

TabOptions with(std::string_view options) { return {.config = configWith(options)}; }

}  // namespace

TEST_CASE("A watched item that stays is viewed, and the event names the rule") {
  Shop s;
  s.tab.serve(R"(["a","b"])");
  s.show(s.watch("a", 1), 0.75);
  const auto views = s.arrived("view");
  REQUIRE(views.size() == 1);
  CHECK(stringMember(views[0], "itemId") == "a");
  CHECK(numberMember(views[0], "position", -1) == 1);
  CHECK(stringMember(views[0], "rule") == "mrc");
  CHECK(numberMember(views[0], "ratio", -1) == 0.75);
  CHECK(numberMember(views[0], "visibleMs", -1) == 1000);
  CHECK(stringMember(views[0], "source") == "for-you");
}

TEST_CASE("The rule's name says how the item was judged") {
  Shop s;
  s.tab.serve(R"(["a","b","c"])");
  s.show(s.watch("a", 0), 0.3, 300'000, 300'000);
  s.show(s.watch("b", 1), 0.25, 20'000, 8'000);
  s.show(s.watch("c", 2), 0.1, 1e7, 1e6);
  std::vector<std::string> rules;
  for (const Json& event : s.arrived("view")) rules.emplace_back(stringMember(event, "rule"));
  CHECK(std::set<std::string>(rules.begin(), rules.end()) ==
        std::set<std::string>{"mrc-large", "mrc-viewport", "mrc-large-viewport"});
  Shop own(with(R"("viewability":{"ratio":0.2,"dwellMs":100})"));
  own.tab.serve();
  CHECK(own.tab.runtime->viewRatios() == "0.2,0.3");
  own.show(own.watch("a"), 0.2);
  REQUIRE(own.arrived("view").size() == 1);
  CHECK(stringMember(own.arrived("view")[0], "rule") == "custom");
}

TEST_CASE("One look is requested when a clock is full, however many items there are, and none while no clock runs") {
  Shop s;
  s.tab.serve();
  for (int i = 0; i < 50; ++i) s.show(s.watch("i" + std::to_string(i), i), 1);
  s.tab.take("reportViews");
  s.world.advance(999);
  CHECK(s.tab.take("reportViews").empty());
  s.world.advance(1);
  CHECK(s.tab.take("reportViews").size() == 1);
  s.world.advance(100'000);
  CHECK(s.tab.take("reportViews").empty());
  CHECK(s.viewed().size() == 50);
}

TEST_CASE("While a page scrolls, a look follows the first report and each view, and nothing else") {
  Shop s;
  s.tab.serve(R"(["a","b","c"])");
  const auto report = [&](double watch, double share, double laterMs = 0) {
    return s.tab.runtime->itemVisible(watch, share * 10'000, 10'000, 10'000, s.world.nowMs + laterMs);
  };
  const double a = s.watch("a"), b = s.watch("b", 1), c = s.watch("c", 2);
  CHECK(report(a, 0.4) == 0);
  CHECK(report(a, 1) == 1);
  CHECK(s.tab.act("checkViews", &Runtime::checkViews, s.world.nowMs) == 1);  // the wake time has changed
  s.world.advance(500);
  CHECK(report(b, 1) == 0);  // after a
  CHECK(s.tab.act("checkViews", &Runtime::checkViews, s.world.nowMs) == 0);
  CHECK(report(a, 0) == 0);
  s.world.advance(500);           // the check of `a` was due now
  CHECK(report(b, 0, 501) == 1);  // b counted when it left the view
  CHECK(s.tab.act("checkViews", &Runtime::checkViews, s.world.nowMs + 501) == 1);
  s.world.advance(501);
  CHECK(report(c, 1) == 1);
  s.tab.act("checkViews", &Runtime::checkViews, s.world.nowMs);
  CHECK(s.viewed() == std::vector<std::string>{"b", "c"});
}

TEST_CASE("In a page hidden at 999 ms nothing was viewed; the clock starts over when it is shown") {
  Shop s;
  s.tab.serve();
  s.show(s.watch("a"), 1);
  s.world.advance(999);
  s.tab.hide();
  CHECK(s.viewed().empty());
  s.tab.show();
  s.world.advance(999);
  CHECK(s.world.collector.stored["a"] == 0);
  CHECK(s.viewed() == std::vector<std::string>{"a"});
}

TEST_CASE("The wall clock may jump either way: a second is a second") {
  for (const double jump : {-kHourMs, kHourMs}) {
    Shop s;
    s.tab.serve();
    s.show(s.watch("a"), 1);
    s.world.advance(300);
    s.world.jumpClock(jump);
    s.tab.wake();
    s.world.advance(699);
    s.tab.act("checkViews", &Runtime::checkViews, s.world.nowMs);
    CHECK(s.tab.metric("queued") + s.tab.metric("sent") == 1);
    CHECK(s.viewed() == std::vector<std::string>{"a"});
  }
}

TEST_CASE("An invalid watch is refused with the name of the wrong field") {
  Shop s;
  CHECK(s.watch("a") == -1);
  CHECK(s.tab.error() == "context");
  s.tab.serve();
  CHECK(s.watch("") == -1);
  CHECK(s.tab.error() == "itemId");
}

TEST_CASE("A list that leaves the page with its route ends one page view later") {
  Shop s;
  s.tab.serve();
  const double old = s.watch("old");
  s.show(old, 1);
  CHECK(s.viewed().size() == 1);
  CHECK(s.navigate("https://shop.example/p/1#reviews") == 0);
  s.tab.runtime->unwatch(old);
  CHECK(s.navigate("https://shop.example/p/2") == 1);
  const double next = s.tab.serve();
  s.show(s.watch("new", 0, next), 1);
  CHECK(s.viewed() == std::vector<std::string>{"old", "new"});
  // A click is accepted after the address has changed, but not after the next change.
  CHECK(s.tab.track("click", "old", 0) == 0);
  s.navigate("https://shop.example/p/3");
  CHECK(s.tab.track("click", "old", 0) == -1);
  CHECK(s.tab.error() == "context");
  CHECK(s.watch("old") == -1);
}

TEST_CASE("A list that stays in the page keeps its serve and its views over any number of routes") {
  Shop s;
  const double serve = s.tab.serve();
  const double seen = s.watch("seen");
  s.show(seen, 1);
  CHECK(s.viewed().size() == 1);
  const double half = s.watch("half seen", 1);
  s.show(half, 1);
  s.world.advance(600);
  for (const char* path : {"2", "3", "4"}) {
    CHECK(s.navigate(std::string("https://shop.example/p/") + path) == 1);
    s.show(seen, 1);
    CHECK(s.tab.track("click", "seen", serve) == 0);
  }
  CHECK(s.viewed() == std::vector<std::string>{"seen", "half seen"});
  // The same item in another element, as an endless carousel makes them.
  s.show(s.watch("seen"), 1);
  CHECK(s.viewed().size() == 2);
  for (const double watch : {seen, half, 2.0}) s.tab.runtime->unwatch(watch);
  s.navigate("https://shop.example/p/5");
  CHECK(s.tab.track("click", "seen", serve) == 0);
  s.navigate("https://shop.example/p/6");
  CHECK(s.tab.track("click", "seen", serve) == -1);
}

TEST_CASE("A replaced query is no page view, events carry it, and a page view that the shop begins always counts") {
  Shop s(with(R"("autoTrack":true)"));
  const auto by = [&](double how, const std::string& url) {
    return s.tab.act("navigateBy", &Runtime::navigateBy, how, url);
  };
  s.navigate("https://shop.example/p/1");
  CHECK(s.navigate("https://shop.example/p/1?variant=11") == 0);
  s.tab.serve();
  CHECK(by(1, "https://shop.example/p/1?variant=11") == 0);
  CHECK(by(1, "https://shop.example/p/1?variant=12") == 1);
  CHECK(by(2, "") == 0);
  s.navigate("https://shop.example/p/1?variant=13");
  CHECK(by(2, "") == 1);
  CHECK(by(2, "https://shop.example/step/2") == 1);
  // The address of the page itself still decides what comes after an address that the shop has given.
  CHECK(s.navigate("https://shop.example/p/1?variant=13#reviews") == 0);
  CHECK(s.navigate("https://shop.example/p/1?variant=14") == 0);
  CHECK(s.navigate("https://shop.example/p/2") == 1);
  std::vector<std::string> urls;
  for (const Json& event : s.arrived("pageView")) urls.emplace_back(stringMember(event, "url").substr(20));
  CHECK(urls == std::vector<std::string>{"/p/1", "/p/1?variant=12", "/p/1?variant=13", "/step/2", "/p/2"});
  CHECK(stringMember(s.arrived("pageView").at(4), "referrer") == "https://shop.example/step/2");
  CHECK(stringMember(s.arrived("itemsServed").at(0), "url") == "https://shop.example/p/1?variant=11");
}

TEST_CASE("The option pageViews.parameters decides about the query; a wrong value is logged and ignored") {
  Shop s(with(R"("autoTrack":true,"pageViews":{"parameters":["page"]})"));
  s.navigate("https://shop.example/");
  CHECK(s.navigate("https://shop.example/?page=2") == 1);
  CHECK(s.tab.act("navigateBy", &Runtime::navigateBy, 1.0, std::string("https://shop.example/?page=2&x=1")) == 0);
  Shop wrong(with(R"("pageViews":{"parameters":"page"})"));
  const auto logs = wrong.tab.take("log");
  REQUIRE(logs.size() == 1);
  CHECK(logs[0]["message"] == R"("pageViews.parameters" must be a list of texts; the default is used.)");
}

TEST_CASE("A page restored from the cache counts views again, with the lists that it has") {
  Shop s;
  s.tab.serve();
  s.show(s.watch("a"), 1);
  CHECK(s.viewed().size() == 1);
  s.tab.hide();
  s.tab.suspend();
  s.world.advance(60'000);
  s.tab.restore();
  CHECK(s.viewed().size() == 2);
  CHECK(s.tab.track("click", "a") == 0);
}

TEST_CASE("The markup is read again once a route has had time to draw itself") {
  Shop s;
  s.navigate("https://shop.example/#/cart");
  s.tab.take("reportViews");
  s.world.advance(999);
  CHECK(s.tab.take("reportViews").empty());
  s.world.advance(1);
  const auto looks = s.tab.take("reportViews");
  REQUIRE(looks.size() == 1);
  CHECK(looks[0]["isNewPage"] == "1");
}

TEST_CASE("Each page view has one event, with the address the shopper came from") {
  Shop s(with(R"("autoTrack":true)"));
  s.navigate("https://shop.example/p/1#reviews");
  s.navigate("https://shop.example/p/2?token=secret");
  s.navigate("https://shop.example/p/2?token=other");
  s.tab.act("pageView", &Runtime::pageView);
  s.navigate("https://shop.example/p/1");
  const auto views = s.arrived("pageView");
  REQUIRE(views.size() == 3);
  CHECK(stringMember(views[1], "url") == "https://shop.example/p/2");
  CHECK(stringMember(views[1], "referrer") == "https://shop.example/p/1#reviews");
  CHECK(numberMember(views[1], "seq", -1) == 0);
  CHECK(stringMember(views[0], "pageId") != stringMember(views[1], "pageId"));
  Shop silent;
  silent.navigate("https://shop.example/p/2");
  CHECK(silent.arrived("pageView").empty());
  silent.tab.act("pageView", &Runtime::pageView);
  CHECK(silent.arrived("pageView").size() == 1);
}

TEST_CASE("The product of a page is in its pageView event, and not in that of the next route") {
  TabOptions options = with(R"("autoTrack":true)");
  options.viewing = "sku-1";
  Shop s(options);
  s.navigate("https://shop.example/p/2");
  const auto views = s.arrived("pageView");
  REQUIRE(views.size() == 2);
  CHECK(stringMember(views[0], "itemId") == "sku-1");
  CHECK_FALSE(member(views[1], "itemId"));
}

TEST_CASE("A prerendered page sends and stores nothing until the shopper opens it") {
  TabOptions options = with(R"("autoTrack":true)");
  options.prerendering = true;
  options.visible = false;
  Shop s(options);
  s.tab.serve();
  s.tab.track("click", "a");
  CHECK(s.arrived("pageView").empty());
  CHECK(s.world.disk.keysOf("vitrine:1:") == 0);
  CHECK(s.tab.metric("queued") == 3);
  s.tab.act("activate", &Runtime::activate);
  s.tab.show();
  CHECK(s.arrived("pageView").size() == 1);
  CHECK(s.world.collector.has("a"));
}

TEST_CASE("A prerendered page of a shopper who refused sends nothing") {
  TabOptions options = with(R"("consent":"denied")");
  options.prerendering = true;
  Shop s(options);
  s.tab.serve();
  s.tab.act("activate", &Runtime::activate);
  CHECK(s.arrived("itemsServed").empty());
  CHECK(s.world.disk.keysOf("vitrine:1:") == 0);
}

TEST_CASE("A crawler's events are tagged, or dropped and counted") {
  TabOptions options;
  options.userAgent = "Mozilla/5.0 (compatible; Googlebot/2.1)";
  Shop s(options);
  s.tab.serve();
  REQUIRE(s.arrived("itemsServed").size() == 1);
  CHECK(stringMember(s.arrived("itemsServed")[0], "bot") == "crawler");
  options.config = configWith(R"("events":{"bots":"drop"})");
  Shop silent(options);
  silent.tab.serve();
  CHECK(silent.arrived("itemsServed").empty());
  CHECK(silent.tab.dropped("bot") == 1);
}
