#include "runtime/runtime.h"

#include <algorithm>
#include <utility>

#include "model/ids.h"

namespace vitrine {

Runtime::Runtime(const Text& boot, double nowMs) : tracking_(boot, nowMs), parts_(tracking_.parts()) {
  pageProducts_.setViewing(parts_.tracker.pageItem());
}

Products& Runtime::products(double nowMs) {
  tracking_.tick(nowMs);
  if (!products_) products_ = Products::make(tracking_, pageProducts_);
  return *products_;
}

double Runtime::serve(const Text& payload, double nowMs) {
  const Json served = parseJson(payload);
  return tracking_.serve(served, products_ ? products_->slateOf(stringMember(served, "serveId")) : nullptr, nowMs);
}

double Runtime::itemEvent(double serve, const Text& kind, const Text& itemId, double position, double quantity,
                          double nowMs) {
  const double result = tracking_.itemEvent(serve, kind, itemId, position, quantity, nowMs);
  if (result >= 0 && kind != "view" && products_) products_->noteAct();
  if (result >= 0 && kind == "addToCart") pageProducts_.addToCart(itemId);
  return result;
}

double Runtime::shopEvent(const Text& kind, const Text& payload, const Text& storedOrders, double nowMs) {
  const Json event = parseJson(payload);
  const double result = tracking_.shopEvent(kind, event, storedOrders, nowMs);
  if (result == 0 && kind != "custom" && products_) products_->noteAct();
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
  if (isNew > 0 && products_) products_->newPage();
  return isNew;
}

void Runtime::restore(double nowMs) {
  tracking_.restore(nowMs);
  if (products_) products_->newPage();
}

void Runtime::wake(double nowMs) {
  tracking_.wake(nowMs);
  if (products_) products_->wake();
}

double Runtime::nextWakeMs() const {
  const double atMs = tracking_.nextWakeMs();
  return products_ ? std::min(atMs, tracking_.wakeAt(products_->nextWakeMs())) : atMs;
}

Text Runtime::drainEffects() {
  if (products_) products_->advance();
  return tracking_.drainEffects();
}

void Runtime::request(double callId, const Text& kind, const Text& query, double nowMs) {
  products(nowMs).request(callId, kind, query);
}

void Runtime::abort(double callId, double nowMs) {
  tracking_.tick(nowMs);
  if (products_) products_->abort(callId);
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
  if (!tracking_.deliveryDone(number, status, retryAfter, body) && products_)
    products_->requestDone(number, status, retryAfter, body);
}

void Runtime::setTexts(const Text& texts, double nowMs) { products(nowMs).setTexts(texts); }

void Runtime::openSlot(double slotId, const Text& request, double nowMs) {
  products(nowMs).openSlot(slotId, request, nowMs);
}

void Runtime::refreshSlot(double slotId, double nowMs) { products(nowMs).refreshSlot(slotId, nowMs); }

void Runtime::closeSlot(double slotId, double nowMs) {
  tracking_.tick(nowMs);
  if (products_) products_->closeSlot(slotId);
}

}  // namespace vitrine
