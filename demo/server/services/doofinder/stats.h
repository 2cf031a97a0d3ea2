// The Doofinder protocol: what a shopper did, told to /doofinder/6/{hashid}/stats.
//
// Parameters come in the query string, as the service's own client sends them, or in a JSON body. The protocol knows a
// session and, if it is told, a user; the session is the row's visitorId as well as its sessionId. Nothing can be told
// from its repetition but init, once a session and user, and checkout, whose cart is empty the second time.
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

  // PUT below /doofinder/6/{hashid}/stats; all answer {"status":"registered"}:
  //   init                 session_id*, user_id
  //   click                session_id*, dfid*, user_id, position (first = 1), query, custom_results_id, resource_id
  //   cart/{session_id}    id* (or dfid), amount, index, title, price (default the catalogue's); PATCH takes out,
  //   DELETE
  //                        empties the cart
  //   checkout             session_id*: what the session's cart holds was bought
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
