#include "services/make_service.h"

#include "model/names.h"
#include "services/list.h"

namespace vitrine {

std::unique_ptr<Service> makeService(std::string_view name, const Json& options, List<Problem>& problems) {
  Text known;
  for (const ServiceEntry& entry : kServices) {
    if (name == entry.name) return entry.make(options, problems);
    known.append(entry.name).append(" ");
  }
  known += "none";
  Problem refusal;
  if (std::string_view nearest; !name.empty() && !isAmong(known, name, nearest)) {
    Text message("provider.name is ");
    appendString(message, name);
    message.append(", and nothing is sent. It can be: ").append(known).append(".");
    appendGuess(message, nearest);
    refusal = validationError("provider.name", "unknown-provider", message);
  } else {
    refusal = validationError("provider", "no-service",
                              "Without a service there are no data calls, and events need events.url. Name one in "
                              "provider.");
  }
  std::unique_ptr<Service> none = kServices[0].make({}, problems);
  problems.clear();
  none->standIn(refusal);
  problems.push_back(std::move(refusal));
  return none;
}

}  // namespace vitrine
