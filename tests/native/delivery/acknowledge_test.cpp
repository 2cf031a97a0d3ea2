// Tests events.acknowledge: a reply counts as delivery only if the collector itself has confirmed the batch.
#include <catch2/catch_test_macros.hpp>

#include "simulation/world.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

// A page whose events go to the shop's own collector, which must acknowledge them.
struct Acknowledged {
  World world;
  Tab& tab;

  Acknowledged() : tab(world.open({.config = configWith(R"("events":{"acknowledge":true})")})) {
    answer([](std::size_t n) { return R"({"accepted":)" + std::to_string(n) + "}"; });
  }
  void answer(std::function<std::string(std::size_t)> body) {
    world.collector.rule = [body](const Json& batch) {
      Reply reply;
      reply.body = body(member(batch, "events")->children.size());
      reply.isStored = reply.body.find("accepted") != std::string::npos;
      return reply;
    };
  }
};

}  // namespace

TEST_CASE("With events.acknowledge, a 2xx that names no accepted events delivers nothing, and is told once") {
  for (const char* body : {"<!doctype html><title>Log in</title>", "", "{}", "[]", "null", R"({"accepted":"3"})"}) {
    CAPTURE(body);
    Acknowledged s;
    s.answer([body](std::size_t) { return body; });
    s.tab.purchase("o-1");
    s.tab.flush(1);
    s.world.advance(60000);
    CHECK(s.tab.metric("queued") == 1);
    CHECK(s.tab.metric("sent") == 0);
    CHECK(s.tab.settled[1] == R"({"delivered":0,"remaining":1,"reason":"unacknowledged"})");
    CHECK(s.tab.take("log").size() == 1);
    s.answer([](std::size_t n) { return R"({"status":"ok","accepted":)" + std::to_string(n) + "}"; });
    s.world.advance(5 * kMinuteMs);
    CHECK(s.tab.metric("queued") == 0);
    CHECK(s.tab.dropped() == 0);
  }
}

TEST_CASE("With events.acknowledge the reply's body is read; without it the status is enough") {
  Acknowledged with;
  World world;
  Tab& without = world.open();
  for (Tab* tab : {&with.tab, &without}) tab->purchase("o-1");
  CHECK(with.tab.take("send").at(0).flag("readsBody"));
  CHECK_FALSE(without.take("send").at(0).flag("readsBody"));
}

TEST_CASE("A collector that accepts too few events for a moment gets all of them") {
  Acknowledged s;
  int replies = 0;
  s.answer([&replies](std::size_t n) { return R"({"accepted":)" + std::to_string(++replies <= 3 ? 0 : n) + "}"; });
  s.tab.task([&] {
    s.tab.serve();
    for (int i = 0; i < 12; ++i) s.tab.track("click", "i" + std::to_string(i));
    s.tab.purchase("o-1");
  });
  s.world.advance(60000);
  CHECK(s.tab.metric("queued") == 0);
  CHECK(s.tab.metric("sent") == 14);
  CHECK(s.tab.dropped() == 0);
}

TEST_CASE("An event that the collector never accepts is dropped after the tries of a burst, and no other event is") {
  Acknowledged s;
  s.world.collector.rule = [](const Json& batch) {
    std::size_t n = 0;
    for (const Json& event : member(batch, "events")->children) n += stringMember(event, "itemId") != "bad";
    Reply reply;
    reply.body = R"({"accepted":)" + std::to_string(n) + "}";
    return reply;
  };
  s.tab.task([&] {
    s.tab.serve();
    for (int i = 0; i < 12; ++i) s.tab.track("click", i == 5 ? "bad" : "i" + std::to_string(i));
  });
  s.world.advance(5 * kMinuteMs);
  CHECK(s.tab.metric("queued") == 0);
  CHECK(s.tab.metric("sent") == 12);
  CHECK(s.tab.dropped("rejected") == 1);
}
