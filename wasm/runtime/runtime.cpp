#include "runtime/runtime.h"

#include <algorithm>

namespace vitrine {

Runtime::Runtime(const std::string& boot, double nowMs)
    : TrackingRuntime(boot, nowMs),
      calls_(*service_, config_.calls, pageProducts_, random_, effects_, lastRequest_),
      slots_(tracker_, effects_) {
  slots_.setStrings(config_.strings);
  pageProducts_.setViewing(tracker_.pageItem());
}

double Runtime::serve(const std::string& payload, double nowMs) {
  tick(nowMs);
  const Json served = parseJson(payload);
  return serveOf(served, calls_.slateOf(stringMember(served, "serveId")));
}

double Runtime::itemEvent(double serve, const std::string& kind, const std::string& itemId, double position,
                          double quantity, double nowMs) {
  if (kind == "addToCart") pageProducts_.addToCart(itemId);
  return TrackingRuntime::itemEvent(serve, kind, itemId, position, quantity, nowMs);
}

void Runtime::reset(double nowMs) {
  TrackingRuntime::reset(nowMs);
  calls_.forget();
}

void Runtime::wake(double nowMs) {
  TrackingRuntime::wake(nowMs);
  slots_.wake(now_);
}

double Runtime::nextWakeMs() const {
  return std::min(TrackingRuntime::nextWakeMs(), clock_.wall(std::min(slots_.nextWakeMs(), calls_.nextWakeMs())));
}

std::string Runtime::drainEffects() {
  // Whatever has changed who may be named, nothing leaves with the ids of before.
  if (calls_.hasUnsent()) calls_.setAsker(asker(), now_.logicalMs);
  calls_.advance(now_.logicalMs);
  hearCalls();
  return TrackingRuntime::drainEffects();
}

Asker Runtime::asker() {
  if (!maySendIds(standingConsent())) return {{}, {}, {}, false, queue_.journalId(), tracker_.url(), {}, {}};
  return {identity_.visitorId(), identity_.sessionId(now_.wallMs),
          identity_.userId(),    true,
          queue_.journalId(),    tracker_.url(),
          identity_.ticket(),    {}};
}

void Runtime::request(double callId, const std::string& kindName, const std::string& query, double nowMs) {
  tick(nowMs);
  calls_.start(callId, kindName, parseJson(query), asker(), now_.logicalMs);
  hearCalls();
}

void Runtime::abort(double callId, double nowMs) {
  tick(nowMs);
  calls_.abort(callId);
  hearCalls();
}

void Runtime::setCart(const std::string& itemIds, double nowMs) {
  tick(nowMs);
  pageProducts_.setCart(parseJson(itemIds));
}

void Runtime::setViewing(const std::string& itemId, double nowMs) {
  tick(nowMs);
  pageProducts_.setViewing(itemId);
}

void Runtime::requestDone(double requestId, double statusNumber, const std::string& retryAfter, std::string_view body,
                          double nowMs) {
  tick(nowMs);
  const std::uint32_t number = numberOf(requestId);
  const int status = statusOf(statusNumber);
  if (queue_.requestDone(number, {status, retryAfter, body}, now_)) return;
  calls_.requestDone(number, status, retryAfter, body, now_.logicalMs, now_.wallMs);
  hearCalls();
}

// Promises and slots take their numbers from one counter of the host; to be told apart here, slots listen under theirs
// negated.
void Runtime::hearCalls() {
  for (const auto& [listener, slate, problem] : calls_.takeOutcomes()) {
    if (slate && !slate->ticket.empty() && maySendIds(standingConsent())) identity_.setTicket(slate->ticket);
    if (listener < 0)
      slots_.settle(-listener, slate, problem, now_);
    else
      effects_.settle(listener, slate != nullptr, slate ? slateJson(*slate, problem != nullptr) : errorJson(*problem));
  }
}

void Runtime::openSlot(double slotId, const std::string& request, double nowMs) {
  tick(nowMs);
  calls_.cancel(-slotId);
  const Slot* slot = slots_.open(slotId, experiments_.vary(parseJson(request)), now_);
  if (slot && !slot->isLater) refreshSlot(slotId, nowMs);
}

void Runtime::refreshSlot(double slotId, double nowMs) {
  tick(nowMs);
  const Slot* slot = slots_.find(slotId);
  // Its request was refused when it was opened.
  if (!slot) return effects_.show(slotId, "error", {});
  if (calls_.awaits(-slotId)) return;
  if (!slot->experiment.empty()) variant(slot->experiment, nowMs);
  calls_.start(-slotId, slot->kind, slot->query, asker(), now_.logicalMs, !slot->isOpening);
  slots_.wait(slotId, now_);
  hearCalls();
}

void Runtime::closeSlot(double slotId, double nowMs) {
  tick(nowMs);
  calls_.cancel(-slotId);
  pageProducts_.show(-slotId, nullptr);
  slots_.close(slotId);
}

double Runtime::slotEvent(double slotId, const std::string& kind, const std::string& itemId, double position,
                          double quantity, double nowMs) {
  tick(nowMs);
  if (kind == "addToCart") pageProducts_.addToCart(itemId);
  return answer(slots_.itemEvent(slotId, kind, itemId, position, quantity, now_));
}

}  // namespace vitrine
