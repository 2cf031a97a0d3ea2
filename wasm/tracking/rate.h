// Limits how fast events may come, as a protection against loops in the shop's own code.
#pragma once

#include <algorithm>

#include "base/time.h"
#include "model/event.h"

namespace vitrine {

// One token bucket per kind of event. No shopper makes 2000 events of one kind at once, or 50 a second for long; a
// handler that triggers itself does so within a second.
struct RateOptions {
  double burst = 2000;
  double perSecond = 50;
};

class RateLimit {
 public:
  explicit RateLimit(const RateOptions& options) : options_(options) {}

  // Takes a token and returns true; returns false if there is none. nowMs: logical.
  bool allows(EventKind kind, TimeMs nowMs) {
    Bucket& bucket = buckets_[static_cast<int>(kind)];
    const double more = larger(0, nowMs - bucket.filledMs) / kSecondMs * options_.perSecond;
    bucket.missing = larger(0, bucket.missing - more);
    bucket.filledMs = nowMs;
    if (bucket.missing + 1 > options_.burst) return false;
    ++bucket.missing;
    return true;
  }

 private:
  struct Bucket {
    double missing = 0;  // tokens
    TimeMs filledMs = 0;
  };

  RateOptions options_;
  Bucket buckets_[kEventKinds];
};

}  // namespace vitrine
