// A lane: the events that may share a request, because they go to the same address in the same form. Each lane has its
// own waiting time, back-off, circuit breaker and size of batches, so an address that fails, hangs or refuses holds no
// other. Private to this folder.
#pragma once

#include <algorithm>
#include <cstdint>

#include "base/random.h"
#include "base/text.h"
#include "base/time.h"
#include "model/event.h"
#include "model/retry.h"
#include "services/service.h"

namespace vitrine {

// Lane 0 is the collector of events.url. Lane n + 1 is the lane n of the service.
constexpr int kOwnLane = 0;
constexpr int kMostLanes = 1 + Service::kMostLanes;

// The wait before a request that the browser did not take is tried again.
constexpr double kUnsentDelayMs = 500;

// Returns how a request ended, as metrics and messages name it.
Text statusText(int status);

// The lane of each kind of event.
struct LaneOfKind {
  std::int8_t of[kEventKinds] = {};
};

struct Lane {
  std::size_t size = kMaxBatch;  // most events of a request
  bool countsRepeats = false;    // a repeated event would count twice
  TimeMs dueMs = kNever;         // when the oldest waiting event has waited long enough
  TimeMs blockedUntilMs = 0;     // back-off, Retry-After or cool-down
  TimeMs askedUntilMs = 0;       // the Retry-After part of it
  TimeMs stuckUntilMs = 0;       // the part of it that no flush() waits for
  bool isUrgent = false;         // all that waits now is sent at once: flush(), hidden page
  int failures = 0;              // failed tries of the present burst
  int trips = 0;                 // bursts that failed one after the other
  int rejections = 0;            // single events rejected since one was accepted
  int window = 0;                // most events in a batch; shrinks during the search for a bad event
  int lastStatus = kGood;        // how the last request ended
  std::size_t retrying = 0;      // events of the last request, if it failed and is tried again

  static constexpr int kGood = 200;

  // The events that wait are due at `ms` at the latest.
  void dueBy(TimeMs ms) { dueMs = smaller(dueMs, ms); }
  // Ends a back-off or a cool-down, but no Retry-After.
  void unblock() {
    blockedUntilMs = askedUntilMs;
    stuckUntilMs = 0;
  }
  // Rests, with a pause that no flush() waits for.
  void stopUntil(TimeMs ms) {
    blockedUntilMs = stuckUntilMs = ms;
    isUrgent = false;
  }
  void coolDown(TimeMs nowMs, Random& random) {
    failures = 0;
    stopUntil(nowMs + coolDownMs(++trips, random));
  }
  // All that waited was sent or dropped.
  void emptied() {
    dueMs = kNever;
    isUrgent = false;
  }
};

}  // namespace vitrine
