// Whether it is a program that looks at the page.
#pragma once

#include <string_view>

namespace vitrine {

// "webdriver" for a browser that says it is driven (navigator.webdriver), "crawler" for one whose user agent says that
// it reads for a search engine, a preview or a measurement, "" for a shopper's.
const char* botOf(std::string_view userAgent, bool isDriven);

}  // namespace vitrine
