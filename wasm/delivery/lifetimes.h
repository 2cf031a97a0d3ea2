// Decides when an event is too old to be sent. Events age by a steady time of this page, which no jump of the shopper's
// clock changes: it never goes back, and one step forward (a jump, or a machine that slept) counts as a quarter of
// maxAge at most. Private to this folder.
#pragma once

#include <algorithm>

#include "base/time.h"
#include "delivery/delivery_options.h"
#include "model/event.h"

namespace vitrine {

class Lifetimes {
 public:
  explicit Lifetimes(const DeliveryOptions& options) : options_(options) {}

  // Every input reports the wall time here first.
  void tick(TimeMs wallMs) {
    if (nowMs_ == 0) nowMs_ = latestMs_ = wallMs;
    nowMs_ += smaller(larger(wallMs - latestMs_, 0), options_.maxAgeMs / 4);
    latestMs_ = larger(latestMs_, wallMs);
    wallMs_ = wallMs;
  }

  // The steady time: wall time of the first input, plus the time since.
  TimeMs nowMs() const { return nowMs_; }

  // Returns the steady time at which an event of this moment is too old. Purchases live eight times as long as others:
  // an order is the last thing to be lost, and a page that adopts it knows its age only by a clock that others may set.
  TimeMs endOfNew(const Event& event) const {
    constexpr double kPurchaseLives = 8;
    return nowMs_ + options_.maxAgeMs * (event.kind == EventKind::kPurchase ? kPurchaseLives : 1);
  }

  // The same for an event of an ended page.
  TimeMs endOfAdopted(const Event& event) const {
    // No event was made before September 2020, years before there was any Vitrine: a clock that said so was wrong.
    constexpr TimeMs kEarliestMs = 1.6e12;
    if (event.atMs < kEarliestMs) return endOfNew(event);
    return endOfNew(event) - larger(0, smaller(nowMs_, wallMs_) - event.atMs);
  }

 private:
  const DeliveryOptions& options_;
  TimeMs wallMs_ = 0;
  TimeMs latestMs_ = 0;  // the latest wall time so far
  TimeMs nowMs_ = 0;
};

}  // namespace vitrine
