// What an answer of the events endpoint means, and how long to wait. Pure rules; the state is delivery's.
#pragma once

#include <string_view>

#include "base/random.h"
#include "base/time.h"

namespace vitrine {

// Statuses that no server sends: what became of a request that got no reply.
constexpr int kStatusNetwork = 0;
constexpr int kStatusTimeout = -1;
constexpr int kStatusUnsent = -2;  // the browser would not take it (keepalive quota): nothing left the page

enum class Verdict {
  kDelivered,
  kUnsent,  // try again soon; not the endpoint's fault
  kRetry,   // the same events later: network error, timeout, 408, 425, 429, any 5xx, and 3xx that fetch did not follow
  kSplit,   // 413: fewer events at a time
  kRejected,  // 400, 422 and other 4xx: an event in it is bad; halve until it stands alone
  kRefused,   // 401, 403, 404, 410: key or address is wrong; final for this batch, and no event's fault
};

Verdict judge(int status);

// Waiting time before attempt `failures` + 1: exponential, full jitter (uniform between 0 and the bound, which spreads
// the shoppers of a page that comes back), never under kMinBackoffMs. failures >= 1.
constexpr double kBackoffBaseMs = 1 * kSecondMs;
constexpr double kBackoffCapMs = 30 * kSecondMs;
constexpr double kMinBackoffMs = 200;
double backoffMs(int failures, Random& random);

// Waiting time after a burst of attempts failed (the circuit breaker is open), doubling with each failed burst. trips
// >= 1.
constexpr double kCoolDownBaseMs = 20 * kSecondMs;
constexpr double kCoolDownCapMs = 15 * kMinuteMs;
double coolDownMs(int trips, Random& random);

// A Retry-After header (RFC 9110, 10.2.3): seconds or an HTTP date, as milliseconds from now, at most kRetryAfterCapMs.
// 0 if absent, unreadable or past.
constexpr double kRetryAfterCapMs = 1 * kHourMs;
double retryAfterMs(std::string_view header, TimeMs wallMs);

}  // namespace vitrine
