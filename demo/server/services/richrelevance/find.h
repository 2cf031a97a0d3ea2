// RichRelevance's search (find/v1), its autocomplete and its clicks, with the parameters and replies of its SDKs.
//
// Errors are HTTP 200, as those of recsForPlacements. The demo defines the fields of filters, sorts and facets.
#pragma once

#include <nlohmann/json.hpp>

#include "http/faults.h"
#include "http/router.h"
#include "recommend/engine.h"
#include "recommend/listing.h"

namespace vitrine::demo {

class RichRelevanceFind {
 public:
  explicit RichRelevanceFind(const Engine& engine) : engine_(engine) {}

  // GET /richrelevance/rrserver/api/find/v1/{apiKey}, …/v1/autocomplete/{apiKey} and …/v1/track/click/{apiKey}, which
  // redirects to the product page. A search is stored as itemsServed.
  void mount(Router& router, Faults& faults);

 private:
  nlohmann::json list(const httplib::Request& request) const;
  nlohmann::json suggest(const httplib::Request& request) const;
  void follow(const httplib::Request& request, httplib::Response& response) const;

  const Engine engine_;
};

}  // namespace vitrine::demo
