// The Doofinder protocol: events of shoppers at /doofinder/6/{hashid}/stats.
//
// Parameters come in the query string, as the service's own client sends them, or in a JSON body. The protocol has a
// session and an optional user; the session becomes both visitorId and sessionId of the row. Only two events can be
// deduplicated: init, once per session and user, and checkout, which finds an empty cart the second time.
#pragma once

#include <httplib.h>

#include <string>

#include "http/faults.h"
#include "http/router.h"
#include "recommend/engine.h"
#include "services/doofinder/dfid.h"

namespace vitrine::demo {

class DoofinderStats {
 public:
  explicit DoofinderStats(const Engine& engine) : engine_(engine), dfids_(engine.catalog) {}

  // PUT below /doofinder/6/{hashid}/stats; the reply is always {"status":"registered"}:
  //   init                 session_id*, user_id
  //   click                session_id*, dfid*, user_id, position (first = 1), query, custom_results_id, resource_id
  //   cart/{session_id}    id* (or dfid), amount, index, title, price (default the catalogue's);
  //                        PATCH removes a product, DELETE empties the cart
  //   checkout             session_id*: the session's cart was bought
  void mount(Router& router, Faults& faults);

 private:
  struct Call;
  void init(const Call& call) const;
  void click(const Call& call) const;
  void addToCart(const Call& call) const;
  void removeFromCart(const Call& call) const;
  void emptyCart(const Call& call) const;
  void checkOut(const Call& call) const;

  std::vector<EventItem> cartOf(const std::string& sessionId) const;

  const Engine engine_;
  const Dfids dfids_;
};

}  // namespace vitrine::demo
