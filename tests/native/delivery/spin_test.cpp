// Tests that no host makes the core spin: one that refuses every lock, fails every write, or replies to every request
// at once.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "runtime/runtime.h"
#include "simulation/effect_text.h"
#include "simulation/services.h"
#include "simulation/tab.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

// A host that answers every effect within its own drain.
struct AnswersAtOnce {
  double nowMs = 1'760'000'000'000;
  Runtime runtime;
  bool locks = true, writes = true;
  int status = 200;

  int drains = 0, wakes = 0, sends = 0, claims = 0;
  std::size_t mostEffects = 0;

  explicit AnswersAtOnce(ServiceName service, const std::string& journals = "[]")
      : runtime(R"({"config":)" + configOf(service) + R"(,"seed":"00112233445566778899aabbccddeeff",)" +
                    R"("page":{"url":"https://shop.example/"},"storage":"localStorage","journals":)" + journals + "}",
                nowMs) {}

  void settle() {
    drains = 0;
    bool isAnswered = true;
    while (isAnswered && ++drains <= kMostAtOnce) {
      isAnswered = false;
      const std::vector<Effect> effects = readEffects(runtime.drainEffects());
      mostEffects = std::max(mostEffects, effects.size());
      for (const Effect& effect : effects) isAnswered |= answer(effect);
    }
    REQUIRE(drains <= kMostAtOnce);
  }
  bool answer(const Effect& effect) {
    if (effect.verb() == "claim") {
      ++claims;
      if (locks)
        runtime.claimed(effect["journalId"], "{}", nowMs);
      else
        runtime.claimRefused(effect["journalId"], nowMs);
    } else if (effect.verb() == "save" && !writes) {
      runtime.saveFailed(effect["key"], nowMs);
    } else if (effect.verb() == "scan") {
      runtime.found("[]", "[{}]", nowMs);
    } else if (effect.verb() == "send") {
      ++sends;
      runtime.requestDone(effect.number("requestId"), status, "", "", nowMs);
    } else if (effect.verb() == "reportViews") {
      runtime.checkViews(0, nowMs);
    } else {
      return false;
    }
    return true;
  }
  // Lets time pass, with wakes as the core asks for them.
  void advance(double ms) {
    const double until = nowMs + ms;
    int atOnce = 0;
    while (runtime.nextWakeMs() <= until) {
      atOnce = runtime.nextWakeMs() > nowMs ? 0 : atOnce + 1;
      REQUIRE(atOnce <= kMostAtOnce);
      nowMs = std::max(nowMs, runtime.nextWakeMs());
      ++wakes;
      runtime.wake(nowMs);
      settle();
    }
    nowMs = until;
  }
  void track(int n) {
    for (int i = 0; i < n; ++i) {
      Text item;
      JsonObject(item).add("itemId", "item" + std::to_string(i)).add("unitPrice", 1).add("currency", "EUR").close();
      runtime.shopEvent(i % 2 ? "addToCart" : "viewItem", item, "", nowMs);
    }
    settle();
  }
  void check() {
    for (const bool isVisible : {true, false}) {
      runtime.setPageState(isVisible, 1, nowMs);
      settle();
      track(30);
      wakes = 0;
      advance(10 * kSecondMs);
      CHECK(wakes < 100);  // ten seconds
      track(30);
      runtime.flush(1, nowMs);
      settle();
      advance(kMinuteMs);
    }
    CHECK(mostEffects <= kMostEffects);
    CHECK(claims < 50);
  }
};

}  // namespace

TEST_CASE("No host makes the core spin, whatever it refuses at once") {
  for (const ServiceName service : kAllServices) {
    for (const bool locks : {true, false}) {
      for (const bool writes : {true, false}) {
        CAPTURE(nameOf(service), locks, writes);
        AnswersAtOnce host(service);
        host.locks = locks;
        host.writes = writes;
        host.check();
      }
    }
  }
}

TEST_CASE("No status with which every request is replied to at once makes the core spin") {
  for (const ServiceName service : kAllServices) {
    for (const int status : {-2, -1, 0, 200, 302, 400, 401, 404, 408, 413, 422, 429, 500, 503}) {
      CAPTURE(nameOf(service), status);
      AnswersAtOnce host(service);
      host.status = status;
      host.check();
      CHECK(host.sends < 600);  // in 140 s, for 120 events
    }
  }
}

TEST_CASE("A page whose locks are all refused keeps its events, and sends them") {
  AnswersAtOnce host(ServiceName::kRefine);
  host.locks = host.writes = false;
  host.track(30);
  host.advance(kMinuteMs);
  const Json metrics = parseJson(host.runtime.metrics(host.nowMs));
  CHECK(numberMember(metrics, "sent", -1) == 30);
  CHECK(host.claims < 10);
}

TEST_CASE("A storage with thousands of foreign journals is taken over a part at a time") {
  std::string journals = "[";
  for (int i = 0; i < 4000; ++i) journals += (i ? ",\"" : "\"") + std::to_string(i) + "\"";
  AnswersAtOnce host(ServiceName::kRefine, journals + "]");
  const auto claims = named("claim", readEffects(host.runtime.drainEffects()));
  CHECK(claims.size() == 100);
}
