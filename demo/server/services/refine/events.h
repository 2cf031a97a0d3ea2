// Reading a batch of events as the Refine protocol carries them.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "store/event.h"

namespace vitrine::demo {

// The events of {"batchId","sentAt"?,"events":[…]}. Either all are well-formed, or a Refusal (400) names the first that
// is not by index and eventId, and the member at fault. Members that the protocol does not know are kept in the body
// and not judged.
std::vector<Event> readRefineBatch(const nlohmann::json& batch);

}  // namespace vitrine::demo
