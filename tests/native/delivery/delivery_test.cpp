// Tests when events are sent and what the replies mean, from outside: a tab, its disk and the collector.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "native/delivery/delivered_shop.h"
#include "simulation/world.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

// Hides a page in which 400 views wait. Returns the bytes that it sends with keepalive.
std::size_t keepaliveBytesOfHiding(Shop& s) {
  s.tab.take("send");
  s.tab.task([&] {
    for (int i = 0; i < 400; ++i) s.tab.track("view", "i" + std::to_string(i));
    s.tab.act("pause", &Runtime::pause);
  });
  s.tab.take("send");
  s.tab.act("resume", &Runtime::resume);
  s.tab.take("send");
  s.world.advance(100);
  s.tab.hide();
  std::size_t bytes = 0;
  for (const Effect& send : s.tab.take("send")) bytes += send.flag("keepalive") ? send["body"].size() : 0;
  return bytes;
}

}  // namespace

TEST_CASE("Events wait to fill a batch, then leave together") {
  Shop s;
  s.clicks(4);
  s.world.advance(4900);
  CHECK(s.world.collector.batchSizes.empty());
  s.world.advance(200);
  CHECK(s.world.collector.batchSizes == Sizes{4});
  CHECK(s.tab.metric("queued") == 0);
  CHECK(s.world.disk.keysOf("vitrine:1:j:") == 0);
  CHECK(s.world.disk.copy.empty());
}

TEST_CASE("A full batch does not wait for the interval") {
  Shop s;
  s.clicks(10);
  s.world.advance(100);
  CHECK(s.world.collector.batchSizes == Sizes{10});
}

TEST_CASE("A few large events that fill a batch by size do not wait for the interval") {
  Shop s(TabOptions{.config = configWith(R"("events":{"maxBatchBytes":2048})")});
  s.clicks(2, std::string(400, 'x'));
  s.world.advance(100);
  CHECK(s.world.collector.batchSizes.empty());
  s.clicks(1, std::string(400, 'y'));
  s.world.advance(100);
  CHECK(s.world.collector.batchSizes == Sizes{2});
}

TEST_CASE("A purchase is sent at once") {
  Shop s;
  s.tab.purchase("o1");
  s.world.advance(100);
  CHECK(s.world.collector.has("o1"));
}

TEST_CASE("A failed batch is retried after growing waits, then after a cool-down, and is counted once") {
  Shop s;
  s.world.collector.rule = [](const Json&) { return failure(503); };
  s.clicks(10);
  s.world.advance(10000);
  CHECK(s.world.collector.batchSizes.size() == 4);  // the first and maxRetries more
  CHECK(s.tab.metric("retrying") == 10);
  CHECK(stringMember(s.tab.metrics(), "lastError") == "http 503");
  s.world.collector.rule = nullptr;
  s.world.advance(60000);
  CHECK(s.tab.metric("queued") == 0);
  CHECK(s.tab.metric("sent") == 11);
  CHECK(s.tab.metric("failed") == 0);
  CHECK(s.tab.metric("retrying") == 0);
}

TEST_CASE("A collector that cannot be reached in a whole burst of tries is told of once, also if it stays away") {
  Shop s;
  s.tab.take("log");
  s.world.collector.rule = [](const Json&) { return failure(0); };
  s.clicks(10);
  s.world.advance(kHourMs);
  const std::vector<Effect> logs = s.tab.take("log");
  REQUIRE(logs.size() == 1);
  CHECK(logs[0]["code"] == "unreachable");
  CHECK(s.tab.metric("queued") == 10);
}

TEST_CASE("A burst of tries that a reply ends is not told of") {
  Shop s;
  s.tab.take("log");
  s.world.collector.next = {failure(0), failure(0), failure(0)};
  s.clicks(10);
  s.world.advance(kMinuteMs);
  CHECK(s.tab.take("log").empty());
  CHECK(s.tab.metric("queued") == 0);
}

TEST_CASE("A collector that stays down receives few requests") {
  Shop s;
  s.world.collector.rule = [](const Json&) { return failure(500); };
  s.clicks(10);
  s.world.advance(kHourMs);
  CHECK(s.world.collector.batchSizes.size() < 60);
  CHECK(s.tab.metric("queued") == 10);
}

TEST_CASE("Retry-After delays the next try in both of its forms, also against flush()") {
  for (const char* header : {"40", "Tue, 14 Nov 2023 22:14:10 GMT"}) {
    Shop s;
    s.world.collector.next = {failure(429, header)};
    s.clicks(10);
    s.world.advance(1000);
    s.tab.flush(1);
    CHECK(s.tab.settled[1].find("\"reason\":\"http 429\"") != std::string::npos);
    s.world.advance(30000);
    CHECK(s.world.collector.batchSizes.size() == 1);
    s.world.advance(15000);
    CHECK(s.world.collector.batchSizes.size() == 2);
    CHECK(s.tab.metric("queued") == 0);
  }
}

TEST_CASE("After a lost reply the same event ids are sent again, and the collector has them once") {
  Shop s;
  s.world.collector.next = {lostReply()};
  s.clicks(10);
  s.world.advance(5000);
  CHECK(s.world.collector.batchSizes.size() == 2);
  CHECK(s.world.collector.stored["i3"] == 1);
}

TEST_CASE("A batch that is too large is halved until it fits") {
  Shop s;
  s.world.collector.rule = [](const Json& batch) {
    return member(batch, "events")->children.size() > 3 ? failure(413) : Reply();
  };
  s.clicks(16);
  s.world.advance(20000);
  CHECK(s.tab.metric("queued") == 0);
  CHECK(s.tab.dropped() == 0);
  CHECK(s.world.collector.events.size() == 17);
}

TEST_CASE("An event that is too large for the collector by itself is dropped, and no other event is") {
  Shop s;
  s.world.collector.rule = [](const Json& batch) {
    for (const Json& event : member(batch, "events")->children) {
      if (stringMember(event, "itemId") == "i5") return failure(413);
    }
    return Reply();
  };
  s.clicks(12);
  s.world.advance(30000);
  CHECK(s.tab.dropped("tooLarge") == 1);
  CHECK(s.world.collector.events.size() == 12);
}

TEST_CASE("A bad event is found in few requests, and it alone is dropped") {
  Shop s;
  s.tab.task([&] {
    for (int i = 0; i < 40; ++i) s.tab.track("click", i == 23 ? "poison" : "i" + std::to_string(i));
  });
  s.world.advance(60000);
  CHECK(s.tab.metric("queued") == 0);
  CHECK(s.tab.dropped("rejected") == 1);
  CHECK(s.tab.metric("failed") == 1);
  CHECK(s.world.collector.events.size() == 40);
  CHECK(s.world.collector.batchSizes.size() < 30);
}

TEST_CASE("A collector that rejects everything does not use up the whole queue") {
  Shop s;
  s.world.collector.rule = [](const Json&) { return failure(400); };
  s.clicks(50);
  s.world.advance(60000);
  CHECK(s.tab.dropped("rejected") < 8);
  CHECK(s.tab.metric("queued") > 40);
}

TEST_CASE("A wrong key or address drops one batch; then events are sent one at a time") {
  for (const int status : {401, 403, 404, 410}) {
    Shop s;
    s.world.collector.next = {failure(status)};
    s.clicks(10);
    s.world.advance(200);
    CHECK(s.tab.dropped("refused") == 10);
    s.clicks(10, "j");
    s.world.advance(200);
    CHECK(s.world.collector.batchSizes.size() == 1);  // cooling down
    s.world.advance(60000);
    CHECK(s.world.collector.batchSizes[1] == 1);
    CHECK(s.tab.metric("queued") == 0);
    CHECK(s.tab.metric("failed") == 10);
  }
}

TEST_CASE("flush() settles when all events queued before it are delivered, with their number") {
  Shop s;
  s.clicks(3);
  s.tab.flush(1);
  s.clicks(2, "later");
  s.world.advance(80);
  CHECK(s.tab.settled[1] == R"({"delivered":3,"remaining":0})");
  s.world.advance(6000);
  s.tab.flush(2);
  CHECK(s.tab.settled[2] == R"({"delivered":0,"remaining":0})");
}

TEST_CASE("flush() settles with the reason why events remain") {
  Shop s;
  const auto flushed = [&](double callId) {
    s.tab.flush(callId);
    return std::string(stringMember(parseJson(s.tab.settled[callId]), "reason"));
  };
  s.tab.act("pause", &Runtime::pause);
  s.clicks(2);
  CHECK(flushed(1) == "paused");
  s.tab.act("resume", &Runtime::resume);
  s.world.isDown = true;
  s.tab.flush(3);
  s.world.advance(30000);
  CHECK(s.tab.settled[3] == R"({"delivered":0,"remaining":2,"reason":"network"})");
  s.world.isDown = false;
}

TEST_CASE("A pending flush settles when the browser goes offline") {
  Shop s;
  s.world.isDown = true;
  s.clicks(2);
  s.tab.flush(1);
  s.tab.setPage(true, false);
  s.world.advance(200);
  CHECK(s.tab.settled[1] == R"({"delivered":0,"remaining":2,"reason":"offline"})");
}

TEST_CASE("flushWithin() delays a redirect no longer than its time limit") {
  Shop s;
  s.world.networkMs = 1000;
  s.clicks(2);
  s.tab.act("flushWithin", &Runtime::flushWithin, 1.0, 150.0);
  s.world.advance(149);
  CHECK_FALSE(s.tab.settled.contains(1));
  s.world.advance(2);
  CHECK(s.tab.settled[1] == R"({"delivered":0,"remaining":2,"reason":"deadline"})");
}

TEST_CASE("While paused, events are kept; afterwards they are sent") {
  Shop s;
  s.tab.act("pause", &Runtime::pause);
  s.clicks(12);
  s.world.advance(60000);
  CHECK(s.world.collector.batchSizes.empty());
  s.tab.act("resume", &Runtime::resume);
  s.world.advance(100);
  CHECK(s.world.collector.batchSizes == Sizes{12});
}

TEST_CASE("A page that is hidden sends at once, with keepalive and within the keepalive budget") {
  Shop s;
  const std::size_t keepaliveBytes = keepaliveBytesOfHiding(s);
  CHECK(keepaliveBytes > 0);
  CHECK(keepaliveBytes <= 64 * 1024);
  s.world.advance(30000);
  CHECK(s.tab.metric("queued") == 0);
  CHECK(s.world.collector.events.size() == 401);
}

TEST_CASE("A hidden page counts a batch in another form as larger, so that keepalive requests stay within the budget") {
  Shop s(TabOptions{.config = R"({"events":{"url":"https://c.example/e","format":"snowplow"}})"});
  const std::size_t bytes = keepaliveBytesOfHiding(s);
  CHECK(bytes > 0);
  CHECK(bytes * kFormatGrowth <= 60 * 1024);
}

TEST_CASE("When the browser refuses keepalive, the events are sent without it and none is lost") {
  Shop s;
  s.world.refusesKeepalive = true;
  s.clicks(3);
  s.tab.hide();
  s.world.advance(3000);
  CHECK(s.world.collector.events.size() == 4);
  CHECK(s.tab.metric("failed") == 0);
}

TEST_CASE("When the shopper starts to leave, the waiting events are sent at once") {
  Shop s;
  s.clicks(2);
  s.tab.act("leaving", &Runtime::leaving);
  s.world.advance(100);
  CHECK(s.world.collector.batchSizes == Sizes{2});
}

TEST_CASE("Events of a visible page arrive in order, whatever fails") {
  Shop s;
  s.world.collector.next = {failure(503), lostReply(), failure(413), failure(0), failure(429, "1")};
  for (int i = 0; i < 60; ++i) {
    s.tab.track("click", "i" + std::to_string(100 + i));
    s.world.advance(150);
  }
  s.world.advance(120000);
  const auto ids = s.world.collector.itemIds();
  CHECK(ids.size() == 60);
  CHECK(std::is_sorted(ids.begin(), ids.end()));
}

TEST_CASE("Events older than a week are dropped, younger ones are sent") {
  Shop s;
  s.tab.act("pause", &Runtime::pause);
  s.clicks(3, "old");
  s.tab.purchase("order");
  s.world.advance(7 * kDayMs + 1000);
  s.clicks(3, "new");
  s.tab.act("resume", &Runtime::resume);
  s.world.advance(1000);
  CHECK(s.tab.dropped("expired") == 3);
  CHECK(s.world.collector.has("new0"));
  CHECK(s.world.collector.has("order"));
  CHECK_FALSE(s.world.collector.has("old0"));
}
