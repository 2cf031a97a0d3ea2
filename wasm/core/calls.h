// Data calls that somebody waits for: which request answers which promise.
#pragma once

#include <cstdint>
#include <vector>

#include "core/effects.h"
#include "core/error.h"
#include "providers/product.h"

namespace vitrine {

class Calls {
 public:
  explicit Calls(Effects& effects) : effects_(effects) {}

  void open(double callId, std::uint32_t request) { calls_.push_back({callId, request}); }
  bool awaits(std::uint32_t request) const;
  void abort(double callId);

  // Settles the promise that waits for this request, with the slate or with what is wrong.
  void settle(std::uint32_t request, const Slate& slate, const Problem& problem);
  void refuse(double callId, const Problem& problem) { effects_.settle(callId, false, errorJson(*problem)); }

 private:
  struct Call {
    double callId;
    std::uint32_t request;
  };

  Effects& effects_;
  std::vector<Call> calls_;  // a handful
};

}  // namespace vitrine
