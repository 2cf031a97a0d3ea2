#include "runtime/products.h"

#include <algorithm>
#include <utility>

#include "model/names.h"

namespace vitrine {

std::unique_ptr<Products> Products::make(TrackingRuntime& tracking, PageProducts& pageProducts) {
  return std::unique_ptr<Products>(new Products(tracking, pageProducts));
}

Products::Products(TrackingRuntime& tracking, PageProducts& pageProducts)
    : tracking_(tracking),
      parts_(tracking_.parts()),
      pageProducts_(pageProducts),
      calls_(parts_.service, parts_.config.calls, pageProducts_, parts_.random, parts_.effects, parts_.lastRequest),
      slots_(parts_.tracker, parts_.effects),
      shopper_(parts_.tracker.shopper()) {
  slots_.setStrings({}, parts_.config.strings);
  // A shop's own templates may have texts of their own.
  reportUnknown(parts_.config.strings, "strings", Strings().names(), "bad-option", parts_.effects, true);
}

Products::~Products() = default;

Asker Products::asker() {
  noteShopper();
  return tracking_.asker();
}

void Products::noteShopper() {
  if (std::exchange(shopper_, parts_.tracker.shopper()) != parts_.tracker.shopper()) calls_.forget();
}

Shared<const Slate> Products::slateOf(std::string_view serveId) {
  noteShopper();
  return calls_.slateOf(serveId);
}

TimeMs Products::nextWakeMs() const { return std::min(slots_.nextWakeMs(), calls_.nextWakeMs()); }

void Products::advance() {
  // Consent or identity may have changed.
  if (calls_.hasUnsent()) calls_.setAsker(asker(), parts_.now.logicalMs);
  calls_.advance(parts_.now.logicalMs);
  passOutcomes();
}

void Products::request(double callId, const Text& kindName, const Text& query) {
  Json asked = parseJson(query);
  reportUnknown(asked, kindName, Text(kQueryOptions) + " " + kCallOptions, kUnknownField, parts_.effects);
  calls_.start(callListener(callId), kindName, std::move(asked), asker(), parts_.now.logicalMs);
  passOutcomes();
}

void Products::abort(double callId) {
  calls_.abort(callListener(callId));
  passOutcomes();
}

void Products::requestDone(std::uint32_t number, int status, std::string_view retryAfter, std::string_view body) {
  noteShopper();
  calls_.requestDone(number, status, retryAfter, body, parts_.now.logicalMs, parts_.now.wallMs);
  const auto [visitorId, ticket] = calls_.takeTicket();
  // The ticket of another shopper's call is not this one's.
  if (!ticket.empty() && tracking_.maySendIds() && visitorId == parts_.identity.visitorId())
    parts_.identity.setTicket(ticket);
  passOutcomes();
}

void Products::passOutcomes() {
  for (const auto& [listener, slate, problem, filteredBy, form] : calls_.takeOutcomes()) {
    if (listener.isSlot())
      slots_.settle(listener.number, slate, problem, parts_.now);
    else
      parts_.effects.settle(listener.number, slate != nullptr,
                            slate ? slateJson(*slate, problem != nullptr, filteredBy, form) : errorJson(*problem));
  }
}

void Products::openSlot(double slotId, const Text& request, double nowMs) {
  calls_.cancel(slotListener(slotId));
  const Slot* slot = slots_.open(slotId, parts_.experiments.vary(parseJson(request)), parts_.now);
  if (!slot) {
    if (const Slot* filled = slots_.find(slotId)) pageProducts_.show(slotListener(slotId), filled->shown);
  } else if (!slot->isLater) {
    refreshSlot(slotId, nowMs);
  }
}

void Products::refreshSlot(double slotId, double nowMs) {
  const Slot* slot = slots_.find(slotId);
  // The slot's request was refused when it was opened.
  if (!slot) return parts_.effects.show(slotId, -1, "error", {});
  if (calls_.awaits(slotListener(slotId))) return;
  if (!slot->experiment.empty()) tracking_.variant(slot->experiment, nowMs);
  calls_.start(slotListener(slotId), slot->kind, slot->query, asker(), parts_.now.logicalMs, !slot->isOpening);
  slots_.wait(slotId, parts_.now);
  passOutcomes();
}

void Products::closeSlot(double slotId) {
  calls_.cancel(slotListener(slotId));
  pageProducts_.show(slotListener(slotId), nullptr);
  slots_.close(slotId);
}

Text Products::slotHtml(double slotId) const { return slots_.html(slotId); }

Text Products::slotPatch(double slotId, const Text& page) const { return slots_.patchOf(slotId, parseJson(page)); }

Text Products::slotItem(double slotId, const Text& itemId) const { return slots_.itemJson(slotId, itemId); }

void Products::setTexts(const Text& texts) { slots_.setStrings(parseJson(texts), parts_.config.strings); }

Text Products::sampleReply() { return vitrine::sampleReply(); }

}  // namespace vitrine
