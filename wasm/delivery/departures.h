// Accounts for every event that leaves the queue: counts the dropped ones by reason, and settles the flush() promises
// that wait for them. The outbox reports to it, so that nobody else has to. Private to this folder.
#pragma once

#include <cstdint>

#include "base/effects.h"
#include "base/json.h"
#include "base/list.h"
#include "base/time.h"
#include "delivery/drop_reason.h"

namespace vitrine {

enum class Departure {
  kDelivered,
  kUnsent,  // dropped, or parked for another page
};

class Departures {
 public:
  explicit Departures(Effects& effects) : effects_(effects) {}

  // The event with this ordinal has left the queue.
  void report(std::uint64_t ordinal, Departure how);
  // Adds dropped events to the count of their reason; they need not have been in the queue.
  void countDropped(DropReason reason, std::size_t events) {
    dropped_[static_cast<int>(reason)] += static_cast<int>(events);
  }
  int dropped(DropReason reason) const { return dropped_[static_cast<int>(reason)]; }

  // The promise callId waits for the `events` events of the queue, which all have ordinals below `before`. It settles
  // once all have left, or by one of the functions below.
  void await(double callId, std::uint64_t before, std::size_t events, TimeMs deadlineMs);
  // Settles the promises that wait for nothing any more.
  void settleFinished() { settle(nullptr, kNever); }
  // Settles every promise, with a reason if it still waits.
  void settleAll(const char* reason) { settle(reason, kNever); }
  // Settles the promises whose deadline has passed.
  void settleOverdue(TimeMs nowMs) { settle("deadline", nowMs); }
  TimeMs nextDeadlineMs() const;

  // Adds "dropped": {<reason>: n}.
  void describe(JsonObject& json) const;

 private:
  struct Waiter {
    double callId;
    std::uint64_t before;
    std::size_t remaining;
    std::size_t delivered;
    TimeMs deadlineMs;
  };

  // reason: for the promises that still wait and whose deadline is at or before deadlineMs (all if kNever); null for
  // none of them.
  void settle(const char* reason, TimeMs deadlineMs);

  Effects& effects_;
  List<Waiter> waiters_;
  int dropped_[kDropReasons] = {};
};

}  // namespace vitrine
