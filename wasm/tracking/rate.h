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
  explicit RateLimit(const RateOptions& options) : options_(options) {
    for (double& tokens : tokens_) tokens = options.burst;
  }

  // Takes a token and returns true; returns false if there is none. nowMs: logical.
  bool allows(EventKind kind, TimeMs nowMs) {
    if (nowMs > filledMs_) {
      const double more = filledMs_ == 0 ? 0 : (nowMs - filledMs_) / kSecondMs * options_.perSecond;
      for (double& tokens : tokens_) tokens = std::min(options_.burst, tokens + more);
      filledMs_ = nowMs;
    }
    double& tokens = tokens_[static_cast<int>(kind)];
    if (tokens < 1) return false;
    --tokens;
    return true;
  }

 private:
  RateOptions options_;
  double tokens_[kEventKinds];
  TimeMs filledMs_ = 0;
};

}  // namespace vitrine
