#include "core/calls.h"

#include "effect_text.h"
#include "vendor.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

struct Desk {
  std::vector<Problem> problems;
  std::unique_ptr<Provider> provider;
  CallOptions options;
  Registry registry;
  Random random{"0123456789abcdef0123456789abcdef"};
  Effects effects;
  std::uint32_t lastRequest = 0;
  Calls calls;
  double nowMs = 1000;

  explicit Desk(const char* name = "refine",
                std::string_view given = R"({"apiKey":"pk","organizationId":"o","catalogId":"c"})")
      : provider(makeProvider(name, parseJson(given), problems)),
        calls(*provider, options, registry, random, effects, lastRequest) {}

  void ask(double listener, const char* kind, std::string_view query) {
    Asker asker;
    asker.isAllowed = true;
    asker.userId = "u";
    calls.start(listener, std::string_view(kind), parseJson(query), asker, nowMs);
  }
  // The addresses and bodies of the requests that leave now.
  std::vector<std::string> sent() {
    calls.advance(nowMs);
    std::vector<std::string> out;
    for (const auto& effect : drained(effects)) {
      if (effect[0] == "ask") out.push_back(effect[4] + " " + effect[6]);
    }
    return out;
  }
  void reply(std::uint32_t request, std::string_view body, int status = 200) {
    calls.requestDone(request, status, {}, body, nowMs, nowMs);
  }
  // "listener: id id" or "listener! type", for each outcome.
  std::vector<std::string> outcomes() {
    std::vector<std::string> out;
    for (const Outcome& outcome : calls.takeOutcomes()) {
      std::string line = std::to_string(static_cast<int>(outcome.listener)) + (outcome.slate ? ":" : "!");
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
  const char kQuery[] = R"({"configId":"p","topK":2,"fallback":[{"kind":"forVisitor","configId":"q"}]})";
  desk.ask(1, "forUser", kQuery);
  desk.sent();
  desk.reply(1, kTwo);
  CHECK(desk.outcomes() == Lines{"1: a b"});
  desk.ask(1, "forUser", kQuery);
  desk.sent();
  desk.reply(2, "", 503);
  CHECK(desk.sent().size() == 1);
  desk.reply(3, "", 503);
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
  desk.ask(-1, "similarItems", R"({"anchorId":"x","topK":2})");
  desk.sent();
  desk.reply(1, kTwo);
  CHECK(desk.outcomes() == Lines{"-1: a b"});
  desk.registry.addToCart("d");
  desk.ask(-2, "forVisitor", R"({"configId":"p","topK":2,"exclude":["shown","inCart"]})");
  CHECK(desk.sent()[0].find(R"("topK":5)") != std::string::npos);
  desk.reply(2, kMore);
  CHECK(desk.outcomes() == Lines{"-2: c"});
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

TEST_CASE("A young reply answers again, an older one while the next is fetched; the same words are the same slate") {
  Desk desk;
  desk.options.maxAgeMs = 100;
  desk.options.staleMs = 1000;
  const auto ask = [&] { desk.ask(1, "similarItems", R"({"anchorId":"x","topK":2})"); };
  ask();
  desk.sent();
  desk.reply(1, kTwo);
  const auto first = desk.calls.takeOutcomes()[0].slate;
  desk.nowMs += 50;
  ask();
  CHECK(desk.sent().empty());
  CHECK(desk.calls.takeOutcomes()[0].slate == first);
  desk.nowMs += 500;
  ask();
  CHECK(desk.calls.takeOutcomes()[0].slate == first);
  CHECK(desk.sent().size() == 1);
  desk.reply(2, kTwo);
  desk.nowMs += 50;
  ask();
  CHECK(desk.calls.takeOutcomes()[0].slate == first);
}

TEST_CASE("A network error is tried again as often as the shop wants") {
  Desk desk;
  desk.options.retries = 1;
  desk.ask(1, "similarItems", R"({"anchorId":"x","topK":2})");
  desk.sent();
  desk.reply(1, "", 0);
  CHECK(desk.outcomes().empty());
  desk.nowMs = desk.calls.nextWakeMs();
  CHECK(desk.sent().size() == 1);
  desk.reply(2, "", 0);
  CHECK(desk.outcomes() == Lines{"1! request-failed"});
}

TEST_CASE("Who no longer waits hears nothing; the request ends with the last of them") {
  Desk desk;
  for (const double listener : {1, 2}) desk.ask(listener, "similarItems", R"({"anchorId":"x","topK":2})");
  desk.sent();
  CHECK(desk.calls.cancel(1));
  CHECK(drained(desk.effects).empty());
  CHECK(desk.calls.cancel(2));
  CHECK(drained(desk.effects)[0][0] == "cancel");
  desk.reply(1, kTwo);
  CHECK(desk.outcomes().empty());
}
