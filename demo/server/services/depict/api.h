// The Depict protocol: recommendations v2 and v3 and event intake as a shop calls them under /depict.
//
// Members, limits and the shape of errors follow the service's published OpenAPI. The service configures two things for
// each shop, so the demo defines them: the types of recommendations, and that an unknown tenant or product gets no
// displays and an "error".
#pragma once

#include <httplib.h>

#include <nlohmann/json.hpp>
#include <string>

#include "http/faults.h"
#include "http/router.h"
#include "recommend/engine.h"
#include "services/depict/errors.h"

namespace vitrine::demo {

// The only tenant (v3: merchant) of the demo.
constexpr char kDepictTenant[] = "osier";

class DepictApi {
 public:
  explicit DepictApi(const Engine& engine) : engine_(engine) {}

  // POST /depict/v2/recommend/products/{general,product,category,products}, /depict/v3/recommend/products,
  // /depict/create-events, /depict/v2/create-events and its older name /depict/v2/track.
  void mount(Router& router, Faults& faults);

 private:
  struct Query;
  nlohmann::json recommend(const Query& query, const std::string& origin) const;
  nlohmann::json recommendByVariant(const Query& query, const std::string& origin) const;
  Ranking choose(const Query& query) const;
  nlohmann::json display(const CatalogProduct& product, const std::string& origin) const;

  const Engine engine_;
};

}  // namespace vitrine::demo
