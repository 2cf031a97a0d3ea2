#include "shopper/bot.h"

#include <string>

#include "shopper/privacy.h"

namespace vitrine {
namespace {

// What crawlers, previews and measurements call themselves (the crawlers' own pages; github.com/omrilotan/isbot has the
// long list).
constexpr std::string_view kNames[] = {"crawl",
                                       "spider",
                                       "slurp",
                                       "headless",
                                       "lighthouse",
                                       "facebookex",
                                       "bingpreview",
                                       "mediapartners-google",
                                       "google-inspection",
                                       "pagespeed",
                                       "phantomjs"};

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || c == ' ' || c == '_'; }

// "…bot/2.1", "…bot;", "…bot)": what follows the word tells Googlebot from a CUBOT telephone.
bool isNamedBot(std::string_view agent) {
  for (std::size_t at = agent.find("bot"); at != std::string_view::npos; at = agent.find("bot", at + 1)) {
    if (at + 3 == agent.size() || !isLetter(agent[at + 3])) return true;
  }
  return false;
}

}  // namespace

const char* botOf(std::string_view userAgent, bool isDriven) {
  if (isDriven) return "webdriver";
  const std::string agent = lowerCase(userAgent);
  bool isCrawler = isNamedBot(agent);
  for (const std::string_view name : kNames) isCrawler |= agent.find(name) != std::string::npos;
  return isCrawler ? "crawler" : "";
}

}  // namespace vitrine
