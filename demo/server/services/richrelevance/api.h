// The RichRelevance protocol: recsForPlacements for all eleven page types, and click addresses, under /richrelevance.
//
// Like the service, it reports an error as HTTP 200 with {"status":"error","errormessage"}. The demo defines which
// strategies fill which placement, and allows any placement name.
#pragma once

#include <httplib.h>

#include <string>

#include "http/faults.h"
#include "http/router.h"
#include "recommend/engine.h"

namespace vitrine::demo {

class RichRelevanceApi {
 public:
  explicit RichRelevanceApi(const Engine& engine) : engine_(engine) {}

  // GET /richrelevance/rrserver/api/rrPlatform/recsForPlacements; GET /richrelevance/rrserver/apiclick, which redirects
  // to the product page or, without `ct`, replies with an empty picture.
  void mount(Router& router, Faults& faults);

 private:
  void recommend(const httplib::Request& source, httplib::Response& response) const;
  void follow(const httplib::Request& request, httplib::Response& response) const;

  const Engine engine_;
};

}  // namespace vitrine::demo
