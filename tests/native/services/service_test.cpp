// Tests the other work of a page for a service: keys that it hides or reports, tickets that it sends back.
#include <catch2/catch_test_macros.hpp>

#include "native/services/service_bench.h"
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

TEST_CASE("RichRelevance's cookie is sent with events, and a newer one of their replies with the next call") {
  double now = 1000;
  Runtime runtime(R"({"config":{"provider":{"name":"richrelevance","apiKey":"pk","apiClientKey":"pk"}}})", now);
  const auto next = [&](std::string_view verb) {
    for (int i = 0; i < 9; ++i) {
      runtime.wake(now += 1000);
      for (const Effect& effect : readEffects(runtime.drainEffects()))
        if (effect.verb() == verb) return effect;
    }
    FAIL("no " << verb);
    return Effect{};
  };
  runtime.request(1, "trending", "{}", now);
  runtime.requestDone(next("ask").number("requestId"), 200, {},
                      R"({"rcs":"first","placements":[{"placement":"generic_page.rr1","recommendedProducts":[]}]})",
                      now);
  runtime.shopEvent("addToCart", R"({"itemId":"a"})", {}, now);
  const Effect cart = next("send");
  CHECK(cart["url"].ends_with("&rcs=first"));
  runtime.requestDone(cart.number("requestId"), 200, {}, R"({"status":"ok","rcs":"newer"})", now);
  runtime.request(2, "trending", R"({"topK":3})", now);
  CHECK(next("ask")["url"].find("&rcs=newer") != std::string::npos);
  runtime.shopEvent("purchase", R"({"orderId":"o","value":1,"currency":"EUR","items":[{"itemId":"a","quantity":1}]})",
                    {}, now);
  const Effect order = next("send");
  CHECK(order["url"].ends_with("&rcs=newer"));
  // A reply whose products are refused has the cookie too; one that is reused has an old one.
  runtime.request(4, "trending", R"({"topK":2,"filters":[{"field":"none","operator":"gt","value":0}]})", now);
  runtime.requestDone(
      next("ask").number("requestId"), 200, {},
      R"({"rcs":"newest","placements":[{"placement":"generic_page.rr1","recommendedProducts":[{"id":"1"}]}]})", now);
  runtime.request(5, "trending", R"({"topK":3})", now);
  runtime.request(6, "trending", R"({"topK":5})", now);
  CHECK(next("ask")["url"].find("&rcs=newest") != std::string::npos);
  runtime.reset(now);
  runtime.requestDone(order.number("requestId"), 200, {}, R"({"status":"ok","rcs":"of another shopper"})", now);
  runtime.request(3, "trending", R"({"topK":4})", now);
  CHECK(next("ask")["url"].find("rcs=") == std::string::npos);
}

TEST_CASE("A name of the service's own form is used as it is, unless the configuration translates it") {
  const ServiceBench rich(
      "richrelevance",
      R"({"apiKey":"pk","apiClientKey":"pk","configs":{"trending":"home_page.a","home_page.c":"home_page.d"}})");
  const auto placement = [&](const std::string& configId) {
    return rich.asked(QueryKind::kTrending, R"({"configId":")" + configId + "\"}").part;
  };
  CHECK(placement("picks") == "home_page.a");
  CHECK(placement("home_page.b") == "home_page.b");
  CHECK(placement("home_page.c") == "home_page.d");

  const std::string kKind = "00000000-0000-4000-8000-000000000001", kOwn = "00000000-0000-4000-8000-000000000002";
  const ServiceBench finder("doofinder", R"({"configs":{"trending":")" + kKind + "\"}}");
  const auto widget = [&](const std::string& configId) {
    return std::string(
        finder.asked(QueryKind::kTrending, R"({"url":"https://s/","configId":")" + configId + "\"}").url);
  };
  CHECK(widget("picks").find(kKind) != std::string::npos);
  CHECK(widget(kOwn).find(kOwn) != std::string::npos);

  // A name of Depict has no form.
  const ServiceBench depict("depict", R"({"tenant":"t","market":"m","configs":{"trending":"front"}})");
  CHECK(depict.asked(QueryKind::kTrending, R"({"configId":"picks"})").body.find(R"("type":"front")") != Text::npos);
}

TEST_CASE("A reply for a shopper is not reused after the shopper has done something") {
  World world;
  TabOptions options;
  options.config = R"({"provider":{"name":"refine","apiKey":"pk","organizationId":"o","catalogId":"c"}})";
  Tab& tab = world.open(options);
  double call = 0;
  const auto isAsked = [&](const char* kind, const char* query) {
    tab.ask(++call, kind, query);
    const auto asks = tab.take("ask");
    for (const Effect& ask : asks)
      tab.requestDone(ask.number("requestId"), 200, {}, R"({"serveId":"sv","results":[{"productId":"a"}]})");
    return !asks.empty();
  };
  const char kHome[] = R"({"configId":"home","topK":1})";
  const char kSimilar[] = R"({"anchorId":"x","topK":1})";
  CHECK(isAsked("forVisitor", kHome));
  CHECK(isAsked("similarItems", kSimilar));
  CHECK_FALSE(isAsked("forVisitor", kHome));
  const double serve = tab.serve();
  CHECK_FALSE(isAsked("forVisitor", kHome));
  tab.track("view", "a", serve);
  CHECK_FALSE(isAsked("forVisitor", kHome));
  tab.track("click", "a", serve);
  CHECK(isAsked("forVisitor", kHome));
  CHECK_FALSE(isAsked("forVisitor", kHome));
  CHECK_FALSE(isAsked("similarItems", kSimilar));  // not about the shopper
  for (const char* kind : {"addToCart", "removeFromCart", "viewItem"}) {
    CAPTURE(kind);
    tab.shopEvent(kind, "a");
    CHECK(isAsked("forVisitor", kHome));
  }
  tab.act("shopEvent", &Runtime::shopEvent, std::string("custom"), std::string(R"({"name":"n"})"), std::string());
  CHECK_FALSE(isAsked("forVisitor", kHome));
}

TEST_CASE("RichRelevance is called once for each page view, also for a product that was seen a moment ago") {
  World world;
  TabOptions options;
  options.config = R"({"provider":{"name":"richrelevance","apiKey":"pk","apiClientKey":"pk"},"autoTrack":true})";
  Tab& tab = world.open(options);
  double call = 0;
  const auto isAsked = [&](const char* item) {
    tab.ask(++call, "similarItems", std::string(R"({"anchorId":")") + item + "\"}");
    const auto asks = tab.take("ask");
    for (const Effect& ask : asks) {
      CHECK(ask["url"].find("&ts=1") != std::string::npos);
      tab.requestDone(
          ask.number("requestId"), 200, {},
          R"({"status":"ok","placements":[{"placement":"item_page.rr1","recommendedProducts":[{"id":"1"}]}]})");
    }
    return !asks.empty();
  };
  const auto visit = [&](const char* address) {
    tab.act("navigateBy", &Runtime::navigateBy, 1.0, std::string(address));
  };
  visit("https://shop.example/a");
  CHECK(isAsked("a"));
  CHECK_FALSE(isAsked("a"));
  visit("https://shop.example/b");
  CHECK(isAsked("b"));
  visit("https://shop.example/a");
  CHECK(isAsked("a"));
  CHECK_FALSE(isAsked("a"));
  tab.act("restore", &Runtime::restore);
  CHECK(isAsked("a"));
}
