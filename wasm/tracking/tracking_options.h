// The options of the configuration that decide which events are made, and with which ids.
#pragma once

#include "tracking/rate.h"

namespace vitrine {

struct TrackingOptions {
  RateOptions rate;                // events.rateLimit: {burst, perSecond}
  bool dropsBots = false;          // events.bots: 'tag' | 'drop'
  bool resetsForOtherUser = true;  // identity.otherUser: 'reset' | 'keep'
  bool sendsAddress = false;       // item events have the page's address, because the service wants it
};

}  // namespace vitrine
