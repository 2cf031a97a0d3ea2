#include "recommend/engine.h"

#include <string>

#include "http/replies.h"
#include "store/ids.h"

namespace vitrine::demo {

Receipt Engine::accept(const std::vector<StoredEvent>& events) const {
  try {
    return store.add(events, now(), [this](const StoredEvent& event) { recommender.learn(event); });
  } catch (const DatabaseError& error) {
    throw Refusal{503, "not-stored", std::string("the events could not be stored: ") + error.what()};
  }
}

}  // namespace vitrine::demo
