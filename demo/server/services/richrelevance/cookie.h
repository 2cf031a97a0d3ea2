// The `rcs` of a reply: the service's own memory of a shopper. The shop cannot read it and sends it back as received.
// The cookie connects the sessions of one browser.
#pragma once

#include <string>
#include <string_view>

namespace vitrine::demo {

// Returns "eF5j" and URL-safe text.
std::string sealCookie(std::string_view shopperId);
// Returns the shopper of a cookie; "" if the cookie is foreign or was changed.
std::string openCookie(std::string_view rcs);

}  // namespace vitrine::demo
