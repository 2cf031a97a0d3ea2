// The Doofinder errors: HTTP 400 {"error":"Bad request","details":{"<field>":["<rule>",…]}} lists all complaints about
// a request.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "http/form.h"
#include "http/router.h"

namespace vitrine::demo {

extern const FormStyle kDoofinderStyle;

// Returns a JSON object; an empty body counts as {}. Throws a Refusal (400) for anything else.
nlohmann::json parseDoofinderBody(const std::string& body);

// The service's error format; pages of any origin may call it.
Dialect doofinderDialect();

}  // namespace vitrine::demo
