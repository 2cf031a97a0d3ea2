#include "core/tracker.h"

#include <algorithm>

namespace vitrine {

void Tracker::queue(EventKind kind, std::string_view members, Moment now) {
  if (!options_.enabled) return;
  const bool saysOnlyWho = kind == EventKind::kIdentify && consent_ == Consent::kAnonymous;
  if (!mayRecord(consent_) || saysOnlyWho) return outbox_.countDropped(DropReason::kConsent, 1);
  if (!rate_.allows(kind, now.logicalMs)) {
    outbox_.countDropped(DropReason::kRateLimit, 1);
    return effects_.log(
        LogLevel::kWarn, "rateLimit",
        "Events come faster than events.rateLimit allows and are dropped. Is a handler calling itself?");
  }
  identity_.touch(now.wallMs);
  if (!delivery_.takes(kind)) return outbox_.countDropped(DropReason::kUnsupported, 1);
  // Unknown consent keeps the ids on the held event: they are taken off again if the answer is "anonymous".
  const std::string_view ids =
      consent_ == Consent::kAnonymous ? std::string_view() : std::string_view(identity_.fragment());
  Event event = writer_.write(kind, now.wallMs, ids, members);
  if (static_cast<double>(event.text.size()) >= std::min<double>(kMaxEventBytes, options_.maxQueueBytes)) {
    outbox_.countDropped(DropReason::kTooLarge, 1);
    return effects_.log(LogLevel::kWarn, "tooLarge",
                        "An event of more than 64 KiB (or events.maxQueueBytes) was dropped.");
  }
  const Ordinals dropped = outbox_.add(std::move(event));
  if (!dropped.empty()) {
    effects_.log(LogLevel::kWarn, "queueFull",
                 "The event queue is full (events.maxQueueSize); the oldest views are dropped first.");
    delivery_.gone(dropped);
  }
  delivery_.queued(now.logicalMs, kind == EventKind::kPurchase);  // the page after an order is often another site's
}

Problem Tracker::serve(const Json& payload, Moment now, int& number) {
  Serve serve;
  std::string members;
  if (Problem problem = readServe(payload, newServeId(random_), url_, serve, members)) return problem;
  queue(EventKind::kItemsServed, members, now);
  number = serves_.open(std::move(serve));
  return nullptr;
}

Problem Tracker::itemEvent(const Serve* serve, std::string_view kindName, std::string_view itemId, double position,
                           double quantity, Moment now) {
  EventKind kind;
  const bool isKnown = readEventKind(kindName, kind);
  if (!isKnown || (kind != EventKind::kView && kind != EventKind::kClick && kind != EventKind::kAddToCart)) {
    return validationError("kind", "bad-argument", "An item event is a view, a click or an addToCart.");
  }
  if (!serve) {
    return validationError("context", "unknown-serve", "This list is not shown (any more): open a context first.");
  }
  std::string members;
  if (Problem problem = itemMembers(*serve, itemId, position, quantity, members)) return problem;
  queue(kind, members, now);
  return nullptr;
}

Problem Tracker::purchase(const Json& payload, Moment now) {
  std::string members;
  if (Problem problem = purchaseMembers(payload, url_, members)) return problem;
  queue(EventKind::kPurchase, members, now);
  return nullptr;
}

Problem Tracker::identify(const std::string& userId, Moment now) {
  if (userId.empty() || userId.size() > 256) {
    return validationError("userId", "bad-argument", "userId must be a non-empty string of at most 256 bytes.");
  }
  if (userId == identity_.userId()) return nullptr;
  std::string members;
  if (!identity_.userId().empty()) {
    members = "\"previousUserId\":";
    appendString(members, identity_.userId());
  }
  identity_.identify(userId);
  queue(EventKind::kIdentify, members, now);
  return nullptr;
}

}  // namespace vitrine
