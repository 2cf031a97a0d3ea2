// The reply of recsForPlacements, in the service's words.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "services/richrelevance/request.h"
#include "services/richrelevance/strategies.h"
#include "store/catalog.h"

namespace vitrine::demo {

// One reply's worth of what its click addresses say.
struct Serve {
  std::string viewGuid;
  std::string origin;   // of the shop: "https://shop.example"
  std::string service;  // where /rrserver is: "http://127.0.0.1:8787/richrelevance"
};

nlohmann::json writeRichRelevance(const Catalog& catalog, const RichRelevanceRequest& request,
                                  const std::vector<Filled>& placements, const Serve& serve, const std::string& rcs);

}  // namespace vitrine::demo
