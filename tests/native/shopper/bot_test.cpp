#include "shopper/bot.h"

#include <catch2/catch_test_macros.hpp>

using namespace vitrine;

TEST_CASE("An automated browser is detected, whatever its user agent") {
  CHECK(std::string_view(botOf("Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0", true)) == "webdriver");
  CHECK(std::string_view(botOf("Googlebot/2.1", true)) == "webdriver");
}

TEST_CASE("Crawlers, previews and measurements are recognised by their user agents") {
  for (const char* agent :
       {"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "AdsBot-Google (+http://x)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "DuckDuckBot/1.1",
        "Mozilla/5.0 AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17 Safari/605 (Applebot/0.1; +http://x)",
        "Mozilla/5.0 (compatible; GPTBot)", "facebookexternalhit/1.1", "Mozilla/5.0 (compatible; Yahoo! Slurp; x)",
        "Mozilla/5.0 (X11) HeadlessChrome/120.0", "Chrome-Lighthouse", "Baiduspider/2.0", "Sogou web spider/4.0"}) {
    CAPTURE(agent);
    CHECK(std::string_view(botOf(agent, false)) == "crawler");
  }
}

TEST_CASE("Shoppers are not taken for bots, not even with a CUBOT phone") {
  for (const char* agent :
       {"",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36",
        "Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/96.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 9; CUBOT_X18_Plus) AppleWebKit/537.36 Chrome/75.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148"}) {
    CAPTURE(agent);
    CHECK(std::string_view(botOf(agent, false)).empty());
  }
}
