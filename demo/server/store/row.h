// The row of GET /_events for an event that came by another protocol than our own: the same words for all of them, and
// beside them what was sent.
#pragma once

#include <nlohmann/json.hpp>

#include "store/event.h"

namespace vitrine::demo {

// Fills event.body with {"eventId","type","at","visitorId"?,…,"itemId"? or "items"?, …extra, "sent"}. `extra` holds
// what the protocol says beyond an Event, such as surface, position or itemIds; `sent` is the event in the service's
// words.
void describe(Event& event, const nlohmann::json& sent, const nlohmann::json& extra = nlohmann::json::object());

}  // namespace vitrine::demo
