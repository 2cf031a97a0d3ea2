// Chooses the service that the configuration names.
#pragma once

#include <memory>
#include <string_view>

#include "base/list.h"
#include "services/service.h"

namespace vitrine {

// Makes the service `name` with these options. Wrong or missing options are reported in `problems`, and each call that
// needs them fails with a validation error. The names "" and "none", and a name that is unknown or left out of this
// build, make a stand-in (Service::isNone), with the problem `no-service` or `unknown-provider`.
std::unique_ptr<Service> makeService(std::string_view name, const Json& options, List<Problem>& problems);

}  // namespace vitrine
