#include "model/retry.h"

#include <algorithm>
#include <cmath>

namespace vitrine {
namespace {

// Days since 1970-01-01 of a proleptic Gregorian date (Howard Hinnant, "chrono-compatible low-level date algorithms").
double daysFromCivil(int year, int month, int day) {
  year -= month <= 2;
  const int era = year / 400;
  const int yearOfEra = year - era * 400;
  const int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
  return era * 146097.0 + dayOfEra - 719468;
}

// Reads `digits` decimal digits at `at`; -1 if there are none.
int digitsAt(std::string_view text, std::size_t at, std::size_t digits) {
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

// IMF-fixdate, the only form a server may send: "Sun, 06 Nov 1994 08:49:37 GMT". kNever if it is not one.
TimeMs readHttpDate(std::string_view text) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (text.size() != 29 || text.substr(25) != " GMT") return kNever;
  const std::size_t month = kMonths.find(text.substr(8, 3));
  const int day = digitsAt(text, 5, 2), year = digitsAt(text, 12, 4);
  const int hour = digitsAt(text, 17, 2), minute = digitsAt(text, 20, 2), second = digitsAt(text, 23, 2);
  if (month == std::string_view::npos || month % 3 != 0 || std::min({day, year, hour, minute, second}) < 0)
    return kNever;
  return daysFromCivil(year, static_cast<int>(month / 3) + 1, day) * kDayMs + hour * kHourMs + minute * kMinuteMs +
         second * kSecondMs;
}

double doubled(double base, int times, double cap) {
  double value = base;
  for (; times > 0 && value < cap; --times) value *= 2;
  return std::min(cap, value);
}

}  // namespace

Verdict judge(int status) {
  if (status >= 200 && status < 300) return Verdict::kDelivered;
  if (status == kStatusUnsent) return Verdict::kUnsent;
  if (status == kStatusTooFew) return Verdict::kRejected;
  if (status < 400 || status >= 500) return Verdict::kRetry;
  switch (status) {
    case 408:
    case 425:
    case 429:
      return Verdict::kRetry;
    case 413:
      return Verdict::kSplit;
    case 401:
    case 403:
    case 404:
    case 410:
      return Verdict::kRefused;
    default:
      return Verdict::kRejected;
  }
}

double backoffMs(int failures, Random& random) {
  return std::max(kMinBackoffMs, random.unit() * doubled(kBackoffBaseMs, failures - 1, kBackoffCapMs));
}

double coolDownMs(int trips, Random& random) {
  // Half is fixed and half is random, so that no cool-down is near zero.
  return doubled(kCoolDownBaseMs, trips - 1, kCoolDownCapMs) * (0.5 + 0.5 * random.unit());
}

double retryAfterMs(std::string_view header, TimeMs wallMs) {
  while (!header.empty() && header.front() == ' ') header.remove_prefix(1);
  while (!header.empty() && header.back() == ' ') header.remove_suffix(1);
  if (header.empty()) return 0;
  const bool isNumber = header.find_first_not_of("0123456789") == std::string_view::npos;
  const double delay = isNumber ? digitsAt(header, 0, std::min<std::size_t>(header.size(), 9)) * kSecondMs
                                : readHttpDate(header) - wallMs;
  return std::isfinite(delay) ? std::clamp(delay, 0.0, kRetryAfterCapMs) : 0;
}

}  // namespace vitrine
