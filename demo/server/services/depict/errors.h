// The Depict errors: HTTP 422 {"detail":[{"type","loc":["body",…],"msg"}]} lists all complaints about a request.
//
// The service's published OpenAPI forbids unknown members, so its readers end with Form::refuseOthers.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "http/form.h"
#include "http/router.h"

namespace vitrine::demo {

extern const FormStyle kDepictStyle;

// Returns the body as JSON. Throws a Refusal (422) for a body that is not JSON.
nlohmann::json parseDepictBody(const std::string& body);

// The service's error format: a 422 lists complaints, any other error has one sentence in "detail".
Dialect depictDialect();

// Reads an optional object whose members must be texts.
void checkTextMap(Form& form, const char* name);

}  // namespace vitrine::demo
