#include "delivery/departures.h"

#include <algorithm>

#include "base/text.h"

namespace vitrine {

void Departures::report(std::uint64_t ordinal, Departure how) {
  if (waiters_.empty()) return;
  bool isFinished = false;
  for (Waiter& waiter : waiters_) {
    if (ordinal >= waiter.before || waiter.remaining == 0) continue;
    if (how == Departure::kDelivered) ++waiter.delivered;
    isFinished |= --waiter.remaining == 0;
  }
  if (isFinished) settleFinished();
}

void Departures::await(double callId, std::uint64_t before, std::size_t events, TimeMs deadlineMs) {
  waiters_.push_back({callId, before, events, 0, deadlineMs});
}

void Departures::settle(const char* reason, TimeMs deadlineMs) {
  waiters_.eraseIf([&](const Waiter& waiter) {
    const bool isGivenUp = reason && waiter.remaining > 0 && (deadlineMs == kNever || waiter.deadlineMs <= deadlineMs);
    if (waiter.remaining > 0 && !isGivenUp) return false;
    Text out;
    JsonObject json(out);
    json.add("delivered", static_cast<double>(waiter.delivered))
        .add("remaining", static_cast<double>(waiter.remaining));
    if (isGivenUp) json.add("reason", reason);
    json.close();
    effects_.settle(waiter.callId, true, out);
    return true;
  });
}

TimeMs Departures::nextDeadlineMs() const {
  TimeMs next = kNever;
  for (const Waiter& waiter : waiters_) next = smaller(next, waiter.deadlineMs);
  return next;
}

void Departures::describe(JsonObject& json) const {
  JsonObject dropped(json.key("dropped"));
  for (int i = 0; i < kDropReasons; ++i) {
    if (dropped_[i] > 0) dropped.add(kDropReasonNames[i], dropped_[i]);
  }
  dropped.close();
}

}  // namespace vitrine
