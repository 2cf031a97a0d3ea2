// Time as the core knows it: always an argument, never asked for.
//
// Two kinds: wall time (what the shopper's clock says, used for what is written on events and compared between tabs)
// and logical time (wall time with steps backward taken out, used for every deadline).
#pragma once

#include <limits>

namespace vitrine {

using TimeMs = double;  // milliseconds; wall time counts from the Unix epoch

constexpr TimeMs kNever = std::numeric_limits<double>::infinity();
constexpr double kSecondMs = 1000;
constexpr double kMinuteMs = 60 * kSecondMs;
constexpr double kHourMs = 60 * kMinuteMs;
constexpr double kDayMs = 24 * kHourMs;

// What Date can say; NaN is not.
constexpr bool isTime(double ms) { return ms >= 0 && ms <= 8.64e15; }

// When an input happened, on both clocks.
struct Moment {
  TimeMs wallMs = 0;
  TimeMs logicalMs = 0;
};

// Turns the wall clock into one that never goes back, so that a clock set back by an hour does not hold a batch for an
// hour. A step forward (laptop sleep, clock set forward) passes through: deadlines that lie in the gap are simply due.
class Clock {
 public:
  explicit Clock(TimeMs wallMs) : lastMs_(wallMs) {}

  // Logical time for this wall time; never less than any answer before.
  TimeMs tick(TimeMs wallMs) {
    if (wallMs + offsetMs_ < lastMs_) offsetMs_ = lastMs_ - wallMs;
    lastMs_ = wallMs + offsetMs_;
    return lastMs_;
  }

  // The wall time at which a logical deadline falls, as far as is known now.
  TimeMs wall(TimeMs logicalMs) const { return logicalMs - offsetMs_; }

 private:
  TimeMs lastMs_;
  double offsetMs_ = 0;
};

}  // namespace vitrine
