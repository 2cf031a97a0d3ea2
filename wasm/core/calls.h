// Data calls: who waits for what, which requests are under way, what came of them.
//
// Whoever asks is a listener with a number of its own (a promise, a slot) and hears one outcome for each start.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/effects.h"
#include "core/random.h"
#include "core/time.h"
#include "providers/provider.h"

namespace vitrine {

// What a listener asked for: a slate that is never changed again, or what is wrong.
struct Outcome {
  double listener = 0;
  std::shared_ptr<const Slate> slate;  // null if there is a problem
  Problem problem;
};

class Calls {
 public:
  // lastRequest: the counter from which every request of this runtime takes its number.
  Calls(const Provider& provider, double timeoutMs, Random& random, Effects& effects, std::uint32_t& lastRequest)
      : provider_(provider), timeoutMs_(timeoutMs), random_(random), effects_(effects), lastRequest_(lastRequest) {}

  // A listener waits for one thing at a time: cancel() what it waits for first.
  void start(double listener, QueryKind kind, const Json& query, const Asker& asker);
  bool awaits(double listener) const;
  // No outcome follows. False if the listener waits for nothing.
  bool cancel(double listener);

  // An answer; of a request that nobody waits for (any more) it is ignored.
  void requestDone(std::uint32_t number, int status, std::string_view retryAfter, std::string_view body, TimeMs wallMs);

  // What was decided since the last time, in order.
  std::vector<Outcome> takeOutcomes() { return std::exchange(outcomes_, {}); }

 private:
  struct Call {
    double listener;
    std::uint32_t request;
  };

  const Provider& provider_;
  double timeoutMs_;
  Random& random_;
  Effects& effects_;
  std::uint32_t& lastRequest_;
  std::vector<Call> calls_;  // a handful
  std::vector<Outcome> outcomes_;
};

}  // namespace vitrine
