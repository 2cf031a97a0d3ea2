#include "shopper/bot.h"

#include "base/text.h"
#include "base/words.h"
#include "shopper/privacy.h"

namespace vitrine {
namespace {

// The words in the user agents of crawlers, previews and measurements. Source: the crawlers' own pages;
// github.com/omrilotan/isbot has the long list.
constexpr std::string_view kNames =
    "crawl spider slurp headless lighthouse facebookex bingpreview mediapartners-google google-inspection pagespeed "
    "phantomjs";

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || c == ' ' || c == '_'; }

// Matches "…bot/2.1", "…bot;" and "…bot)". The character after the word distinguishes Googlebot from a CUBOT
// phone.
bool isNamedBot(std::string_view agent) {
  for (std::size_t at = agent.find("bot"); at != std::string_view::npos; at = agent.find("bot", at + 1)) {
    if (at + 3 == agent.size() || !isLetter(agent[at + 3])) return true;
  }
  return false;
}

}  // namespace

const char* botOf(std::string_view userAgent, bool isDriven) {
  if (isDriven) return "webdriver";
  const Text agent = lowerCase(userAgent);
  bool isCrawler = isNamedBot(agent);
  for (std::string_view names = kNames; !names.empty();) isCrawler |= agent.find(nextWord(names)) != Text::npos;
  return isCrawler ? "crawler" : "";
}

}  // namespace vitrine
