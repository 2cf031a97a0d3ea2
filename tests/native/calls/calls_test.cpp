#include "calls/calls.h"

#include "native/services/service_bench.h"
#include "services/make_service.h"
#include "simulation/effect_text.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

struct Desk {
  std::vector<Problem> problems;
  std::unique_ptr<Service> service;
  CallOptions options;
  PageProducts pageProducts;
  Random random{"0123456789abcdef0123456789abcdef"};
  Effects effects;
  std::uint32_t lastRequest = 0;
  Calls calls;
  double nowMs = 1000;

  explicit Desk(const char* name = "refine",
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
  // The same question, always.
  void askSimilar(double callId, const char* more = "") {
    ask(callId, "similarItems", R"({"anchorId":"x","topK":2)" + std::string(more) + "}");
  }
  // The addresses and bodies of the requests that leave now.
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
  // Returns a text for each outcome: the number of its listener ("slot " stands before a slot's number), then the
  // items, "1: a b", or the code of an error, "1! code".
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

TEST_CASE("Equal questions share a request, and each asker hears") {
  Desk desk;
  desk.ask(1, "similarItems", R"({"anchorId":"x","topK":2})");
  desk.ask(2, "similarItems", R"({"anchorId":"x","topK":2})");
  CHECK(desk.sent().size() == 1);
  desk.reply(1, kTwo);
  CHECK(desk.outcomes() == Lines{"1: a b", "2: a b"});
}

TEST_CASE("The seed's fallback strategy: what is missing is asked of the next source") {
  Desk desk;
  desk.ask(
      1, "forUser",
      R"({"configId":"personalized","topK":4,"minResults":3,"fallback":[{"kind":"forVisitor","configId":"popular"}]})");
  CHECK(desk.sent()[0].find("/recs/user") != std::string::npos);
  desk.reply(1, kTwo);
  CHECK(desk.outcomes().empty());
  const Lines second = desk.sent();
  REQUIRE(second.size() == 1);
  CHECK(second[0].find("/recs/visitor") != std::string::npos);
  CHECK(second[0].find(R"("topK":2)") != std::string::npos);
  desk.reply(2, kMore);
  CHECK(desk.outcomes() == Lines{"1: a b c d"});
}

TEST_CASE("A source that fails leads to the next, and the last answer stands in when all have") {
  Desk desk;
  const char kQuery[] = R"({"configId":"p","topK":2,"maxAge":0,"fallback":[{"kind":"forVisitor","configId":"q"}]})";
  desk.ask(1, "forUser", kQuery);
  desk.sent();
  desk.reply(1, kTwo);
  CHECK(desk.outcomes() == Lines{"1: a b"});
  desk.ask(1, "forUser", kQuery);
  desk.sent();
  desk.reply(2, "", 500);
  CHECK(desk.sent().size() == 1);
  desk.reply(3, "", 500);
  CHECK(desk.outcomes() == Lines{"1: a b request-failed"});
}

TEST_CASE("When the time budget is over, what there is counts") {
  Desk desk;
  desk.ask(
      1, "forUser",
      R"({"configId":"p","topK":4,"minResults":3,"timeBudget":500,"fallback":[{"kind":"forVisitor","configId":"q"}]})");
  desk.sent();
  desk.reply(1, kTwo);
  desk.sent();
  CHECK(desk.calls.nextWakeMs() == 1500);
  desk.nowMs = 1500;
  desk.calls.advance(desk.nowMs);
  CHECK(desk.outcomes() == Lines{"1: a b"});
  desk.ask(2, "forUser", R"({"configId":"z","topK":4,"timeBudget":500})");
  desk.sent();
  desk.nowMs = 2000;
  desk.calls.advance(desk.nowMs);
  CHECK(desk.outcomes() == Lines{"2! timeout"});
}

TEST_CASE("What others show, the cart and the viewed product are left out, and more is asked for") {
  Desk desk;
  desk.ask(slotListener(1), "similarItems", R"({"anchorId":"x","topK":2})");
  desk.sent();
  desk.reply(1, kTwo);
  CHECK(desk.outcomes() == Lines{"slot 1: a b"});
  desk.pageProducts.addToCart("d");
  desk.ask(slotListener(2), "forVisitor", R"({"configId":"p","topK":2,"exclude":["shown","inCart"]})");
  CHECK(desk.sent()[0].find(R"("topK":5)") != std::string::npos);
  desk.reply(2, kMore);
  CHECK(desk.outcomes() == Lines{"slot 2: c"});
}

TEST_CASE("Placements of one page travel in one call, each its own slate") {
  Desk desk("richrelevance", R"({"apiKey":"pk","apiClientKey":"pk"})");
  desk.ask(1, "trending", R"({"configId":"home_page.a"})");
  desk.ask(2, "trending", R"({"configId":"home_page.b"})");
  const Lines sent = desk.sent();
  REQUIRE(sent.size() == 1);
  CHECK(sent[0].find("&placements=home_page.a%7Chome_page.b") != std::string::npos);
  desk.reply(1, R"({"status":"ok","placements":[{"placement":"home_page.a","recommendedProducts":[{"id":"1"}]},
    {"placement":"home_page.b","recommendedProducts":[{"id":"2"}]}]})");
  CHECK(desk.outcomes() == Lines{"1: 1", "2: 2"});
}

TEST_CASE("Placements of different types of page travel in calls of their own") {
  Desk desk("richrelevance", R"({"apiKey":"pk","apiClientKey":"pk"})");
  desk.ask(1, "trending", R"({"configId":"home_page.a"})");
  desk.ask(2, "trending", R"({"configId":"generic_page.b"})");
  desk.ask(3, "trending", R"({"configId":"home_page.c"})");
  const Lines sent = desk.sent();
  REQUIRE(sent.size() == 2);
  CHECK(sent[0].find("&placements=home_page.a%7Chome_page.c") != std::string::npos);
  CHECK(sent[1].find("&placements=generic_page.b") != std::string::npos);
}

TEST_CASE("A young reply answers again, an older one while the next is fetched; the same words are the same slate") {
  Desk desk;
  const auto next = [&] { return desk.calls.takeOutcomes()[0].slate; };
  desk.askSimilar(1);
  desk.sent();
  desk.reply(1, kTwo);
  const auto first = next();
  desk.nowMs += 59'000;
  desk.askSimilar(1);
  CHECK(desk.sent().empty());
  CHECK(next() == first);
  desk.nowMs += 200'000;
  desk.askSimilar(1);
  CHECK(next() == first);
  CHECK(desk.sent().size() == 1);
  desk.reply(2, kTwo);
  desk.nowMs += 59'000;
  desk.askSimilar(1);
  CHECK(next() == first);
  CHECK(desk.sent().empty());
  desk.nowMs += 300'000;
  desk.askSimilar(1);
  CHECK(desk.sent().size() == 1);
  CHECK(desk.calls.takeOutcomes().empty());
}

TEST_CASE("An answer is given again to the one who got it alone, and not where a new one is wanted") {
  Desk desk;
  std::uint32_t request = 0;
  const auto isAsked = [&](const char* more = "") {
    desk.askSimilar(1, more);
    if (desk.sent().empty()) return false;
    desk.reply(++request, kTwo);
    return true;
  };
  CHECK(isAsked());
  CHECK_FALSE(isAsked());
  CHECK(isAsked(R"(,"maxAge":0)"));
  desk.asker.visitorId = "v_b";
  CHECK(isAsked());
  CHECK_FALSE(isAsked());
  desk.calls.takeOutcomes();
  desk.asker.userId = "another";
  CHECK(isAsked());
  desk.calls.start(callListener(2), QueryKind::kSimilarItems, parseJson(R"({"anchorId":"x","topK":2})"), desk.asker,
                   desk.nowMs, true);
  CHECK(desk.sent().size() == 1);
  desk.reply(++request, kTwo);
  desk.options.maxAgeMs = desk.options.staleMs = 0;
  CHECK(isAsked());
}

TEST_CASE("An answer without products is no reason not to ask again") {
  Desk desk;
  desk.askSimilar(1);
  desk.sent();
  desk.reply(1, R"({"results":[]})");
  desk.askSimilar(1);
  CHECK(desk.sent().size() == 1);
}

TEST_CASE("What may be over in a moment is tried once more, within the time that the question has") {
  const auto isRetried = [](int status, const char* retryAfter, double afterMs = 100) {
    Desk desk;
    desk.askSimilar(1);
    desk.sent();
    desk.nowMs += afterMs;
    desk.reply(1, "", status, retryAfter);
    const double wakeMs = desk.calls.nextWakeMs();
    if (!desk.outcomes().empty()) return -1.0;
    const double waitMs = wakeMs - desk.nowMs;
    desk.nowMs = wakeMs;
    CHECK(desk.sent().size() == 1);
    desk.reply(2, "", status, retryAfter);
    CHECK(desk.outcomes() == Lines{"1! request-failed"});
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

TEST_CASE("A further try has what is left of the time, and there are as many as the shop wants") {
  Desk desk;
  desk.options.retries = 2;
  desk.options.timeoutMs = 3000;
  desk.askSimilar(1);
  desk.calls.advance(desk.nowMs);
  CHECK(drained(desk.effects)[0]["timeoutMs"] == "3000");
  desk.nowMs += 1000;
  desk.reply(1, "", 503, "1");
  desk.nowMs = desk.calls.nextWakeMs();
  desk.calls.advance(desk.nowMs);
  CHECK(drained(desk.effects)[0]["timeoutMs"] == "1000");
  desk.reply(2, "", 0);
  desk.nowMs = desk.calls.nextWakeMs();
  CHECK(desk.sent().size() == 1);
  desk.reply(3, kTwo);
  CHECK(desk.outcomes() == Lines{"1: a b"});
  desk.options.retries = 0;
  desk.askSimilar(1, R"(,"maxAge":0)");
  desk.sent();
  desk.reply(4, "", 0);
  CHECK(desk.outcomes() == Lines{"1! request-failed"});
}

TEST_CASE("A question that is an event is asked each time, once") {
  Desk desk("richrelevance", R"({"apiKey":"pk","apiClientKey":"pk"})");
  const auto ask = [&] { desk.ask(1, "boughtTogether", R"({"configId":"add_to_cart_page.rr1","itemIds":["a"]})"); };
  ask();
  desk.sent();
  desk.reply(
      1, R"({"status":"ok","placements":[{"placement":"add_to_cart_page.rr1","recommendedProducts":[{"id":"1"}]}]})");
  CHECK(desk.outcomes() == Lines{"1: 1"});
  ask();
  CHECK(desk.sent().size() == 1);
  desk.reply(2, "", 0);
  CHECK(desk.outcomes() == Lines{"1! request-failed"});
}

TEST_CASE("What has not left yet when the shopper changes is asked for the new one, and not tried again for the old") {
  Desk desk;
  desk.asker.visitorId = "v_a";
  desk.ask(1, "forVisitor", R"({"configId":"p","topK":2})");
  desk.ask(2, "forUser", R"({"configId":"p","topK":2})");
  desk.calls.setAsker({}, desk.nowMs);
  const Lines sent = desk.sent();
  REQUIRE(sent.size() == 1);
  CHECK(sent[0].find("v_a") == std::string::npos);
  CHECK(desk.outcomes() == Lines{"2! consent-required"});

  desk.asker.visitorId = "v_b";
  desk.ask(3, "forVisitor", R"({"configId":"q","topK":2})");
  desk.sent();
  desk.reply(2, "", 0);
  desk.calls.setAsker({}, desk.nowMs);
  desk.nowMs += 1000;
  CHECK(desk.sent()[0].find("v_b") == std::string::npos);
}

TEST_CASE("Questions that travel together are tried again together") {
  Desk desk("richrelevance", R"({"apiKey":"pk","apiClientKey":"pk"})");
  desk.ask(1, "trending", R"({"configId":"home_page.a"})");
  desk.ask(2, "trending", R"({"configId":"home_page.b"})");
  desk.sent();
  desk.reply(1, "", 503, "1");
  CHECK(desk.outcomes().empty());
  desk.nowMs += 1000;
  const Lines sent = desk.sent();
  REQUIRE(sent.size() == 1);
  CHECK(sent[0].find("&placements=home_page.a%7Chome_page.b") != std::string::npos);
}

TEST_CASE("The viewed product and those that the query names are left out") {
  Desk desk;
  desk.pageProducts.setViewing("a");
  desk.ask(1, "forVisitor", R"({"configId":"p","topK":2,"exclude":["viewing"],"excludeIds":["c"]})");
  CHECK(desk.sent()[0].find(R"("topK":4)") != std::string::npos);
  desk.reply(1, R"({"results":[{"productId":"a"},{"productId":"b"},{"productId":"c"},{"productId":"d"}]})");
  CHECK(desk.outcomes() == Lines{"1: b d"});
}

TEST_CASE("Only so many answers are kept, the oldest go first") {
  Desk desk;
  const auto isAsked = [&](int n) {
    desk.ask(1, "similarItems", R"({"topK":1,"anchorId":")" + std::to_string(n) + R"("})");
    if (desk.sent().empty()) return false;
    desk.reply(desk.lastRequest, kTwo);
    return true;
  };
  const int most = static_cast<int>(ReplyCache::kMost);
  for (int i = 0; i <= most; ++i) CHECK(isAsked(i));
  CHECK_FALSE(isAsked(1));
  CHECK_FALSE(isAsked(most));
  CHECK(isAsked(0));
}

TEST_CASE("Who no longer waits hears nothing; the request ends with the last of them") {
  Desk desk;
  for (const double listener : {1, 2}) desk.ask(listener, "similarItems", R"({"anchorId":"x","topK":2})");
  desk.sent();
  CHECK(desk.calls.cancel(callListener(1)));
  CHECK(drained(desk.effects).empty());
  CHECK(desk.calls.cancel(callListener(2)));
  CHECK(drained(desk.effects)[0].verb() == "cancel");
  desk.reply(1, kTwo);
  CHECK(desk.outcomes().empty());
}
