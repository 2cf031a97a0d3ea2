// The options of data calls.
#pragma once

#include "base/time.h"

namespace vitrine {

struct CallOptions {
  double timeoutMs = 10 * kSecondMs;  // of one call, with its retries
  int retries = 1;                    // after an error that may be over in a moment (calls.cpp)
  double maxAgeMs = 1 * kMinuteMs;    // a reply this young answers the same question without a request
  double staleMs = 4 * kMinuteMs;     // a reply this much older answers too, while the next one is fetched
};

}  // namespace vitrine
