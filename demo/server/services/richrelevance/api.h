// The RichRelevance protocol: recsForPlacements for all eleven page types, and click addresses, under /richrelevance.
//
// As the service has it, an error is HTTP 200 with {"status":"error","errormessage"}. Ours: which strategies fill which
// placement, and that a placement may have any name.
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

  // GET /richrelevance/rrserver/api/rrPlatform/recsForPlacements; GET /richrelevance/rrserver/apiclick, which leads on
  // to the product page or, without `ct`, answers with an empty picture.
  void mount(Router& router, Faults& faults);

 private:
  void recommend(const httplib::Request& request, httplib::Response& response) const;
  void follow(const httplib::Request& request, httplib::Response& response) const;

  const Engine engine_;
};

}  // namespace vitrine::demo
