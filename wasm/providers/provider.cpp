#include "providers/provider.h"

#include "providers/refine.h"

namespace vitrine {

bool readQueryKind(std::string_view name, QueryKind& kind) {
  for (int i = 0; i < kQueryKinds; ++i) {
    if (name != kQueryKindNames[i]) continue;
    kind = static_cast<QueryKind>(i);
    return true;
  }
  return false;
}

// The list of services: one line each.
std::unique_ptr<Provider> makeProvider(std::string_view name, const Json& options, std::vector<Problem>& problems) {
  if (name != "refine") {
    problems.push_back(validationError("provider.name", "unknown-provider", "provider.name must be 'refine'."));
  }
  return std::make_unique<Refine>(options, problems);
}

}  // namespace vitrine
