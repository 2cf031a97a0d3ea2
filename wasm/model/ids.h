// Ids that the core makes itself.
#pragma once

#include <string>

#include "base/random.h"

namespace vitrine {

// Returns an id for a serve to which its service gave none.
inline std::string newServeId(Random& random) { return "sv_" + random.token(24); }

// The id of a page view, or of a journal: the first journal of a page has the id of its page view. 50 random bits, so
// no two journals of a browser have the same id.
inline std::string newPageId(Random& random) { return random.token(10); }

}  // namespace vitrine
