// The `rcs` of a reply: what the service itself remembers of a shopper, opaque to the shop, which passes it back as
// received. It ties the sessions of one browser together.
#pragma once

#include <string>
#include <string_view>

namespace vitrine::demo {

// "eF5j" and URL-safe text.
std::string sealCookie(std::string_view shopperId);
// The shopper of a cookie; "" if it is not one of ours, or was tampered with.
std::string openCookie(std::string_view rcs);

}  // namespace vitrine::demo
