// Publishes events to the stream and waits for its acknowledgements.
//
// Safe to use from several threads. All events of a request are sent at once, and then their acknowledgements are
// awaited together.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/event.h"
#include "store/store.h"
#include "stream/nats.h"

namespace vitrine::demo {

class Publisher {
 public:
  // Connects, and makes the stream if there is none. Throws StreamError.
  explicit Publisher(const StreamOptions& options);

  // Returns when the stream has acknowledged every event. `duplicates` counts those that the stream had already. While
  // the cluster chooses a new leader for the stream, events are sent again until the timeout. Throws StreamError if an
  // event has no acknowledgement; others of the batch may be in the stream then, and the stream recognizes them when
  // they are sent again. Throws Refusal (413) for an event that is larger than the servers allow, and publishes none
  // then.
  Receipt publish(const std::vector<StoredEvent>& events);

  bool isUp() const { return link_.isUp(); }

 private:
  using Clock = std::chrono::steady_clock;

  // The events of one call. Lives on the caller's stack, and is forgotten before the call ends.
  struct Batch {
    std::condition_variable changed;
    std::size_t open = 0;              // sent, without an acknowledgement so far
    std::vector<std::size_t> unheard;  // no server received them
    std::size_t duplicates = 0;
    std::string fault;  // the failure of one event, if any
  };
  struct Sent {
    Batch* batch = nullptr;
    std::size_t index = 0;
  };

  static void onAck(jsCtx* context, natsMsg* message, jsPubAck* ack, jsPubAckErr* error, void* self);
  void refuseLargeEvents(const std::vector<StoredEvent>& events) const;
  void send(Batch& batch, const StoredEvent& event, std::size_t index);
  void enter(std::size_t count, Clock::time_point deadline);
  void leave(const Batch& batch, std::size_t count);
  Receipt publishAll(const std::vector<StoredEvent>& events);
  void awaitAcks(Batch& batch, std::unique_lock<std::mutex>& lock, Clock::time_point deadline);
  void noteOutcome(const std::string& fault);
  std::string tooLate() const;

  const std::chrono::milliseconds timeout_;
  std::mutex mutex_;
  std::timed_mutex turn_;  // held by the one request that waits for room, so that small ones do not pass a large one
  std::condition_variable room_;
  std::size_t entered_ = 0;                  // the number of events of the requests that have room
  std::unordered_map<natsMsg*, Sent> sent_;  // owned by the client library until onAck()
  bool isRefusing_ = false;
  NatsLibrary library_;  // ends after the two below and before what its threads use
  Link link_;
  NatsContext context_;
};

}  // namespace vitrine::demo
