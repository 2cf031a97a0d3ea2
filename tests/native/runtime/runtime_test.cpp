// Tests the whole core from outside: storage, locks, consent, slots and errors.
#include "runtime/runtime.h"

#include <catch2/catch_test_macros.hpp>
#include <limits>

#include "simulation/world.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

TabOptions withConsent(const char* level) {
  return {.config = configWith(std::string("\"consent\":\"") + level + "\"")};
}

void clicks(Tab& tab, int n, const std::string& name = "i") {
  for (int i = 0; i < n; ++i) tab.track("click", name + std::to_string(i));
}

std::string orphan(World& world, const char* value) {
  world.disk.local["vitrine:1:j:abc:0"] = value;
  return "vitrine:1:j:abc:0";
}

}  // namespace

TEST_CASE("Events stored by a page that ended are sent once by the next page") {
  World world;
  Tab& first = world.open();
  first.act("pause", &Runtime::pause);
  first.serve();
  clicks(first, 20);
  world.kill(first);
  world.open();
  world.advance(5000);
  CHECK(world.collector.events.size() == 21);
  for (const auto& [id, times] : world.collector.arrivals) CHECK(times == 1);
  CHECK(world.disk.keysOf("vitrine:1:j:") == 0);
  CHECK(world.disk.copy.empty());
  CHECK(world.disk.locks.empty());
}

TEST_CASE("No page adopts the journal of a page that is still open") {
  World world;
  Tab& first = world.open();
  first.act("pause", &Runtime::pause);
  first.serve();
  clicks(first, 20);
  Tab& second = world.open();
  world.advance(10 * kMinuteMs);
  CHECK(second.metric("queued") == 0);
  CHECK(first.metric("queued") == 21);
}

TEST_CASE("Events of twenty killed pages all arrive once through the next pages") {
  World world;
  for (int i = 0; i < 20; ++i) {
    Tab& tab = world.open();
    tab.act("pause", &Runtime::pause);
    tab.serve();
    clicks(tab, 15, "t" + std::to_string(i) + "-");
  }
  world.advance(500);
  for (const auto& tab : world.tabs) world.kill(*tab);
  world.open();
  world.open();
  world.advance(3 * kMinuteMs);
  CHECK(world.collector.events.size() == 20 * 16);
  for (const auto& [id, times] : world.collector.arrivals) CHECK(times == 1);
}

TEST_CASE("After a killed browser, the mirror still holds events that localStorage has lost") {
  World world;
  Tab& tab = world.open();
  tab.setPage(true, false);
  tab.serve();
  clicks(tab, 30);
  world.advance(300);
  world.crash();
  CHECK(world.disk.local.empty());
  world.open();
  world.advance(10000);
  CHECK(world.collector.events.size() == 31);
  CHECK(world.disk.copy.empty());
}

TEST_CASE("Storage that refuses writes is tried again after a while and then holds every event") {
  World world;
  Tab& tab = world.open();
  tab.act("pause", &Runtime::pause);
  world.disk.takesWrites = false;
  tab.serve();
  clicks(tab, 10);
  CHECK(stringMember(tab.metrics(), "storage") == "memory");
  CHECK(tab.metric("queued") == 11);
  CHECK(tab.take("log").size() == 1);
  world.disk.takesWrites = true;
  world.advance(31000);
  CHECK(stringMember(tab.metrics(), "storage") == "localStorage");
  for (int i = 0; i < 10; ++i) CHECK(Disk::holds(world.disk.local, "\"i" + std::to_string(i) + "\""));
}

TEST_CASE("Cleared storage is written again") {
  World world;
  Tab& tab = world.open();
  tab.act("pause", &Runtime::pause);
  tab.serve();
  clicks(tab, 10);
  world.clearStorage();
  world.advance(100);
  CHECK(Disk::holds(world.disk.local, "\"i9\""));
  CHECK(Disk::holds(world.disk.local, tab.runtime->visitorId()));
}

TEST_CASE("A page without storage works from memory and writes nothing") {
  World world;
  Tab& tab = world.open({.storage = "memory"});
  tab.serve();
  clicks(tab, 10);
  world.advance(6000);
  CHECK(world.collector.events.size() == 11);
  CHECK(world.disk.local.empty());
  CHECK(world.disk.copy.empty());
  CHECK(world.disk.locks.empty());
}

TEST_CASE("Damaged and foreign values under our prefix do not stop delivery") {
  World world;
  orphan(world, "\xFF rubbish\n{\"eventId\":\"1\"");
  world.disk.local["vitrine:1:j:abc:007"] = "another script's";
  world.disk.local["vitrine:1:j:ABC:1"] = "x";
  world.disk.local["vitrine:1:j:"] = "x";
  world.disk.local["vitrine:1:id"] = "{\"v\":1";
  world.disk.local["vitrine:2:j:abc:0"] = "newer";
  Tab& tab = world.open();
  tab.serve();
  world.advance(10000);
  CHECK(world.collector.events.size() == 1);
  CHECK(tab.dropped("unreadable") == 2);
  CHECK_FALSE(world.disk.local.contains("vitrine:1:j:abc:0"));
  CHECK(world.disk.local.contains("vitrine:2:j:abc:0"));
}

TEST_CASE("A suspended page leaves stored events to other pages and sends the unstored ones when restored") {
  World world;
  Tab& tab = world.open();
  tab.setPage(true, false);
  tab.serve();
  clicks(tab, 5);
  world.disk.takesWrites = false;
  tab.hide();
  tab.track("click", "unstored");
  tab.suspend();
  CHECK(world.disk.locks.empty());
  world.disk.takesWrites = true;
  Tab& other = world.open();
  world.advance(5000);
  CHECK(world.collector.has("i4"));
  CHECK(other.metric("queued") == 0);
  tab.isOnline = true;
  tab.restore();
  world.advance(40000);
  CHECK(world.collector.has("unstored"));
  CHECK(world.collector.stored["i4"] == 1);
}

TEST_CASE("Under unknown consent events are held; granting sends them with their ids") {
  World world;
  Tab& tab = world.open(withConsent("unknown"));
  tab.serve();
  clicks(tab, 5);
  world.advance(60000);
  CHECK(world.collector.batchSizes.empty());
  CHECK(world.disk.local.empty());
  tab.setConsent("granted");
  world.advance(1000);
  CHECK(world.collector.events.size() == 6);
  CHECK(stringMember(world.collector.events[1], "visitorId") == tab.runtime->visitorId());
}

TEST_CASE("A page that starts with unknown consent keeps the visitor of earlier pages") {
  World world;
  Tab& first = world.open();
  world.advance(10);
  const std::string visitor = first.runtime->visitorId();
  world.close(first);
  Tab& second = world.open(withConsent("unknown"));
  second.setConsent("granted");
  CHECK(second.runtime->visitorId() == visitor);
}

TEST_CASE("Denied consent drops waiting events, empties storage and sends nothing") {
  World world;
  Tab& tab = world.open();
  tab.act("pause", &Runtime::pause);
  tab.serve();
  clicks(tab, 5);
  orphan(world, R"({"eventId":"01HF7YAT00AAAAAAAAAAAAAAAA","type":"click","at":1700000000000,"seq":0,"pageId":"p"})");
  world.advance(300);
  tab.setConsent("denied");
  tab.act("resume", &Runtime::resume);
  clicks(tab, 5, "j");
  world.advance(60000);
  CHECK(world.disk.local == Table{{kConsentKey, "denied"}});
  CHECK(world.disk.copy.empty());
  CHECK(world.collector.batchSizes.empty());
  CHECK(tab.dropped("consent") == 6 + 1 + 5);
}

TEST_CASE("Under anonymous consent no event carries ids, not even one in flight, and nothing is stored") {
  World world;
  Tab& tab = world.open();
  tab.serve();
  world.advance(10);
  world.collector.next = {failure(503)};
  clicks(tab, 12);
  tab.identify("u1");
  tab.setConsent("anonymous");
  tab.identify("u2");
  world.advance(60000);
  CHECK(world.collector.events.size() == 13);
  for (const Json& event : world.collector.events) {
    CHECK(stringMember(event, "type") != "identify");
    CHECK(member(event, "visitorId") == nullptr);
  }
  CHECK(world.disk.local == Table{{kConsentKey, "anonymous"}});
  CHECK(world.disk.copy.empty());
}

TEST_CASE("Global Privacy Control denies consent until the shop sets the shopper's own choice") {
  World world;
  TabOptions options;
  options.gpc = true;
  Tab& tab = world.open(options);
  CHECK(tab.runtime->consent() == "denied");
  tab.setConsent("granted");
  CHECK(tab.runtime->consent() == "granted");
  options.config = configWith(R"("privacy":{"gpc":"ignore"})");
  CHECK(world.open(options).runtime->consent() == "granted");
}

TEST_CASE("An opt-out holds on later pages and in other tabs until the shopper opts in") {
  World world;
  Tab& tab = world.open();
  Tab& other = world.open();
  tab.act("optOut", &Runtime::optOut);
  world.advance(100);
  CHECK(other.runtime->consent() == "denied");
  Tab& later = world.open();
  CHECK(later.runtime->consent() == "denied");
  later.setConsent("granted");
  CHECK(later.runtime->consent() == "denied");
  CHECK(world.disk.local == Table{{kConsentKey, "granted"}, {kOptOutKey, "1"}});
  later.act("optIn", &Runtime::optIn);
  CHECK(later.runtime->consent() == "granted");
}

TEST_CASE("An opt-out that storage refused or lost is written again later") {
  World world;
  Tab& tab = world.open();
  world.advance(100);
  world.disk.takesWrites = false;
  tab.act("optOut", &Runtime::optOut);
  world.advance(60 * kSecondMs);
  CHECK(world.disk.keysOf("vitrine:1:optout") == 0);
  world.disk.takesWrites = true;
  world.advance(31 * kSecondMs);
  CHECK(world.disk.keysOf("vitrine:1:optout") == 1);
  world.clearStorage();
  world.advance(100);
  CHECK(world.disk.keysOf("vitrine:1:optout") == 1);
  tab.act("optIn", &Runtime::optIn);
  world.advance(60 * kSecondMs);
  CHECK(world.disk.keysOf("vitrine:1:optout") == 0);
}

TEST_CASE("Tabs share one visitor and one session") {
  World world;
  Tab& tab = world.open();
  Tab& other = world.open();
  world.advance(100);
  CHECK(tab.runtime->visitorId() == other.runtime->visitorId());
  tab.identify("u1");
  world.advance(100);
  CHECK(other.runtime->userId() == "u1");
  other.reset();
  world.advance(100);
  CHECK(tab.runtime->visitorId() == other.runtime->visitorId());
  CHECK(tab.runtime->userId().empty());
}

TEST_CASE("An event keeps the identity of the moment it was recorded") {
  World world;
  Tab& tab = world.open();
  tab.serve();
  const std::string visitor = tab.runtime->visitorId();
  tab.track("click", "before");
  tab.reset();
  tab.track("click", "after");
  world.advance(6000);
  CHECK(stringMember(world.collector.events[1], "visitorId") == visitor);
  CHECK(stringMember(world.collector.events[2], "visitorId") == tab.runtime->visitorId());
}

TEST_CASE("A loop in the shop's code is limited and logged once") {
  World world;
  Tab& tab = world.open({.config = configWith(R"("events":{"rateLimit":{"burst":50,"perSecond":0}})")});
  tab.act("pause", &Runtime::pause);
  tab.serve();
  clicks(tab, 500);
  CHECK(tab.dropped("rateLimit") == 450);
  CHECK(tab.take("log").size() == 1);
}

TEST_CASE("A huge event is refused and displaces no other event") {
  World world;
  Tab& tab = world.open();
  tab.act("pause", &Runtime::pause);
  tab.serve();
  clicks(tab, 5);
  tab.track("view", std::string(600000, 'x'));
  CHECK(tab.metric("queued") == 6);
  CHECK(tab.dropped("tooLarge") == 1);
}

TEST_CASE("An aborted call is cancelled, and a late reply is ignored") {
  World world;
  Tab& tab = world.open();
  tab.ask(1, "forVisitor", R"({"configId":"c","topK":1})");
  const std::string request = tab.take("ask")[0]["requestId"];
  tab.act("abort", &Runtime::abort, 1.0);
  CHECK(tab.take("cancel")[0]["requestId"] == request);
  CHECK(tab.settled[1].find("\"type\":\"abort\"") != std::string::npos);
  tab.requestDone(std::stod(request), 200, {}, R"({"results":[]})");
}

TEST_CASE("A slot shows loading, then its slate, and records a serve") {
  World world;
  Tab& tab = world.open();
  tab.act("openSlot", &Runtime::openSlot, 1.0,
          std::string(R"({"kind":"similarItems","query":{"anchorId":"a","topK":2}})"));
  tab.requestDone(1, 200, {}, R"({"serveId":"sv_1","results":[{"productId":"p1"},{"productId":"p2"}]})");
  const auto shown = tab.take("show");
  REQUIRE(shown.size() == 2);
  CHECK(shown[0]["state"] == "loading");
  CHECK(shown[1]["state"] == "ready");
  const double serve = shown[1].number("serve");
  CHECK(tab.act("itemEvent", &Runtime::itemEvent, serve, std::string("click"), std::string("p2"), 1.0, 0.0) == 0);
  world.advance(6000);
  CHECK(stringMember(world.collector.events[1], "serveId") == "sv_1");
  tab.act("closeSlot", &Runtime::closeSlot, 1.0);
  CHECK(tab.track("click", "p2", serve) == 0);  // a click is often recorded after its slot has closed
  for (const char* page : {"1", "2"})
    tab.act("navigate", &Runtime::navigate, std::string("https://shop.example/x") + page);
  CHECK(tab.track("click", "p2", serve) == -1);
  CHECK(tab.error() == "context");
}

TEST_CASE("A reply without products leaves a slot empty; a failed request shows an error") {
  World world;
  Tab& tab = world.open();
  const auto shownFor = [&](double slot, double status, const char* body) {
    tab.act("openSlot", &Runtime::openSlot, slot,
            std::string(R"({"kind":"similarItems","query":{"anchorId":"a","topK":2}})"));
    tab.requestDone(std::stod(tab.take("ask")[0]["requestId"]), status, {}, body);
    return tab.take("show").back()["state"];
  };
  CHECK(shownFor(1, 200, R"({"results":[]})") == "empty");
  CHECK(shownFor(2, 200, "<html>") == "error");
  CHECK(shownFor(3, 500, "") == "error");
}

TEST_CASE("A change of the metrics is notified, if the host wants notifications") {
  World world;
  TabOptions options;
  options.notify = true;
  Tab& tab = world.open(options);
  tab.take("notify");
  tab.serve();
  CHECK(tab.take("notify").size() == 1);
  world.advance(100);
  CHECK(tab.take("notify").empty());
  CHECK(world.open().take("notify").empty());
}

TEST_CASE("A boot text of any shape opens a working runtime") {
  for (const char* boot :
       {"", "null", "[]", "{}", "oops", R"({"config":7,"state":[],"journals":{},"page":1,"storage":2,"seed":3})"}) {
    Runtime runtime(boot, std::numeric_limits<double>::quiet_NaN());
    CHECK(runtime.serve(R"({"surface":"s","source":"t","itemIds":[]})", 5) == 0);
    CHECK_FALSE(runtime.drainEffects().empty());
    CHECK(runtime.visitorId().size() == 26);
  }
}
