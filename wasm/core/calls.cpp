#include "core/calls.h"

#include <algorithm>

namespace vitrine {

bool Calls::awaits(std::uint32_t request) const {
  return std::any_of(calls_.begin(), calls_.end(), [=](const Call& call) { return call.request == request; });
}

void Calls::abort(double callId) {
  std::erase_if(calls_, [&](const Call& call) {
    if (call.callId != callId) return false;
    effects_.cancel(call.request);
    const Problem aborted = validationError({}, "aborted", "The call was aborted.");
    aborted->type = ErrorType::kAbort;
    refuse(callId, aborted);
    return true;
  });
}

void Calls::settle(std::uint32_t request, const Slate& slate, const Problem& problem) {
  std::erase_if(calls_, [&](const Call& call) {
    if (call.request != request) return false;
    effects_.settle(call.callId, !problem, problem ? errorJson(*problem) : slateJson(slate));
    return true;
  });
}

}  // namespace vitrine
