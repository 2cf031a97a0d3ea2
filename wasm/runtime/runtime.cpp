#include "runtime/runtime.h"

#include <algorithm>
#include <utility>

#include "model/ids.h"
#include "model/names.h"

namespace vitrine {

Runtime::Runtime(const Text& boot, double nowMs)
    : tracking_(boot, nowMs),
      parts_(tracking_.parts()),
      calls_(parts_.service, parts_.config.calls, pageProducts_, parts_.random, parts_.effects, parts_.lastRequest),
      slots_(parts_.tracker, parts_.effects) {
  slots_.setStrings(parts_.config.strings);
  // A shop's own templates may have texts of their own.
  reportUnknown(parts_.config.strings, "strings", Strings().names(), "bad-option", parts_.effects, true);
  pageProducts_.setViewing(parts_.tracker.pageItem());
}

double Runtime::serve(const Text& payload, double nowMs) {
  const Json served = parseJson(payload);
  noteShopper();
  return tracking_.serve(served, calls_.slateOf(stringMember(served, "serveId")), nowMs);
}

double Runtime::itemEvent(double serve, const Text& kind, const Text& itemId, double position, double quantity,
                          double nowMs) {
  const double result = tracking_.itemEvent(serve, kind, itemId, position, quantity, nowMs);
  if (result >= 0 && kind != "view") calls_.noteAct();
  if (result >= 0 && kind == "addToCart") pageProducts_.addToCart(itemId);
  return result;
}

Asker Runtime::asker() {
  noteShopper();
  return tracking_.asker();
}

void Runtime::noteShopper() {
  if (std::exchange(shopper_, parts_.tracker.shopper()) != parts_.tracker.shopper()) calls_.forget();
}

double Runtime::shopEvent(const Text& kind, const Text& payload, const Text& storedOrders, double nowMs) {
  const Json event = parseJson(payload);
  const double result = tracking_.shopEvent(kind, event, storedOrders, nowMs);
  if (result == 0 && kind != "custom") calls_.noteAct();
  if (result == 0) pageProducts_.noteEvent(kind, event);
  return result;
}

double Runtime::identify(const Text& userId, double nowMs) {
  const Text before = parts_.identity.visitorId();
  const double result = tracking_.identify(userId, nowMs);
  forgetCartOf(before);
  return result;
}

void Runtime::reset(double nowMs) {
  tracking_.reset(nowMs);
  pageProducts_.clearCart();
}

void Runtime::storageChanged(const Text& key, const Text& value, double nowMs) {
  const Text before = parts_.identity.visitorId();
  tracking_.storageChanged(key, value, nowMs);
  forgetCartOf(before);
}

void Runtime::forgetCartOf(const Text& visitorId) {
  const Text& present = parts_.identity.visitorId();
  if (!visitorId.empty() && !present.empty() && visitorId != present) pageProducts_.clearCart();
}

double Runtime::navigateBy(double how, const Text& url, double nowMs) {
  const double isNew = tracking_.navigateBy(how, url, nowMs);
  if (isNew > 0) calls_.newPage();
  return isNew;
}

void Runtime::restore(double nowMs) {
  tracking_.restore(nowMs);
  calls_.newPage();
}

void Runtime::wake(double nowMs) {
  tracking_.wake(nowMs);
  slots_.wake(parts_.now);
}

double Runtime::nextWakeMs() const {
  return std::min(tracking_.nextWakeMs(), tracking_.wakeAt(std::min(slots_.nextWakeMs(), calls_.nextWakeMs())));
}

Text Runtime::drainEffects() {
  // Consent or identity may have changed.
  if (calls_.hasUnsent()) calls_.setAsker(asker(), parts_.now.logicalMs);
  calls_.advance(parts_.now.logicalMs);
  passOutcomes();
  return tracking_.drainEffects();
}

void Runtime::request(double callId, const Text& kindName, const Text& query, double nowMs) {
  tracking_.tick(nowMs);
  Json asked = parseJson(query);
  reportUnknown(asked, kindName, Text(kQueryOptions) + " " + kCallOptions, kUnknownField, parts_.effects);
  calls_.start(callListener(callId), kindName, std::move(asked), asker(), parts_.now.logicalMs);
  passOutcomes();
}

void Runtime::abort(double callId, double nowMs) {
  tracking_.tick(nowMs);
  calls_.abort(callListener(callId));
  passOutcomes();
}

double Runtime::setCart(const Text& itemIds, double nowMs) {
  tracking_.tick(nowMs);
  return tracking_.resultOf(pageProducts_.setCart(parseJson(itemIds)));
}

double Runtime::setViewing(const Text& itemId, double nowMs) {
  tracking_.tick(nowMs);
  if (!itemId.empty() && !isId(itemId)) return tracking_.resultOf(idError("itemId"));
  pageProducts_.setViewing(itemId);
  return 0;
}

void Runtime::requestDone(double requestId, double statusNumber, const Text& retryAfter, std::string_view body,
                          double nowMs) {
  tracking_.tick(nowMs);
  const std::uint32_t number = TrackingRuntime::numberOf(requestId);
  const int status = TrackingRuntime::statusOf(statusNumber);
  if (tracking_.deliveryDone(number, status, retryAfter, body)) return;
  noteShopper();
  calls_.requestDone(number, status, retryAfter, body, parts_.now.logicalMs, parts_.now.wallMs);
  const auto [visitorId, ticket] = calls_.takeTicket();
  // The ticket of another shopper's call is not this one's.
  if (!ticket.empty() && tracking_.maySendIds() && visitorId == parts_.identity.visitorId())
    parts_.identity.setTicket(ticket);
  passOutcomes();
}

void Runtime::passOutcomes() {
  for (const auto& [listener, slate, problem, filteredBy, form] : calls_.takeOutcomes()) {
    if (listener.isSlot())
      slots_.settle(listener.number, slate, problem, parts_.now);
    else
      parts_.effects.settle(listener.number, slate != nullptr,
                            slate ? slateJson(*slate, problem != nullptr, filteredBy, form) : errorJson(*problem));
  }
}

void Runtime::openSlot(double slotId, const Text& request, double nowMs) {
  tracking_.tick(nowMs);
  calls_.cancel(slotListener(slotId));
  const Slot* slot = slots_.open(slotId, parts_.experiments.vary(parseJson(request)), parts_.now);
  if (!slot) {
    if (const Slot* filled = slots_.find(slotId)) pageProducts_.show(slotListener(slotId), filled->shown);
  } else if (!slot->isLater) {
    refreshSlot(slotId, nowMs);
  }
}

void Runtime::refreshSlot(double slotId, double nowMs) {
  tracking_.tick(nowMs);
  const Slot* slot = slots_.find(slotId);
  // The slot's request was refused when it was opened.
  if (!slot) return parts_.effects.show(slotId, -1, "error", {});
  if (calls_.awaits(slotListener(slotId))) return;
  if (!slot->experiment.empty()) variant(slot->experiment, nowMs);
  calls_.start(slotListener(slotId), slot->kind, slot->query, asker(), parts_.now.logicalMs, !slot->isOpening);
  slots_.wait(slotId, parts_.now);
  passOutcomes();
}

void Runtime::closeSlot(double slotId, double nowMs) {
  tracking_.tick(nowMs);
  calls_.cancel(slotListener(slotId));
  pageProducts_.show(slotListener(slotId), nullptr);
  slots_.close(slotId);
}

}  // namespace vitrine
