// The ids that a data call carries.
#include "native/calls/calls_harness.h"

using namespace vitrine;
using namespace vitrine::test;

TEST_CASE("A reply is reused only for the same shopper, and never if the call wants a new one") {
  CallsHarness harness;
  std::uint32_t request = 0;
  const auto isAsked = [&](const char* more = "") {
    harness.askSimilar(1, more);
    if (harness.sent().empty()) return false;
    harness.reply(++request, kTwo);
    return true;
  };
  CHECK(isAsked());
  CHECK_FALSE(isAsked());
  CHECK(isAsked(R"(,"maxAge":0)"));
  harness.asker.visitorId = "v_b";
  CHECK(isAsked());
  CHECK_FALSE(isAsked());
  harness.calls.takeOutcomes();
  harness.asker.userId = "another";
  CHECK(isAsked());
  harness.calls.start(callListener(2), QueryKind::kSimilarItems, parseJson(R"({"anchorId":"x","topK":2})"),
                      harness.asker, harness.nowMs, true);
  CHECK(harness.sent().size() == 1);
  harness.reply(++request, kTwo);
  harness.options.maxAgeMs = harness.options.staleMs = 0;
  CHECK(isAsked());
}

TEST_CASE("A call of a known user keeps that user, also as a retry and for its fallback") {
  CallsHarness harness;
  const auto askFor = [&](double callId, const char* user) {
    harness.asker.userId = user;
    harness.asker.visitorId = std::string("v_") + user;
    harness.calls.setAsker(harness.asker, harness.nowMs);
    harness.ask(callId, "forUser", R"({"configId":"p","topK":2,"fallback":[{"kind":"forVisitor","configId":"q"}]})");
  };
  const auto isAbout = [](const std::string& text, const char* user) {
    return text.find(std::string("v_") + user) != std::string::npos ||
           text.find(std::string("\"") + user + "\"") != std::string::npos;
  };
  askFor(1, "anna");
  askFor(2, "bob");
  askFor(3, "carl");
  harness.calls.setAsker(harness.asker, harness.nowMs);
  const Lines sent = harness.sent();
  REQUIRE(sent.size() == 3);
  CHECK(isAbout(sent[0], "anna"));
  CHECK(isAbout(sent[1], "bob"));
  CHECK(isAbout(sent[2], "carl"));
  harness.reply(1, "", 503, "1");
  harness.reply(2, R"({"results":[]})");
  harness.calls.setAsker(harness.asker, harness.nowMs);
  const Lines fallback = harness.sent();
  REQUIRE(fallback.size() == 1);
  CHECK(isAbout(fallback[0], "bob"));
  harness.nowMs += 1000;
  const Lines again = harness.sent();
  REQUIRE(again.size() == 1);
  CHECK(isAbout(again[0], "anna"));
  // No cached reply crosses from one shopper to another.
  harness.reply(5, kTwo);
  askFor(4, "anna");
  CHECK(harness.sent().size() == 1);
}

TEST_CASE("A user who becomes known at once is the user of an earlier call in a page, and not on a server") {
  for (const bool isServer : {false, true}) {
    CallsHarness harness;
    harness.options.isServer = isServer;
    harness.asker.userId = "";
    harness.asker.visitorId = "v_a";
    harness.ask(1, "forVisitor", R"({"configId":"p","topK":2})");
    harness.asker.userId = "anna";
    harness.asker.visitorId = "v_b";
    harness.calls.setAsker(harness.asker, harness.nowMs);
    const Lines sent = harness.sent();
    REQUIRE(sent.size() == 1);
    CHECK((sent[0].find("v_a") != std::string::npos) == isServer);
  }
}

TEST_CASE("A fallback carries no ids once consent is gone") {
  CallsHarness harness;
  harness.asker.visitorId = "v_a";
  harness.ask(1, "forVisitor", R"({"configId":"p","topK":2,"fallback":[{"kind":"forVisitor","configId":"q"}]})");
  harness.sent();
  harness.calls.setAsker({}, harness.nowMs);
  harness.reply(1, R"({"results":[]})");
  harness.calls.setAsker({}, harness.nowMs);
  const Lines sent = harness.sent();
  REQUIRE(sent.size() == 1);
  CHECK(sent[0].find("v_a") == std::string::npos);
}

TEST_CASE("When the shopper changes, unsent requests and retries are rebuilt with the new ids") {
  CallsHarness harness;
  harness.asker.visitorId = "v_a";
  harness.ask(1, "forVisitor", R"({"configId":"p","topK":2})");
  harness.ask(2, "forUser", R"({"configId":"p","topK":2})");
  harness.calls.setAsker({}, harness.nowMs);
  const Lines sent = harness.sent();
  REQUIRE(sent.size() == 1);
  CHECK(sent[0].find("v_a") == std::string::npos);
  CHECK(harness.outcomes() == Lines{"2! consent-required"});

  harness.asker.visitorId = "v_b";
  harness.ask(3, "forVisitor", R"({"configId":"q","topK":2})");
  harness.sent();
  harness.reply(2, "", 0);
  harness.calls.setAsker({}, harness.nowMs);
  harness.nowMs += 1000;
  CHECK(harness.sent()[0].find("v_b") == std::string::npos);
}
