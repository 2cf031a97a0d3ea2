// The demo's accounts at its four services, for pages that this server renders. demo/shop/scripts/services.js has the
// same accounts for pages that render in the browser.
#pragma once

#include <string>
#include <string_view>

namespace vitrine::demo {

// Returns the `provider` option of Vitrine as JSON; "" for an unknown service. `origin`: the origin of this server.
std::string accountAt(std::string_view service, const std::string& origin);

}  // namespace vitrine::demo
