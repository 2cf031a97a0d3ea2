#include "core/calls.h"

#include <algorithm>

#include "core/retry.h"
#include "core/serve.h"

namespace vitrine {

void Calls::start(double listener, QueryKind kind, const Json& query, const Asker& asker) {
  HttpRequest request;
  if (Problem problem = provider_.ask(kind, query, asker, request)) {
    outcomes_.push_back({listener, nullptr, std::move(problem)});
    return;
  }
  const std::uint32_t number = ++lastRequest_;
  effects_.ask(number, timeoutMs_, request.method, request.url, request.headersJson, request.body);
  calls_.push_back({listener, number});
}

bool Calls::awaits(double listener) const {
  return std::any_of(calls_.begin(), calls_.end(), [=](const Call& call) { return call.listener == listener; });
}

bool Calls::cancel(double listener) {
  return std::erase_if(calls_, [&](const Call& call) {
           if (call.listener != listener) return false;
           effects_.cancel(call.request);
           return true;
         }) > 0;
}

void Calls::requestDone(std::uint32_t number, int status, std::string_view retryAfter, std::string_view body,
                        TimeMs wallMs) {
  const auto call = std::find_if(calls_.begin(), calls_.end(), [=](const Call& c) { return c.request == number; });
  if (call == calls_.end()) return;
  Outcome& outcome = outcomes_.emplace_back();
  outcome.listener = call->listener;
  calls_.erase(call);
  const auto slate = std::make_shared<Slate>();
  outcome.problem = provider_.read(status, body, {}, nullptr, *slate);
  if (outcome.problem) {
    outcome.problem->retryAfterMs = retryAfterMs(retryAfter, wallMs);
    return;
  }
  if (slate->serveId.empty()) slate->serveId = newServeId(random_);
  outcome.slate = slate;
}

}  // namespace vitrine
