// Ids that the core makes itself.
#pragma once

#include <string>

#include "base/random.h"

namespace vitrine {

// The id of a serve to which its service has given none.
inline std::string newServeId(Random& random) { return "sv_" + random.token(24); }

}  // namespace vitrine
