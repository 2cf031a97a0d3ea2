// Limits how often something happens: some times at once, then once in a while.
#pragma once

#include <algorithm>

#include "base/time.h"

namespace vitrine {

struct Pace {
  double burst;             // this often at once, after a pause
  double gapMs;             // then with this much time between
  TimeMs freeMs = -kNever;  // from when it may happen; never more than the gap ahead of the last time

  bool isFree(TimeMs nowMs) const { return nowMs >= freeMs; }
  // Notes that it has happened.
  void spend(TimeMs nowMs) { freeMs = smaller(larger(freeMs, nowMs - burst * gapMs), nowMs) + gapMs; }
};

}  // namespace vitrine
