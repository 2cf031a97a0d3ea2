// Which strategy fills which placement: the page type says what the page is about, the place in the request how good a
// strategy it gets, and no product is recommended twice in one reply.
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

std::vector<Filled> fillPlacements(const Engine& engine, const RichRelevanceRequest& request, const Asker& asker);

}  // namespace vitrine::demo
