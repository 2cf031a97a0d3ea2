// Detects programs that load the page.
#pragma once

#include <string_view>

namespace vitrine {

// Returns "webdriver" for an automated browser (navigator.webdriver), "crawler" if the user agent is that of a search
// engine, a link preview or a measurement, and "" for a shopper.
const char* botOf(std::string_view userAgent, bool isDriven);

}  // namespace vitrine
