// Tests the other work of a page for a service: keys that it hides or reports, tickets that it sends back.
#include <catch2/catch_test_macros.hpp>

#include "runtime/runtime.h"
#include "simulation/effect_text.h"
#include "simulation/world.h"

using namespace vitrine;
using namespace vitrine::test;

TEST_CASE("Secret keys are reported once in a page and not on a server") {
  const auto told = [](const char* url) {
    int lines = 0;
    Runtime runtime(
        R"({"config":{"provider":{"name":"richrelevance","apiKey":"a","apiClientKey":"b"}},"page":{"url":")" +
            std::string(url) + R"("}})",
        1);
    for (const Effect& effect : readEffects(runtime.drainEffects())) {
      if (effect.verb() == "log" && effect["code"] == "exposed-key") ++lines;
    }
    runtime.request(1, "trending", "{}", 2);
    for (const Effect& effect : readEffects(runtime.drainEffects())) {
      if (effect.verb() == "log") ++lines;
    }
    return lines;
  };
  CHECK(told("https://shop.example/") == 1);
  CHECK(told("") == 0);
}

TEST_CASE("RichRelevance's cookie is sent with the next call, on later pages too, and not for another shopper") {
  World world;
  TabOptions options;
  options.config = R"({"provider":{"name":"richrelevance","apiKey":"pk","apiClientKey":"pk"}})";
  double call = 0;
  const auto asked = [&](Tab& tab, const char* query) {
    tab.ask(++call, "trending", query);
    const Effect ask = tab.take("ask")[0];
    tab.requestDone(
        ask.number("requestId"), 200, {},
        R"({"rcs":"eF5j+/=","status":"ok","placements":[{"placement":"generic_page.rr1","recommendedProducts":[]}]})");
    return ask["url"].find("&rcs=eF5j%2B%2F%3D") != std::string::npos;
  };
  Tab& first = world.open(options);
  CHECK_FALSE(asked(first, R"({"topK":1})"));
  CHECK(asked(first, R"({"topK":2})"));
  world.advance(1000);
  Tab& second = world.open(options);
  CHECK(asked(second, R"({"topK":1})"));
  second.act("reset", &Runtime::reset);
  CHECK_FALSE(asked(second, R"({"topK":1})"));
  CHECK(asked(second, R"({"topK":2})"));
  second.act("setConsent", &Runtime::setConsent, std::string("denied"));
  CHECK_FALSE(asked(second, R"({"topK":1})"));
}
