// The events of the RichRelevance protocol. Clicks are its only event requests; the requests for recommendations
// themselves report served, opened, carted and bought products.
//
// The row's visitorId is the shopper of the `rcs` cookie, or the session as long as there is no cookie. The time is the
// time of receipt. Only orders can be deduplicated: by `o`.
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

// Returns the events of one request: a pageView of an item page, an addToCart of each product of an add-to-cart page,
// the purchase of a purchase-complete page, and itemsServed for each placement.
std::vector<StoredEvent> eventsOfCall(const httplib::Request& source, const Catalog& catalog,
                                      const RichRelevanceRequest& request, const Shopper& shopper,
                                      const std::vector<Filled>& placements, const std::string& viewGuid);

// Returns the click of a clickURL or clickTrackingURL. Throws a Refusal for an address that no reply contained.
StoredEvent eventOfClick(const httplib::Request& source);

}  // namespace vitrine::demo
