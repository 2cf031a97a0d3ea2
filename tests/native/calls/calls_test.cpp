#include "calls/calls.h"

#include "native/services/service_bench.h"
#include "services/make_service.h"
#include "simulation/effect_text.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

struct Harness {
  List<Problem> problems;
  std::unique_ptr<Service> service;
  CallOptions options;
  PageProducts pageProducts;
  Random random{"0123456789abcdef0123456789abcdef"};
  Effects effects;
  std::uint32_t lastRequest = 0;
  Calls calls;
  double nowMs = 1000;

  explicit Harness(const char* name = "refine",
                   std::string_view given = R"({"apiKey":"pk","organizationId":"o","catalogId":"c"})")
      : service(makeService(name, parseJson(given), problems)),
        calls(*service, options, pageProducts, random, effects, lastRequest) {
    asker.isAllowed = true;
    asker.userId = "u";
  }

  Asker asker;

  void ask(double callId, const char* kind, std::string_view query) { ask(callListener(callId), kind, query); }
  void ask(Listener listener, const char* kind, std::string_view query) {
    calls.start(listener, std::string_view(kind), parseJson(query), asker, nowMs);
  }
  // Makes the same query each time.
  void askSimilar(double callId, const char* more = "") {
    ask(callId, "similarItems", R"({"anchorId":"x","topK":2)" + std::string(more) + "}");
  }
  // Sends the requests that are due, and returns their addresses and bodies.
  std::vector<std::string> sent() {
    calls.advance(nowMs);
    std::vector<std::string> out;
    for (const auto& effect : drained(effects)) {
      if (effect.verb() == "ask") out.push_back(effect["url"] + " " + effect["body"]);
    }
    return out;
  }
  void reply(std::uint32_t request, std::string_view body, int status = 200, std::string_view retryAfter = {}) {
    calls.requestDone(request, status, retryAfter, body, nowMs, nowMs);
  }
  // Returns one line per outcome: the listener ("slot 1" for a slot) and the products, as in "1: a b", or an error, as
  // in "1! code".
  std::vector<std::string> outcomes() {
    std::vector<std::string> out;
    for (const Outcome& outcome : calls.takeOutcomes()) {
      std::string line = outcome.listener.isSlot() ? "slot " : "";
      line += std::to_string(static_cast<int>(outcome.listener.number)) + (outcome.slate ? ":" : "!");
      if (outcome.slate) {
        for (const auto& product : outcome.slate->products) line += " " + product->id;
      }
      if (outcome.problem) line += " " + outcome.problem->code;
      out.push_back(line);
    }
    return out;
  }
};

using Lines = std::vector<std::string>;

constexpr char kTwo[] = R"({"results":[{"productId":"a"},{"productId":"b"}]})";
constexpr char kMore[] = R"({"results":[{"productId":"b"},{"productId":"c"},{"productId":"d"}]})";

}  // namespace

TEST_CASE("Calls with equal queries share a request, and each receives its own outcome") {
  Harness harness;
  harness.ask(1, "similarItems", R"({"anchorId":"x","topK":2})");
  harness.ask(2, "similarItems", R"({"anchorId":"x","topK":2})");
  CHECK(harness.sent().size() == 1);
  harness.reply(1, kTwo);
  CHECK(harness.outcomes() == Lines{"1: a b", "2: a b"});
}

TEST_CASE("Missing products are requested from the next fallback") {
  Harness harness;
  harness.ask(
      1, "forUser",
      R"({"configId":"personalized","topK":4,"minResults":3,"fallback":[{"kind":"forVisitor","configId":"popular"}]})");
  CHECK(harness.sent()[0].find("/recs/user") != std::string::npos);
  harness.reply(1, kTwo);
  CHECK(harness.outcomes().empty());
  const Lines second = harness.sent();
  REQUIRE(second.size() == 1);
  CHECK(second[0].find("/recs/visitor") != std::string::npos);
  CHECK(second[0].find(R"("topK":2)") != std::string::npos);
  harness.reply(2, kMore);
  CHECK(harness.outcomes() == Lines{"1: a b c d"});
}

TEST_CASE("A failed source leads to the next, and the last cached reply stands in when all have failed") {
  Harness harness;
  const char kQuery[] = R"({"configId":"p","topK":2,"maxAge":0,"fallback":[{"kind":"forVisitor","configId":"q"}]})";
  harness.ask(1, "forUser", kQuery);
  harness.sent();
  harness.reply(1, kTwo);
  CHECK(harness.outcomes() == Lines{"1: a b"});
  harness.ask(1, "forUser", kQuery);
  harness.sent();
  harness.reply(2, "", 500);
  CHECK(harness.sent().size() == 1);
  harness.reply(3, "", 500);
  CHECK(harness.outcomes() == Lines{"1: a b request-failed"});
}

TEST_CASE("When the time budget ends, a call settles with the products received so far") {
  Harness harness;
  harness.ask(
      1, "forUser",
      R"({"configId":"p","topK":4,"minResults":3,"timeBudget":500,"fallback":[{"kind":"forVisitor","configId":"q"}]})");
  harness.sent();
  harness.reply(1, kTwo);
  harness.sent();
  CHECK(harness.calls.nextWakeMs() == 1500);
  harness.nowMs = 1500;
  harness.calls.advance(harness.nowMs);
  CHECK(harness.outcomes() == Lines{"1: a b"});
  harness.ask(2, "forUser", R"({"configId":"z","topK":4,"timeBudget":500})");
  harness.sent();
  harness.nowMs = 2000;
  harness.calls.advance(harness.nowMs);
  CHECK(harness.outcomes() == Lines{"2! timeout"});
}

TEST_CASE("Products shown by other slots and products in the cart are excluded, and more are requested") {
  Harness harness;
  harness.ask(slotListener(1), "similarItems", R"({"anchorId":"x","topK":2})");
  harness.sent();
  harness.reply(1, kTwo);
  CHECK(harness.outcomes() == Lines{"slot 1: a b"});
  harness.pageProducts.addToCart("d");
  harness.ask(slotListener(2), "forVisitor", R"({"configId":"p","topK":2,"exclude":["shown","inCart"]})");
  CHECK(harness.sent()[0].find(R"("topK":5)") != std::string::npos);
  harness.reply(2, kMore);
  CHECK(harness.outcomes() == Lines{"slot 2: c"});
}

TEST_CASE("Placements of one page type share a request, and each call receives its own slate") {
  Harness harness("richrelevance", R"({"apiKey":"pk","apiClientKey":"pk"})");
  harness.ask(1, "trending", R"({"configId":"home_page.a"})");
  harness.ask(2, "trending", R"({"configId":"home_page.b"})");
  const Lines sent = harness.sent();
  REQUIRE(sent.size() == 1);
  CHECK(sent[0].find("&placements=home_page.a%7Chome_page.b") != std::string::npos);
  harness.reply(1, R"({"status":"ok","placements":[{"placement":"home_page.a","recommendedProducts":[{"id":"1"}]},
    {"placement":"home_page.b","recommendedProducts":[{"id":"2"}]}]})");
  CHECK(harness.outcomes() == Lines{"1: 1", "2: 2"});
}

TEST_CASE("Placements of different page types go out in separate requests") {
  Harness harness("richrelevance", R"({"apiKey":"pk","apiClientKey":"pk"})");
  harness.ask(1, "trending", R"({"configId":"home_page.a"})");
  harness.ask(2, "trending", R"({"configId":"generic_page.b"})");
  harness.ask(3, "trending", R"({"configId":"home_page.c"})");
  const Lines sent = harness.sent();
  REQUIRE(sent.size() == 2);
  CHECK(sent[0].find("&placements=home_page.a%7Chome_page.c") != std::string::npos);
  CHECK(sent[1].find("&placements=generic_page.b") != std::string::npos);
}

TEST_CASE("A young reply is reused, an older one while the next is fetched; an equal reply gives the same slate") {
  Harness harness;
  const auto next = [&] { return harness.calls.takeOutcomes()[0].slate; };
  harness.askSimilar(1);
  harness.sent();
  harness.reply(1, kTwo);
  const auto first = next();
  harness.nowMs += 59'000;
  harness.askSimilar(1);
  CHECK(harness.sent().empty());
  CHECK(next() == first);
  harness.nowMs += 200'000;
  harness.askSimilar(1);
  CHECK(next() == first);
  CHECK(harness.sent().size() == 1);
  harness.reply(2, kTwo);
  harness.nowMs += 59'000;
  harness.askSimilar(1);
  CHECK(next() == first);
  CHECK(harness.sent().empty());
  harness.nowMs += 300'000;
  harness.askSimilar(1);
  CHECK(harness.sent().size() == 1);
  CHECK(harness.calls.takeOutcomes().empty());
}

TEST_CASE("A reply is reused only for the same shopper, and never if the call wants a new one") {
  Harness harness;
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

TEST_CASE("A reply without products is not reused") {
  Harness harness;
  harness.askSimilar(1);
  harness.sent();
  harness.reply(1, R"({"results":[]})");
  harness.askSimilar(1);
  CHECK(harness.sent().size() == 1);
}

TEST_CASE("An error that may pass in a moment is retried once, within the timeout of the request") {
  const auto isRetried = [](int status, const char* retryAfter, double afterMs = 100) {
    Harness harness;
    harness.askSimilar(1);
    harness.sent();
    harness.nowMs += afterMs;
    harness.reply(1, "", status, retryAfter);
    const double wakeMs = harness.calls.nextWakeMs();
    if (!harness.outcomes().empty()) return -1.0;
    const double waitMs = wakeMs - harness.nowMs;
    harness.nowMs = wakeMs;
    CHECK(harness.sent().size() == 1);
    harness.reply(2, "", status, retryAfter);
    CHECK(harness.outcomes() == Lines{"1! request-failed"});
    return waitMs;
  };
  for (const int status : {0, 502, 503, 504}) {
    const double waitMs = isRetried(status, "");
    CHECK(waitMs >= 200);
    CHECK(waitMs <= 400);
  }
  CHECK(isRetried(503, "1") == 1000);
  CHECK(isRetried(429, "2") == 2000);
  for (const int status : {-1, -2, 200, 400, 401, 403, 404, 408, 422, 500, 501, 505})
    CHECK(isRetried(status, "") == -1);
  CHECK(isRetried(429, "") == -1);
  CHECK(isRetried(429, "3") == -1);
  CHECK(isRetried(503, "3600") == -1);
  CHECK(isRetried(0, "", 9000) > 0);
  CHECK(isRetried(0, "", 9400) == -1);
}

TEST_CASE("A retry has the rest of the timeout, and the shop sets the number of retries") {
  Harness harness;
  harness.options.retries = 2;
  harness.options.timeoutMs = 3000;
  harness.askSimilar(1);
  harness.calls.advance(harness.nowMs);
  CHECK(drained(harness.effects)[0]["timeoutMs"] == "3000");
  harness.nowMs += 1000;
  harness.reply(1, "", 503, "1");
  harness.nowMs = harness.calls.nextWakeMs();
  harness.calls.advance(harness.nowMs);
  CHECK(drained(harness.effects)[0]["timeoutMs"] == "1000");
  harness.reply(2, "", 0);
  harness.nowMs = harness.calls.nextWakeMs();
  CHECK(harness.sent().size() == 1);
  harness.reply(3, kTwo);
  CHECK(harness.outcomes() == Lines{"1: a b"});
  harness.options.retries = 0;
  harness.askSimilar(1, R"(,"maxAge":0)");
  harness.sent();
  harness.reply(4, "", 0);
  CHECK(harness.outcomes() == Lines{"1! request-failed"});
}

TEST_CASE("A query that the service counts as an event is sent by each call, without a retry") {
  Harness harness("richrelevance", R"({"apiKey":"pk","apiClientKey":"pk"})");
  const auto ask = [&] { harness.ask(1, "boughtTogether", R"({"configId":"add_to_cart_page.rr1","itemIds":["a"]})"); };
  ask();
  harness.sent();
  harness.reply(
      1, R"({"status":"ok","placements":[{"placement":"add_to_cart_page.rr1","recommendedProducts":[{"id":"1"}]}]})");
  CHECK(harness.outcomes() == Lines{"1: 1"});
  ask();
  CHECK(harness.sent().size() == 1);
  harness.reply(2, "", 0);
  CHECK(harness.outcomes() == Lines{"1! request-failed"});
}

TEST_CASE("A call of a known user keeps that user, also as a retry and for its fallback") {
  Harness harness;
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
    Harness harness;
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
  Harness harness;
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
  Harness harness;
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

TEST_CASE("Queries that share a request are retried together") {
  Harness harness("richrelevance", R"({"apiKey":"pk","apiClientKey":"pk"})");
  harness.ask(1, "trending", R"({"configId":"home_page.a"})");
  harness.ask(2, "trending", R"({"configId":"home_page.b"})");
  harness.sent();
  harness.reply(1, "", 503, "1");
  CHECK(harness.outcomes().empty());
  harness.nowMs += 1000;
  const Lines sent = harness.sent();
  REQUIRE(sent.size() == 1);
  CHECK(sent[0].find("&placements=home_page.a%7Chome_page.b") != std::string::npos);
}

TEST_CASE("The viewed product and the ids that the query names are excluded") {
  Harness harness;
  harness.pageProducts.setViewing("a");
  harness.ask(1, "forVisitor", R"({"configId":"p","topK":2,"exclude":["viewing"],"excludeIds":["c"]})");
  CHECK(harness.sent()[0].find(R"("topK":4)") != std::string::npos);
  harness.reply(1, R"({"results":[{"productId":"a"},{"productId":"b"},{"productId":"c"},{"productId":"d"}]})");
  CHECK(harness.outcomes() == Lines{"1: b d"});
}

TEST_CASE("The number of cached replies is bounded, and the oldest is dropped first") {
  Harness harness;
  const auto isAsked = [&](int n) {
    harness.ask(1, "similarItems", R"({"topK":1,"anchorId":")" + std::to_string(n) + R"("})");
    if (harness.sent().empty()) return false;
    harness.reply(harness.lastRequest, kTwo);
    return true;
  };
  const int most = static_cast<int>(ReplyCache::kMost);
  for (int i = 0; i <= most; ++i) CHECK(isAsked(i));
  CHECK_FALSE(isAsked(1));
  CHECK_FALSE(isAsked(most));
  CHECK(isAsked(0));
}

TEST_CASE("A cancelled call has no outcome, and the request is cancelled with its last call") {
  Harness harness;
  for (const double listener : {1, 2}) harness.ask(listener, "similarItems", R"({"anchorId":"x","topK":2})");
  harness.sent();
  CHECK(harness.calls.cancel(callListener(1)));
  CHECK(drained(harness.effects).empty());
  CHECK(harness.calls.cancel(callListener(2)));
  CHECK(drained(harness.effects)[0].verb() == "cancel");
  harness.reply(1, kTwo);
  CHECK(harness.outcomes().empty());
}
