// The services of the simulated world: the configuration of a shop that uses one, and the events in a request to one.
// Events that a service cannot take go to the shop's own collector, which stores each event id once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace vitrine::test {

enum class ServiceName { kRefine, kDepict, kRichRelevance, kDoofinder };
constexpr ServiceName kAllServices[] = {ServiceName::kRefine, ServiceName::kDepict, ServiceName::kRichRelevance,
                                        ServiceName::kDoofinder};

// Returns the name that a configuration gives as provider.name.
std::string nameOf(ServiceName service);

// Returns the configuration of a shop. events: more members of `events`, as `"maxQueueSize":12`. more: more members of
// the configuration, as `"consent":"denied"`.
std::string configOf(ServiceName service, std::string_view events = {}, std::string_view more = {});

// Returns the id of an item, in the form that the service's requests carry unchanged. isBad: the collector refuses the
// request that holds it.
std::string itemOf(ServiceName service, int number, bool isBad = false);

// Returns a short name of an item, "item12", for people.
std::string labelOf(const std::string& itemId);

struct WireEvent {
  std::string id;      // the collector recognises a stored event by this id; "" if it cannot
  std::string itemId;  // for an order the order's id; "" if there is none
};

// The events in a request.
struct Wire {
  Json batch;  // the body, in the shop's own format; null in a service's
  std::vector<WireEvent> events;
  bool countsEveryTime = false;  // the service cannot recognise the one event of this request, if sent again
  bool isBad = false;            // one of the items is bad

  explicit Wire(const std::string& url, const std::string& body);
};

}  // namespace vitrine::test
