// Depict's searches, suggestions and listings (v3) under /depict.
//
// Members, limits and the shape of errors follow the service's published OpenAPI. The demo defines what a shop would
// configure: the fields of filters and sorts, and that a listing's external id is the name of a category.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "http/faults.h"
#include "http/router.h"
#include "recommend/engine.h"
#include "recommend/listing.h"

namespace vitrine::demo {

class DepictSearch {
 public:
  explicit DepictSearch(const Engine& engine) : engine_(engine) {}

  // POST /depict/v3/search/results, POST /depict/v3/listings/external_id/{category}/products,
  // GET /depict/v3/search/suggestions.
  void mount(Router& router, Faults& faults);

 private:
  nlohmann::json list(const nlohmann::json& body, const std::string& category, const std::string& origin) const;
  nlohmann::json suggest(const httplib::Request& request) const;

  const Engine engine_;
};

}  // namespace vitrine::demo
