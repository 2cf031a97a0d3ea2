// The core receives time as an argument and never asks for it.
//
// There are two kinds. Wall time is the shopper's clock: it is written on events and compared between tabs. Logical
// time is wall time without its steps backward: it is used for every deadline.
#pragma once

#include <limits>

namespace vitrine {

using TimeMs = double;  // milliseconds; wall time counts from the Unix epoch

constexpr TimeMs kNever = std::numeric_limits<double>::infinity();
constexpr double kSecondMs = 1000;
constexpr double kMinuteMs = 60 * kSecondMs;
constexpr double kHourMs = 60 * kMinuteMs;
constexpr double kDayMs = 24 * kHourMs;

// Returns true for times that a JavaScript Date can hold, so false for NaN.
constexpr bool isTime(double ms) { return ms >= 0 && ms <= 8.64e15; }

// The smaller and the larger of two numbers, neither of which is NaN. WebAssembly has an instruction for each; those of
// the standard library compare and choose.
inline double smaller(double a, double b) {
#ifdef __wasm__
  return __builtin_wasm_min_f64(a, b);
#else
  return a < b ? a : b;
#endif
}
inline double larger(double a, double b) {
#ifdef __wasm__
  return __builtin_wasm_max_f64(a, b);
#else
  return a < b ? b : a;
#endif
}

// The time of an input, on both clocks.
struct Moment {
  TimeMs wallMs = 0;
  TimeMs logicalMs = 0;
};

// Turns the wall clock into one that never goes back, so that a clock set back by an hour does not hold a batch for an
// hour. A step forward (laptop sleep, clock set forward) passes through: deadlines that lie in the gap are simply due.
class Clock {
 public:
  explicit Clock(TimeMs wallMs) : lastMs_(wallMs) {}

  // Returns the logical time of this wall time, never less than an earlier result.
  TimeMs tick(TimeMs wallMs) {
    if (wallMs + offsetMs_ < lastMs_) offsetMs_ = lastMs_ - wallMs;
    lastMs_ = wallMs + offsetMs_;
    return lastMs_;
  }

  // Returns the wall time at which a logical deadline falls, as far as is known now.
  TimeMs wall(TimeMs logicalMs) const { return logicalMs - offsetMs_; }

 private:
  TimeMs lastMs_;
  double offsetMs_ = 0;
};

}  // namespace vitrine
