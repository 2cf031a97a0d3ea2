// Reads the events of the Depict protocol. If one event of a request is malformed, the whole request is refused (422).
//
// The protocol has a session id that outlives visits, which becomes both visitorId and sessionId of the row. It has no
// time and no list position of an event: `at` is the time of receipt. A click or view names the recommendation_id of
// its display, which becomes the row's serveId.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "store/event.h"

namespace vitrine::demo {

// /create-events, an array: page_view, click, ws_click, add_to_cart, purchase, element_visible and
// recommendations_inserted. Deduplicated by deduplication_id if it is given.
std::vector<StoredEvent> readDepictEvents(const nlohmann::json& body);

// /v2/create-events: {"tenant","market","events":[…]} of purchase, transaction_mapping and product_unavailable. A
// purchase is deduplicated by its transaction_id.
std::vector<StoredEvent> readDepictPurchases(const nlohmann::json& body);

}  // namespace vitrine::demo
