// Chooses the strategy of each placement: by the page type, and by the placement's position in the request (the first
// placement gets the best strategy). No product is recommended twice in one reply.
#pragma once

#include <string>
#include <vector>

#include "recommend/engine.h"
#include "services/richrelevance/request.h"

namespace vitrine::demo {

struct Filled {
  Placement placement;
  std::string message;  // "strategyMessage"
  int strategyId = 0;   // "stid" of the click addresses
  std::vector<ScoredItem> items;
};

std::vector<Filled> fillPlacements(const Engine& engine, const RichRelevanceRequest& request, const Shopper& shopper);

}  // namespace vitrine::demo
