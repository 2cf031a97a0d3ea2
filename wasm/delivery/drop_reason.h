// Why an event is dropped. metrics() counts each reason under its name.
#pragma once

namespace vitrine {

enum class DropReason {
  kQueueFull,    // the queue held more than maxQueueSize or maxQueueBytes
  kExpired,      // older than maxAgeMs
  kRejected,     // the collector did not accept this one event
  kRefused,      // the collector did not accept the batch: wrong key or address
  kTooLarge,     // a single event that is too large for the collector or for the queue
  kUnreadable,   // stored text that is no event
  kConsent,      // not allowed
  kRateLimit,    // too many at once
  kUnsupported,  // the service does not take this kind of event, and events.url is not set
  kDuplicate,    // an order that was tracked before
  kBot,          // made by a program, and the shop drops those
  kLost,         // handed over by a page that was being left, and the request failed
  kHook,         // the page's beforeTrack did not want it
};
constexpr int kDropReasons = 13;
constexpr const char* kDropReasonNames[kDropReasons] = {
    "queueFull", "expired",     "rejected",  "refused", "tooLarge", "unreadable", "consent",
    "rateLimit", "unsupported", "duplicate", "bot",     "lost",     "hook"};

}  // namespace vitrine
