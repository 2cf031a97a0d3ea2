// What the RichRelevance protocol says a shopper did. It has no event requests but clicks: what was served, opened, put
// into the cart and bought is told by the calls for recommendations themselves.
//
// The row's visitorId is the shopper of the `rcs` cookie, or the session at first. It has no time but that of receipt.
// Only an order can be told from its repetition: it is deduplicated by `o`.
#pragma once

#include <httplib.h>

#include <string>
#include <vector>

#include "recommend/recommender.h"
#include "services/richrelevance/reply.h"
#include "services/richrelevance/request.h"
#include "store/catalog.h"
#include "store/event.h"

namespace vitrine::demo {

// Of one call: a pageView of an item page, an addToCart of each product of an add-to-cart page, the purchase of a
// purchase-complete page, and itemsServed for each placement.
std::vector<Event> eventsOfCall(const httplib::Request& source, const Catalog& catalog,
                                const RichRelevanceRequest& request, const Asker& asker,
                                const std::vector<Filled>& placements, const std::string& viewGuid);

// Of clickURL or clickTrackingURL. Throws a Refusal for an address that no reply has made.
Event eventOfClick(const httplib::Request& source);

}  // namespace vitrine::demo
