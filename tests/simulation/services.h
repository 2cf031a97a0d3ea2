// The services of the simulated world: how a shop names them, and what a request of events tells them. What a service
// has no place for goes to the shop's own collector, which knows events by their ids.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace vitrine::test {

enum class ServiceName { kRefine, kDepict, kRichRelevance, kDoofinder };

// The configuration of a shop. events, more: further options, `"maxQueueSize":12`, `"consent":"denied"`.
std::string configOf(ServiceName service, std::string_view events = {}, std::string_view more = {});

// An item that the service's requests carry as it is; one that isBad is refused by the collector.
std::string itemOf(ServiceName service, int number, bool isBad = false);

struct Told {
  std::string id;       // by which a second time is known
  std::string subject;  // item or order; "" for none
};

struct Wire {
  Json batch;  // on the neutral wire; null on a service's own
  std::vector<Told> told;
  bool isCounted = false;  // of its one event a second time would be counted
  bool isBad = false;      // there is a bad item in it

  explicit Wire(const std::string& url, const std::string& body);
};

}  // namespace vitrine::test
