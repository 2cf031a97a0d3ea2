// The common base of all services: one catalogue, one recommender, one store of events.
#pragma once

#include <vector>

#include "recommend/recommender.h"
#include "recommend/search.h"
#include "store/catalog.h"
#include "store/event.h"
#include "store/store.h"

namespace vitrine::demo {

class Stream;

struct Engine {
  const Catalog& catalog;
  const Search& search;
  Recommender& recommender;
  Store& store;
  Stream* stream = nullptr;  // nullptr: this server alone has the events

  // Stores the events and learns from those that are new. With a stream, publishes them there, and the stream's
  // consumer stores them and learns soon afterwards. Throws Refusal (503; Retry-After with a stream) if they could not
  // be stored.
  Receipt accept(const std::vector<StoredEvent>& events) const;
  // Must be called before events are read from the store in order to make another event of them: with a stream, waits
  // until the store has all events that were accepted before. Throws Refusal (503, with Retry-After).
  void catchUp() const;
};

}  // namespace vitrine::demo
