// Chooses the service that the configuration names.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "services/service.h"

namespace vitrine {

// The service `name` with these options. Wrong or missing options are told in `problems`; each call that needs them
// fails with a validation error. An unknown name is a problem too, and so is one that was left out of this build.
std::unique_ptr<Service> makeService(std::string_view name, const Json& options, std::vector<Problem>& problems);

}  // namespace vitrine
