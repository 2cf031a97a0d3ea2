// Reads a batch of events of the Refine protocol.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "store/event.h"

namespace vitrine::demo {

// Returns the events of {"batchId","sentAt"?,"events":[…]}. If one is malformed, throws a Refusal (400) that names the
// first malformed event by index and eventId, and the wrong member. Unknown members are kept in the body and not
// checked.
std::vector<StoredEvent> readRefineBatch(const nlohmann::json& batch);

}  // namespace vitrine::demo
