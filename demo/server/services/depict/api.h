// The Depict protocol: recommendations v2 and v3 and event intake as a shop calls them under /depict.
//
// Members, limits and the shape of errors follow the service's published OpenAPI. Ours, because the service configures
// them for each shop: the types of recommendations, and that an unknown tenant or product gives no displays and says so
// in "error".
#pragma once

#include <httplib.h>

#include <nlohmann/json.hpp>
#include <string>

#include "http/faults.h"
#include "http/router.h"
#include "recommend/engine.h"
#include "services/depict/form.h"

namespace vitrine::demo {

// The only tenant (v3: merchant) that this service knows.
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
  Slate choose(const Query& query) const;
  nlohmann::json display(const Product& product, const std::string& origin) const;

  const Engine engine_;
};

}  // namespace vitrine::demo
