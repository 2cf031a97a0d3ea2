#include "shopper/identity.h"

#include <catch2/catch_test_macros.hpp>

#include "base/json.h"

using namespace vitrine;

namespace {

constexpr double kTimeoutMs = 30 * kMinuteMs;
constexpr TimeMs kStartMs = 1700000000000;

struct Shopper {
  Random random{"00112233445566778899aabbccddeeff"};
  Identity identity{random, kTimeoutMs};

  explicit Shopper(std::string_view record = {}, TimeMs wallMs = kStartMs) { identity.load(record, wallMs); }
};

std::string record(std::string_view visitor, std::string_view session, double seenMs, std::string_view user = {}) {
  Text out;
  JsonObject json(out);
  json.add("v", visitor).add("s", session).add("t", seenMs);
  if (!user.empty()) json.add("u", user);
  json.close();
  return out;
}

}  // namespace

TEST_CASE("A first visit begins a visitor and a session without a user") {
  Shopper shopper;
  const std::string visitor = shopper.identity.visitorId();
  CHECK(visitor.substr(0, 2) == "v_");
  CHECK(visitor.size() == 26);
  CHECK(shopper.identity.sessionId(kStartMs).substr(0, 2) == "s_");
  CHECK(shopper.identity.userId().empty());
}

TEST_CASE("The next page starts with the saved ids") {
  Shopper first;
  first.identity.identify("user-1");
  const std::string saved = first.identity.unsaved(kStartMs);
  Shopper second(saved, kStartMs + 1000);
  CHECK(second.identity.visitorId() == first.identity.visitorId());
  CHECK(second.identity.sessionId(kStartMs + 1000) == first.identity.sessionId(kStartMs + 1000));
  CHECK(second.identity.userId() == "user-1");
  CHECK(second.identity.unsaved(kStartMs + 1000).empty());
}

TEST_CASE("A session lasts exactly its timeout and ends one millisecond later") {
  Shopper shopper;
  const std::string session = shopper.identity.sessionId(kStartMs);
  CHECK(shopper.identity.sessionId(kStartMs + kTimeoutMs) == session);
  CHECK(shopper.identity.sessionId(kStartMs + kTimeoutMs + 1) != session);
}

TEST_CASE("Activity keeps a session alive while the pauses are short") {
  Shopper shopper;
  const std::string session = shopper.identity.sessionId(kStartMs);
  TimeMs now = kStartMs;
  for (int i = 0; i < 20; ++i) shopper.identity.touch(now += kTimeoutMs);
  CHECK(shopper.identity.sessionId(now) == session);
  shopper.identity.touch(now += kTimeoutMs + 1);
  CHECK(shopper.identity.sessionId(now) != session);
}

TEST_CASE("Reading the session id is no activity") {
  Shopper shopper;
  const std::string session = shopper.identity.sessionId(kStartMs);
  shopper.identity.sessionId(kStartMs + kTimeoutMs);
  CHECK(shopper.identity.sessionId(kStartMs + kTimeoutMs + 1) != session);
}

TEST_CASE("A new session keeps the visitor and the user") {
  Shopper shopper;
  shopper.identity.identify("user-1");
  const std::string visitor = shopper.identity.visitorId();
  shopper.identity.touch(kStartMs + kDayMs);
  CHECK(shopper.identity.visitorId() == visitor);
  CHECK(shopper.identity.userId() == "user-1");
}

TEST_CASE("A stored session that was idle for too long ends when it is next used") {
  Shopper fresh(record("v_a", "s_a", kStartMs), kStartMs + kTimeoutMs);
  CHECK(fresh.identity.sessionId(kStartMs + kTimeoutMs) == "s_a");
  Shopper stale(record("v_a", "s_a", kStartMs), kStartMs + kTimeoutMs + 1);
  CHECK(stale.identity.visitorId() == "v_a");
  CHECK(stale.identity.sessionId(kStartMs + kTimeoutMs + 1) != "s_a");
}

TEST_CASE("A record from a clock that was ahead does not keep its session alive longer") {
  Shopper shopper(record("v_a", "s_a", kStartMs + kDayMs), kStartMs);
  CHECK(shopper.identity.sessionId(kStartMs + kTimeoutMs) == "s_a");
  CHECK(shopper.identity.sessionId(kStartMs + kTimeoutMs + 1) != "s_a");
}

TEST_CASE("A clock set back neither ends a session nor makes it endless") {
  Shopper shopper;
  const std::string session = shopper.identity.sessionId(kStartMs);
  shopper.identity.touch(kStartMs - kDayMs);
  CHECK(shopper.identity.sessionId(kStartMs - kDayMs) == session);
  shopper.identity.touch(kStartMs - kDayMs + kTimeoutMs + 1);
  CHECK(shopper.identity.sessionId(kStartMs - kDayMs + kTimeoutMs + 1) != session);
}

TEST_CASE("reset() begins a new visitor and session, and forgets the user") {
  Shopper shopper;
  shopper.identity.identify("user-1");
  const std::string visitor = shopper.identity.visitorId();
  const std::string session = shopper.identity.sessionId(kStartMs);
  shopper.identity.reset(kStartMs + 5);
  CHECK(shopper.identity.visitorId() != visitor);
  CHECK(shopper.identity.sessionId(kStartMs + 5) != session);
  CHECK(shopper.identity.userId().empty());
}

TEST_CASE("Events carry the three ids; the user id is null if it is not known") {
  Shopper shopper(record("v_a", "s_a", kStartMs), kStartMs);
  CHECK(shopper.identity.fragment() == R"("visitorId":"v_a","sessionId":"s_a","userId":null)");
  shopper.identity.identify("a\"b\n");
  CHECK(shopper.identity.fragment() == R"("visitorId":"v_a","sessionId":"s_a","userId":"a\"b\n")");
}

TEST_CASE("Activity is saved in steps, a change of ids at once") {
  Shopper shopper;
  CHECK_FALSE(shopper.identity.unsaved(kStartMs).empty());
  CHECK(shopper.identity.unsaved(kStartMs).empty());
  shopper.identity.touch(kStartMs + 5999);
  CHECK(shopper.identity.unsaved(kStartMs + 5999).empty());
  shopper.identity.touch(kStartMs + 6000);
  CHECK_FALSE(shopper.identity.unsaved(kStartMs + 6000).empty());
  shopper.identity.identify("user-1");
  CHECK_FALSE(shopper.identity.unsaved(kStartMs + 6001).empty());
  shopper.identity.identify("user-1");
  CHECK(shopper.identity.unsaved(kStartMs + 6002).empty());
}

TEST_CASE("The record of another tab is adopted, and its activity counts") {
  Shopper shopper(record("v_a", "s_a", kStartMs), kStartMs);
  shopper.identity.merge(record("v_b", "s_b", kStartMs + 10, "user-2"), kStartMs + 10);
  CHECK(shopper.identity.visitorId() == "v_b");
  CHECK(shopper.identity.userId() == "user-2");
  CHECK(shopper.identity.fragment().find("user-2") != std::string::npos);
  CHECK(shopper.identity.unsaved(kStartMs + 10).empty());
  shopper.identity.merge(record("v_b", "s_b", kStartMs + kTimeoutMs), kStartMs + kTimeoutMs);
  CHECK(shopper.identity.sessionId(kStartMs + 2 * kTimeoutMs) == "s_b");
}

TEST_CASE("An older time in another tab's record does not shorten the session") {
  Shopper shopper(record("v_a", "s_a", kStartMs), kStartMs);
  shopper.identity.touch(kStartMs + kTimeoutMs);
  shopper.identity.merge(record("v_a", "s_a", kStartMs + 1), kStartMs + kTimeoutMs);
  CHECK(shopper.identity.sessionId(kStartMs + 2 * kTimeoutMs) == "s_a");
}

TEST_CASE("A removed record is written again") {
  Shopper shopper(record("v_a", "s_a", kStartMs), kStartMs);
  CHECK(shopper.identity.unsaved(kStartMs).empty());
  shopper.identity.merge({}, kStartMs);
  CHECK(shopper.identity.visitorId() == "v_a");
  CHECK(parseJson(shopper.identity.unsaved(kStartMs)).isObject());
}

TEST_CASE("An unreadable record is ignored") {
  for (const std::string& text :
       {std::string("oops"), std::string("[]"), std::string("{}"), record("v_", "s_a", 1), record("x_a", "s_a", 1),
        record("v_a", "s_A", 1), record("v_a", "s_a\"", 1), record("v_" + std::string(63, 'a'), "s_a", 1),
        std::string(R"({"v":1,"s":2,"t":3})")}) {
    CAPTURE(text);
    Shopper shopper(text);
    CHECK(shopper.identity.visitorId().size() == 26);
    CHECK(shopper.identity.visitorId() != "v_a");
    CHECK_FALSE(shopper.identity.unsaved(kStartMs).empty());
  }
}

TEST_CASE("A stored user id of any length or type does not enter the events") {
  CHECK(Shopper(record("v_a", "s_a", 1, std::string(257, 'u'))).identity.userId().empty());
  CHECK(Shopper(record("v_a", "s_a", 1, std::string(256, 'u'))).identity.userId().size() == 256);
  CHECK(Shopper(R"({"v":"v_a","s":"s_a","t":1,"u":7})").identity.userId().empty());
}
