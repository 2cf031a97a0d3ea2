// The options of the configuration's `events` that decide which events are made at all.
#pragma once

#include "tracking/rate.h"

namespace vitrine {

struct TrackingOptions {
  RateOptions rate;        // rateLimit: {burst, perSecond}
  bool dropsBots = false;  // bots: 'tag' | 'drop'
};

}  // namespace vitrine
