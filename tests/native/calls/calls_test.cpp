#include "native/calls/calls_harness.h"

using namespace vitrine;
using namespace vitrine::test;

TEST_CASE("Calls with equal queries share a request, and each receives its own outcome") {
  CallsHarness harness;
  harness.ask(1, "similarItems", R"({"anchorId":"x","topK":2})");
  harness.ask(2, "similarItems", R"({"anchorId":"x","topK":2})");
  CHECK(harness.sent().size() == 1);
  harness.reply(1, kTwo);
  CHECK(harness.outcomes() == Lines{"1: a b", "2: a b"});
}

TEST_CASE("Products without an id that a card can carry are left out and logged once") {
  CallsHarness harness;
  for (const double callId : {1, 2}) {
    harness.askSimilar(callId, callId == 1 ? "" : R"(,"excludeIds":["z"])");
    harness.sent();
    harness.reply(harness.lastRequest,
                  R"({"results":[{"productId":"\u0001"},{"productId":"a\nb"},{"productId":"c"}]})");
    CHECK(harness.outcomes() == Lines{std::to_string(static_cast<int>(callId)) + ": c"});
    std::size_t logged = 0;
    for (const auto& effect : drained(harness.effects)) logged += effect.verb() == "log";
    CHECK(logged == (callId == 1 ? 1 : 0));
  }
}

TEST_CASE("Missing products are requested from the next fallback") {
  CallsHarness harness;
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
  CallsHarness harness;
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
  CallsHarness harness;
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
  CallsHarness harness;
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

TEST_CASE("Filters that the service lacks are applied to the reply, for which more products are requested") {
  CallsHarness harness("depict", R"({"tenant":"t","market":"m"})");
  const std::string query = R"({"topK":2,"filters":[{"field":"stock","operator":"gt","value":0}],"minResults":3,)"
                            R"("fallback":[{"kind":"forVisitor"}]})";
  harness.ask(1, "trending", query);
  const Lines sent = harness.sent();
  REQUIRE(sent.size() == 1);
  CHECK(sent[0].find(R"("limit":8)") != std::string::npos);
  CHECK(sent[0].find("filters") == std::string::npos);
  harness.reply(1, R"({"displays":[{"product_id":"a","stock":0},{"product_id":"b","stock":1}]})");
  // Too few are left, so the fallback is used, with the same filters.
  CHECK(harness.outcomes().empty());
  CHECK(harness.sent()[0].find(R"("limit":4})") != std::string::npos);
  harness.reply(2, R"({"displays":[{"product_id":"c","stock":0},{"product_id":"d","stock":2}]})");
  List<Outcome> outcomes = harness.calls.takeOutcomes();
  REQUIRE(outcomes.size() == 1);
  CHECK(outcomes[0].slate->products.size() == 2);
  CHECK(outcomes[0].slate->products[0]->id == "b");
  CHECK(outcomes[0].slate->products[1]->id == "d");
  CHECK(std::string(outcomes[0].filteredBy) == "vitrine");
  CHECK(parseJson(slateJson(*outcomes[0].slate, false, outcomes[0].filteredBy)).isObject());

  // The same reply serves the query with other filters, and the limit of the service holds.
  harness.ask(2, "trending", R"({"topK":2,"filters":[{"field":"stock","operator":"lte","value":0}]})");
  CHECK(harness.sent().empty());
  CHECK(harness.outcomes() == Lines{"2: a"});
  harness.ask(3, "trending", R"({"topK":100,"filters":[{"field":"stock","operator":"gt","value":0}]})");
  CHECK(harness.sent()[0].find(R"("limit":128)") != std::string::npos);
  harness.reply(3, R"({"displays":[{"product_id":"a"}]})");
  CHECK(harness.outcomes() == Lines{"3! bad-filter"});
}

TEST_CASE("A result says that the service has applied the filters, and a last reply is filtered too") {
  CallsHarness refine;
  refine.askSimilar(1, R"(,"filters":[{"field":"stock","operator":"gt","value":0}])");
  CHECK(refine.sent()[0].find(R"("topK":2,"filters":[{"field":"stock")") != std::string::npos);
  refine.reply(1, kTwo);
  CHECK(std::string(refine.calls.takeOutcomes()[0].filteredBy) == "service");
  refine.askSimilar(1);
  refine.sent();
  refine.reply(2, kTwo);
  CHECK(std::string(refine.calls.takeOutcomes()[0].filteredBy).empty());

  CallsHarness depict("depict", R"({"tenant":"t","market":"m"})");
  const char kQuery[] = R"({"maxAge":0,"filters":[{"field":"stock","operator":"gt","value":0}]})";
  depict.ask(slotListener(1), "trending", kQuery);
  depict.sent();
  depict.reply(1, R"({"displays":[{"product_id":"a","stock":0},{"product_id":"b","stock":1}]})");
  CHECK(depict.outcomes() == Lines{"slot 1: b"});
  depict.ask(slotListener(1), "trending", kQuery);
  depict.sent();
  depict.reply(2, "", 500);
  CHECK(depict.outcomes() == Lines{"slot 1: b request-failed"});
}

TEST_CASE("A fallback of a widget leaves out what belongs to the widget's own kind") {
  CallsHarness harness("depict", R"({"tenant":"t","market":"m"})");
  const char kQuery[] = R"({"anchorId":"x","fallback":[{"kind":"trending","anchorId":"x"}]})";
  const auto second = [&](Listener listener) {
    harness.ask(listener, "similarItems", kQuery);
    harness.sent();
    harness.reply(harness.lastRequest, R"({"displays":[]})");
    return harness.sent().size();
  };
  CHECK(second(slotListener(1)) == 1);
  CHECK(second(callListener(2)) == 0);  // written by a person, and refused
}

TEST_CASE("A fallback may have filters of its own, and a fallback that is refused is reported once") {
  CallsHarness harness("depict", R"({"tenant":"t","market":"m"})");
  const char kQuery[] = R"({"topK":2,"minResults":2,"filters":[{"field":"stock","operator":"gt","value":0}],)"
                        R"("fallback":[{"kind":"forVisitor","visualWeight":0.5},{"kind":"forVisitor","filters":[]}]})";
  for (const double callId : {1, 2}) {
    harness.ask(callId, "trending", kQuery);
    harness.sent();
    harness.reply(harness.lastRequest, R"({"displays":[{"product_id":"a","stock":1}]})");
    std::vector<std::string> lines;
    for (const Effect& effect : drained(harness.effects)) {
      if (effect.verb() == "log") lines.push_back(effect["code"] + ": " + effect["message"]);
      if (effect.verb() == "ask") harness.reply(static_cast<std::uint32_t>(effect.number("requestId")), "{}");
    }
    if (callId == 1) {
      REQUIRE(lines.size() == 1);
      CHECK(lines[0].find("fallback-refused: A fallback is left out: Depict takes no visualWeight") == 0);
    } else {
      CHECK(lines.empty());
    }
    harness.sent();
    harness.reply(harness.lastRequest, R"({"displays":[{"product_id":"z"}]})");
  }
  CHECK(harness.outcomes() == Lines{"1: a z", "2: a z"});
}

TEST_CASE("Placements of one page type share a request, and each call receives its own slate") {
  CallsHarness harness("richrelevance", R"({"apiKey":"pk","apiClientKey":"pk"})");
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
  CallsHarness harness("richrelevance", R"({"apiKey":"pk","apiClientKey":"pk"})");
  harness.ask(1, "trending", R"({"configId":"home_page.a"})");
  harness.ask(2, "trending", R"({"configId":"generic_page.b"})");
  harness.ask(3, "trending", R"({"configId":"home_page.c"})");
  const Lines sent = harness.sent();
  REQUIRE(sent.size() == 2);
  CHECK(sent[0].find("&placements=home_page.a%7Chome_page.c") != std::string::npos);
  CHECK(sent[1].find("&placements=generic_page.b") != std::string::npos);
}

TEST_CASE("A young reply is reused, an older one while the next is fetched; an equal reply gives the same slate") {
  CallsHarness harness;
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

TEST_CASE("A reply without products is not reused") {
  CallsHarness harness;
  harness.askSimilar(1);
  harness.sent();
  harness.reply(1, R"({"results":[]})");
  harness.askSimilar(1);
  CHECK(harness.sent().size() == 1);
}

TEST_CASE(
    "The error of a refused request names its status and its address, without what stands behind the question mark") {
  CallsHarness harness("richrelevance", R"({"apiKey":"pk_secret","apiClientKey":"pk","apiUrl":"https://rr.test"})");
  harness.askSimilar(1);
  harness.sent();
  harness.reply(1, "", 404);
  const auto outcomes = harness.calls.takeOutcomes();
  REQUIRE(outcomes.size() == 1);
  const std::string error(std::string_view(outcomes.front().problem->message));
  CHECK(error.find("The recommendation service refused the request: HTTP 404. Its address is https://rr.test/") == 0);
  CHECK(error.find("pk_secret") == std::string::npos);
}

TEST_CASE("An error that may pass in a moment is retried once, within the timeout of the request") {
  const auto isRetried = [](int status, const char* retryAfter, double afterMs = 100) {
    CallsHarness harness;
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
  CallsHarness harness;
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
  CallsHarness harness("richrelevance", R"({"apiKey":"pk","apiClientKey":"pk"})");
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

TEST_CASE("Queries that share a request are retried together") {
  CallsHarness harness("richrelevance", R"({"apiKey":"pk","apiClientKey":"pk"})");
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
  CallsHarness harness;
  harness.pageProducts.setViewing("a");
  harness.ask(1, "forVisitor", R"({"configId":"p","topK":2,"exclude":["viewing"],"excludeIds":["c"]})");
  CHECK(harness.sent()[0].find(R"("topK":4)") != std::string::npos);
  harness.reply(1, R"({"results":[{"productId":"a"},{"productId":"b"},{"productId":"c"},{"productId":"d"}]})");
  CHECK(harness.outcomes() == Lines{"1: b d"});
}

TEST_CASE("The number of cached replies is bounded, and the oldest is dropped first") {
  CallsHarness harness;
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
  CallsHarness harness;
  for (const double listener : {1, 2}) harness.ask(listener, "similarItems", R"({"anchorId":"x","topK":2})");
  harness.sent();
  CHECK(harness.calls.cancel(callListener(1)));
  CHECK(drained(harness.effects).empty());
  CHECK(harness.calls.cancel(callListener(2)));
  CHECK(drained(harness.effects)[0].verb() == "cancel");
  harness.reply(1, kTwo);
  CHECK(harness.outcomes().empty());
}

TEST_CASE("A fault in replies is logged once, with the service, the field and the product") {
  CallsHarness harness;
  const auto logged = [&](const char* body) {
    std::vector<std::string> lines;
    harness.askSimilar(1, R"(,"maxAge":0)");
    harness.sent();
    harness.reply(harness.lastRequest, body);
    for (const auto& effect : drained(harness.effects)) {
      if (effect.verb() == "log") lines.push_back(effect["level"] + " " + effect["code"] + ": " + effect["message"]);
    }
    return lines;
  };
  CHECK(logged(R"({"results":[{"productId":"a","price":"ask us"},{"productId":"a"}]})") ==
        std::vector<std::string>{
            "warn reply-fault: Refine sent a price that cannot be read, so its card has no price and no button. Send "
            "numbers, or set provider.currency. price: a, ask us",
            "warn reply-fault: Refine listed an entry that was left out. Correct it, because its id is that of an "
            "earlier "
            "one: {\"productId\":\"a\"}"});
  CHECK(logged(R"({"results":[{"productId":"b","price":"ask them"},{"productId":"b"}]})").empty());
}
