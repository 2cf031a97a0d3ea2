// The row of GET /_events for an event of another protocol than Vitrine's own: the same member names for all services,
// and the event as it was sent.
#pragma once

#include <nlohmann/json.hpp>

#include "store/event.h"

namespace vitrine::demo {

// Fills event.body with {"eventId","type","at","visitorId"?,…,"itemId"? or "items"?, …extra, "sent"}. `extra` holds
// what the protocol carries beyond a StoredEvent, such as surface, position or itemIds; `sent` is the event in the
// service's own format.
void describe(StoredEvent& event, const nlohmann::json& sent, const nlohmann::json& extra = nlohmann::json::object());

}  // namespace vitrine::demo
