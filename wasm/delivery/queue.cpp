#include "delivery/queue.h"

#include <algorithm>
#include <utility>

#include "model/ids.h"

namespace vitrine {

Queue::Queue(const DeliveryOptions& options, bool isStorageUsed, Service& service, Random& random, Effects& effects,
             std::uint32_t& lastRequest)
    : options_(options),
      effects_(effects),
      access_(isStorageUsed),
      departures_(effects),
      outbox_(options, newPageId(random), departures_, lanesOf(service)),
      sender_(options, outbox_, departures_, service, random, effects, lastRequest),
      persistence_(access_, outbox_, sender_, random, effects) {}

bool Queue::takes(EventKind kind) {
  if (sender_.takes(kind)) return true;
  countDropped(DropReason::kUnsupported);
  return false;
}

std::size_t Queue::mostBytes(EventKind kind) const {
  return static_cast<std::size_t>(
      smaller(kind == EventKind::kPurchase ? kMaxOrderBytes : kMaxEventBytes, options_.maxQueueBytes));
}

bool Queue::keepOrHold(Event event, Moment now) {
  if (!isHolding_) return keep(std::move(event), now);
  held_ += event.text;
  held_ += FieldWriter::kRecordEnd;
  return true;
}

bool Queue::keep(Event event, Moment now) {
  if (event.text.size() >= mostBytes(event.kind)) {
    effects_.log(LogLevel::kWarn, "tooLarge",
                 "An event of more than 64 KiB (events.maxQueueBytes) was dropped. Use shorter ids and texts.");
    countDropped(DropReason::kTooLarge);
    return false;
  }
  // A purchase does not wait, because the page after an order is often another site's.
  const Urgency urgency = event.kind == EventKind::kPurchase ? Urgency::kNow : Urgency::kCanWait;
  if (outbox_.add(std::move(event)) > 0) {
    effects_.log(LogLevel::kWarn, "queueFull",
                 "The event queue is full (events.maxQueueSize); the oldest views are dropped first.");
  }
  sender_.queued(now.logicalMs, urgency);
  return true;
}

void Queue::setVisible(bool isVisible, TimeMs nowMs) {
  const bool hasChanged = isVisible != sender_.isVisible();
  sender_.setVisible(isVisible);  // also if unchanged: pagehide reports it again, for events that came in between
  if (hasChanged) persistence_.setVisible(isVisible, nowMs);
}

void Queue::setPaused(bool isPaused, TimeMs nowMs) {
  sender_.setPaused(isPaused);
  if (!isPaused) sender_.queued(nowMs, Urgency::kNow);
}

void Queue::setConsent(Consent consent, TimeMs nowMs) {
  sender_.setAllowed(maySendEvents(consent));
  persistence_.setConsent(consent, nowMs);
  sender_.queued(nowMs, Urgency::kNow);
}

void Queue::suspend(TimeMs nowMs) {
  sender_.handOver();
  persistence_.save(nowMs);
  persistence_.suspend();
}

void Queue::saveFailed(std::string_view key, TimeMs nowMs) {
  persistence_.saveFailed(key);
  owesLine_ |= access_.refused(nowMs);
}

void Queue::claimRefused(std::string_view journalId, TimeMs nowMs) {
  if (outbox_.owns(journalId) && std::exchange(owesLine_, false)) access_.retry();
  persistence_.claimRefused(journalId, nowMs);
}

void Queue::advance(Moment now) {
  if (std::exchange(owesLine_, false))
    effects_.log(LogLevel::kWarn, "storage",
                 "localStorage refuses writes (it is full or switched off). Events are kept in memory until it accepts "
                 "them again.");
  if (std::exchange(hasFailed_, false)) failures_.spend(now.logicalMs);
  persistence_.save(now.logicalMs);
  if (failures_.isFree(now.logicalMs)) sender_.advance(now);
  persistence_.sent(now.logicalMs);
}

TimeMs Queue::nextWakeMs(TimeMs nowMs) const {
  const TimeMs sendMs = sender_.nextWakeMs(nowMs);
  return smaller(failures_.isFree(nowMs) ? sendMs : larger(sendMs, failures_.freeMs),
                 smaller(persistence_.nextWakeMs(), access_.nextRetryMs(nowMs)));
}

void Queue::describe(JsonObject& json, Moment now) const {
  sender_.describe(json);
  const TimeMs oldestMs = outbox_.oldestAtMs();
  json.add("storage", access_.takesWrites(now.logicalMs) ? "localStorage" : "memory");
  json.add("oldestMs", oldestMs == kNever ? 0 : larger(0, now.wallMs - oldestMs));
}

}  // namespace vitrine
