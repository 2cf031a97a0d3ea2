// When events leave, and what the answers mean. Knows batches, waiting, the keepalive budget and the circuit breaker;
// the events themselves are the outbox's. All times are logical, except where a parameter says wall.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/effects.h"
#include "base/json.h"
#include "delivery/delivery_options.h"
#include "delivery/outbox.h"
#include "model/retry.h"
#include "services/service.h"

namespace vitrine {

// Keepalive requests of a page share 64 KiB (fetch standard, 4.6 "inflight keepalive bytes"); some is left to the shop.
constexpr std::size_t kKeepaliveBudget = 60 * 1024;

class Delivery {
 public:
  // lastRequest: the counter from which every request of this runtime takes its number.
  Delivery(const DeliveryOptions& options, Outbox& outbox, const Service& service, Random& random, Effects& effects,
           std::uint32_t& lastRequest)
      : options_(options),
        outbox_(outbox),
        service_(service),
        random_(random),
        effects_(effects),
        lastRequest_(lastRequest),
        lanes_(lanesOf(service)),
        window_(options.maxBatchSize) {}

  // Facts of the page and of policy; change them with these, then call advance().
  void setVisible(bool isVisible);
  bool isVisible() const { return isVisible_; }
  // The page may be gone in a moment: it is hidden, or about to be left.
  bool isEnding(TimeMs nowMs) const { return !isVisible_ || nowMs < leavingUntilMs_; }
  // The page is about to be left: for a moment everything goes out at once.
  void leaving(TimeMs nowMs);
  void setOnline(bool isOnline);
  void setPaused(bool isPaused) { isPaused_ = isPaused; }
  // Consent has changed; isAllowed: events may be sent.
  void setAllowed(bool isAllowed);
  void setSuspended(bool isSuspended) { isSuspended_ = isSuspended; }

  // Does anybody take events of this kind?
  bool takes(EventKind kind) const {
    return lanes_.lane[static_cast<int>(kind)] != Service::kNoLane || !options_.url.empty();
  }

  // Events were queued: waiting begins. Those of earlier pages, and purchases, do not wait
  // (isNow).
  void queued(TimeMs nowMs, bool isNow);
  // Events left the outbox without having been sent by us (given up, left behind for another page).
  void gone(const Ordinals& ordinals) { account(ordinals, false); }
  // The requests in flight carry what is no longer this page's to send. A good answer that is heard all the same spares
  // whoever comes next to send it again.
  void disownRequests();

  // The promise callId settles with {"delivered":n,"remaining":n,"reason"?:…} once every event queued by now was
  // delivered or given up, or as soon as it is known that they will not be for the time being. It is never rejected.
  // At deadlineMs it settles in any case, with the reason "deadline".
  void flush(double callId, TimeMs deadlineMs);

  // Sends whatever is due. wallMs: for sentAt and the age of events.
  void advance(TimeMs nowMs, TimeMs wallMs);

  // The page is left: nobody may be there to hear the answers that are still to come, and the next page would send
  // those events again. Where that would count twice, what the browser has in its hands is delivered. A page that lives
  // on and hears that a request has failed takes its events back, or counts them as lost: where it is no longer allowed
  // to have them, or cannot believe it, since a page that ends is told of network errors that are none.
  void handOver();

  // An answer. False if the request is none of ours (any more).
  bool requestDone(std::uint32_t number, int status, std::string_view retryAfter, std::string_view body, TimeMs nowMs,
                   TimeMs wallMs);

  // Something is to be sent now.
  bool isDue(TimeMs nowMs) const;

  TimeMs nextWakeMs(TimeMs nowMs) const;

  // Adds the counts of the queue: queued, sent, failed, retrying, dropped by reason, bytes, lastError (null if the last
  // answer was good).
  void describe(JsonObject& json) const;

 private:
  struct Request {
    std::uint32_t number;
    std::size_t events;
    std::size_t keepaliveBytes;  // 0 if not keepalive
    int lane;
  };
  // A request that nothing waits for any more, but which the browser still holds.
  struct HandedOver {
    std::uint32_t number;
    std::size_t keepaliveBytes;
    int lane;
    int handed;                 // events that were handed over with it
    std::vector<Event> events;  // these, as long as they may be taken back
  };
  struct Waiter {
    double callId;
    std::uint64_t before;  // waits for ordinals below this
    std::size_t remaining;
    std::size_t delivered;
    TimeMs deadlineMs;
  };

  static Lanes lanesOf(const Service& service);
  TimeMs nextSendMs(TimeMs nowMs) const;
  bool sendOne(TimeMs nowMs, TimeMs wallMs);
  bool mayOverlap(TimeMs nowMs) const;
  bool isFull() const;
  const char* obstacle() const;
  void account(const Ordinals& ordinals, bool isDelivered);
  void settleWaiters(const char* reason, TimeMs deadlineMs = kNever);
  void retryLater(std::string_view retryAfter, TimeMs nowMs, TimeMs wallMs);
  void coolDown(TimeMs nowMs);
  void giveUp(const Request& request, DropReason reason, int status);
  void forgetHandedOver();
  bool handedOverDone(std::uint32_t number, int status, std::string_view retryAfter, std::string_view body,
                      TimeMs nowMs, TimeMs wallMs);

  const DeliveryOptions& options_;
  Outbox& outbox_;
  const Service& service_;
  Random& random_;
  Effects& effects_;
  std::uint32_t& lastRequest_;
  const Lanes lanes_;

  bool isVisible_ = true;
  bool isOnline_ = true;
  bool isPaused_ = false;
  bool isAllowed_ = true;
  bool isSuspended_ = false;

  std::vector<Request> requests_;
  std::vector<HandedOver> handedOver_;
  std::size_t keepaliveBytes_ = 0;  // of both
  std::vector<Waiter> waiters_;

  TimeMs dueMs_ = kNever;      // when the oldest waiting event has waited long enough
  TimeMs blockedUntilMs_ = 0;  // backoff, Retry-After or cool-down
  TimeMs askedUntilMs_ = 0;    // the Retry-After part of it
  TimeMs leavingUntilMs_ = 0;  // a navigation is under way
  bool isUrgent_ = false;      // send all that waits now: flush(), hidden page, purchase
  bool mayKeepalive_ = true;   // false after the browser refused one, until an answer comes
  int failures_ = 0;           // of the burst under way
  int trips_ = 0;              // bursts that failed one after the other
  int rejections_ = 0;         // single events rejected since one was accepted
  int window_;                 // most events a batch may hold now; shrinks while a bad event is hunted

  int sent_ = 0;
  int failed_ = 0;
  std::size_t retrying_ = 0;
  std::string lastError_;
};

}  // namespace vitrine
