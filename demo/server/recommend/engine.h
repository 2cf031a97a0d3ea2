// The common base of all services: one catalogue, one recommender, one store of events.
#pragma once

#include <vector>

#include "recommend/recommender.h"
#include "recommend/search.h"
#include "store/catalog.h"
#include "store/event.h"
#include "store/store.h"

namespace vitrine::demo {

struct Engine {
  const Catalog& catalog;
  const Search& search;
  Recommender& recommender;
  Store& store;

  // Stores the events and learns from those that are new. Throws Refusal (503) if they could not be stored.
  Receipt accept(const std::vector<StoredEvent>& events) const;
};

}  // namespace vitrine::demo
