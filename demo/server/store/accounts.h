// The demo's accounts at its four services, for pages that this server renders. The same stand in
// demo/shop/scripts/services.js for pages that render themselves.
#pragma once

#include <string>
#include <string_view>

namespace vitrine::demo {

// The options of Vitrine's provider, as JSON; "" for a service that there is none of. `origin`: of this server.
std::string accountAt(std::string_view service, const std::string& origin);

}  // namespace vitrine::demo
