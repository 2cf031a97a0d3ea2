// The options of data calls.
#pragma once

#include "base/time.h"

namespace vitrine {

struct CallOptions {
  double timeoutMs = 10 * kSecondMs;  // for one request and its retries
  int retries = 1;                    // after an error that may pass in a moment (calls.cpp)
  double maxAgeMs = 1 * kMinuteMs;    // an equal query reuses a reply up to this age, without a request
  double staleMs = 4 * kMinuteMs;     // a reply older by up to this is reused while the next one is fetched
  bool isServer = false;              // one instance makes the calls of many shoppers
};

}  // namespace vitrine
