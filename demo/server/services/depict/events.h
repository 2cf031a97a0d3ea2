// Reading events as the Depict protocol carries them. Either all of a request are well-formed, or it is refused (422).
//
// Of its shopper the protocol knows a session id that outlives visits, so that is the row's visitorId as well as its
// sessionId. It says neither when an event happened nor where in a list: `at` is the time of receipt. A click or view
// names the recommendation_id that came with its display; the row has it as serveId.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "store/event.h"

namespace vitrine::demo {

// /create-events, an array: page_view, click, ws_click, add_to_cart, purchase, element_visible and
// recommendations_inserted. Deduplicated by deduplication_id where it is given.
std::vector<Event> readDepictEvents(const nlohmann::json& body);

// /v2/create-events: {"tenant","market","events":[…]} of purchase, transaction_mapping and product_unavailable. A
// purchase is deduplicated by its transaction_id.
std::vector<Event> readDepictPurchases(const nlohmann::json& body);

}  // namespace vitrine::demo
