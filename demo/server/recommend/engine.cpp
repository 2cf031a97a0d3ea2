#include "recommend/engine.h"

#include <string>

#include "http/replies.h"
#include "store/ids.h"
#include "stream/stream.h"

namespace vitrine::demo {
namespace {

constexpr int kStreamRetryS = 5;

}  // namespace

Receipt Engine::accept(const std::vector<StoredEvent>& events) const {
  try {
    if (stream) return stream->publish(events);
    return store.add(events, now(), [this](const StoredEvent& event) { recommender.learn(event); });
  } catch (const DatabaseError& error) {
    throw Refusal{503, "not-stored", std::string("the events could not be stored: ") + error.what()};
  } catch (const StreamError& error) {
    throw Refusal{.status = 503,
                  .code = "not-stored",
                  .message = std::string("the events could not be stored; send them again: ") + error.what(),
                  .retryAfterS = kStreamRetryS};
  }
}

void Engine::catchUp() const {
  if (stream && !stream->catchUp())
    throw Refusal{.status = 503,
                  .code = "not-stored",
                  .message = "earlier events are still on their way through the stream; send the event again",
                  .retryAfterS = kStreamRetryS};
}

}  // namespace vitrine::demo
