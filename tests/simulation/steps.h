// The steps of a simulated session, in words: what `npm run simulate` prints.
#pragma once

#include <string>
#include <vector>

#include "simulation/collector.h"
#include "simulation/effect_text.h"

namespace vitrine::test {

struct Step {
  double atMs;       // world time
  int tab;           // -1: the browser, the network or the collector
  const char* kind;  // one word, listed in docs/testing.md
  std::string text;
};

// Returns "   12.345  tab 2  request    #7 …": seconds, tab, kind, text.
std::string lineOf(const Step& step);

// Returns kind and text of an effect that a tab performs; no text for one that is not worth a line.
Step stepOf(const Effect& effect);
// Returns kind and text of an input that reaches a core; no text for one that is not worth a line. args: JSON texts.
Step stepOf(const std::string& input, const std::vector<std::string>& args);

std::string requestText(double requestId);                      // "#7"
std::string replyText(double requestId, double status);         // "#7 503", or why there is no reply
std::string arrivalText(const Wire& wire, const Reply& reply);  // " with item3, item4: stored"

}  // namespace vitrine::test
