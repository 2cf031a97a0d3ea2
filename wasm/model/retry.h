// The meaning of a collector's reply, and how long to wait before the next request. Pure rules; delivery holds the
// state.
#pragma once

#include <string_view>

#include "base/random.h"
#include "base/time.h"

namespace vitrine {

// Statuses that no server sends, for requests without a reply.
constexpr int kStatusNetwork = 0;
constexpr int kStatusTimeout = -1;
constexpr int kStatusUnsent = -2;  // the browser refused to send it (keepalive quota)
// Statuses for a 2xx whose body is no acknowledgement of the whole batch (events.acknowledge).
constexpr int kStatusUnacknowledged = -3;  // the reply names no number of accepted events, as a login page
constexpr int kStatusTooFew = -4;          // the collector accepted fewer events than were sent

enum class Verdict {
  kDelivered,
  kUnsent,  // try again soon; the collector is not at fault
  kRetry,   // the same events later: network error, timeout, 408, 425, 429, any 5xx, and 3xx that fetch did not follow
  kSplit,   // 413: fewer events at a time
  kRejected,  // 400, 422, other 4xx, too few accepted: an event in it is bad; halve until it stands alone
  kRefused,   // 401, 403, 404, 410: key or address is wrong; final for this batch, and no event's fault
};

Verdict judge(int status);

// Returns the waiting time before attempt `failures` + 1: exponential, full jitter (uniform between 0 and the bound,
// which spreads the shoppers of a page that comes back), never under kMinBackoffMs. failures >= 1.
constexpr double kBackoffBaseMs = 1 * kSecondMs;
constexpr double kBackoffCapMs = 30 * kSecondMs;
constexpr double kMinBackoffMs = 200;
double backoffMs(int failures, Random& random);

// Returns the waiting time after a burst of attempts failed (the circuit breaker is open), doubling with each failed
// burst. trips >= 1.
constexpr double kCoolDownBaseMs = 20 * kSecondMs;
constexpr double kCoolDownCapMs = 15 * kMinuteMs;
double coolDownMs(int trips, Random& random);

// Reads a Retry-After header (RFC 9110, 10.2.3): seconds or an HTTP date. Returns milliseconds from now, at most
// kRetryAfterCapMs, or 0 if the header is absent, unreadable or past.
constexpr double kRetryAfterCapMs = 1 * kHourMs;
double retryAfterMs(std::string_view header, TimeMs wallMs);

}  // namespace vitrine
