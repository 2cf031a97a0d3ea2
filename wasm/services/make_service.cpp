#include "services/make_service.h"

#include "services/list.h"

namespace vitrine {

std::unique_ptr<Service> makeService(std::string_view name, const Json& options, std::vector<Problem>& problems) {
  std::string known;
  for (const ServiceEntry& entry : kServices) {
    if (name == entry.name) return entry.make(options, problems);
    known.append(known.empty() ? "'" : ", '").append(entry.name).append("'");
  }
  problems.push_back(
      validationError("provider.name", "unknown-provider", "provider.name must be one of " + known + "."));
  return kServices[0].make(options, problems);
}

}  // namespace vitrine
