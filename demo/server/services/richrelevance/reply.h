// Writes the reply of recsForPlacements.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "services/richrelevance/request.h"
#include "services/richrelevance/strategies.h"
#include "store/catalog.h"

namespace vitrine::demo {

// The parts that all click addresses of one reply share.
struct ClickOrigin {
  std::string viewGuid;
  std::string origin;   // the shop: "https://shop.example"
  std::string service;  // the parent of /rrserver: "http://127.0.0.1:8787/richrelevance"
};

nlohmann::json writeRichRelevanceReply(const Catalog& catalog, const RichRelevanceRequest& request,
                                       const std::vector<Filled>& placements, const ClickOrigin& from,
                                       const std::string& rcs);

}  // namespace vitrine::demo
