// Controls of the demo server itself: lists and removes stored events, orders failures, reports health.
//
//   GET    /_events?service=&visitorId=&sessionId=&userId=&type=&eventId=&serveId=&orderId=&itemId=&since=&limit=
//            {"events":[{…as sent, or row.h,"service","receivedAt","deliveries"}],"total","rawDeliveries"}; oldest
//            first; since: epoch ms of receipt; limit: default 1000, at most 10000
//   DELETE /_events                    {"removed"}: removes events and all that was learnt from them
//   GET, POST, DELETE /_faults         {"pending":[…]}; members of a fault: see faults.h
//   GET    /_health                    {"status":"ok","products","events","requests":{"events","recs","search"},
//                                      "services":{"refine":{"events"?,…},…}}; with --stream also "stream":
//                                      {"connected","consumer","behind","setAside"} (consumer.h)
#pragma once

#include "http/faults.h"
#include "http/router.h"
#include "recommend/recommender.h"
#include "store/catalog.h"
#include "store/store.h"

namespace vitrine::demo {

class Stream;

// All must outlive the router. `stream`: nullptr if there is none.
void mountControlApi(Router& router, const Catalog& catalog, Store& store, Recommender& recommender, Faults& faults,
                     const Stream* stream);

}  // namespace vitrine::demo
