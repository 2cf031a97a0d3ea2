// Decides when events are sent, and what the replies mean. Knows the lanes with their batches, waiting times and
// circuit breakers, and the keepalive budget that they share; the outbox holds the events. All times are logical,
// except where a parameter is a Moment. Private to this folder.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/effects.h"
#include "base/json.h"
#include "base/list.h"
#include "base/random.h"
#include "base/text.h"
#include "delivery/delivery_options.h"
#include "delivery/departures.h"
#include "delivery/lane.h"
#include "delivery/outbox.h"
#include "model/reply.h"
#include "services/service.h"

namespace vitrine {

// Keepalive requests of a page share 64 KiB (fetch standard, 4.6 "inflight keepalive bytes"); the shop's own requests
// get the rest.
constexpr std::size_t kKeepaliveBudget = 60 * 1024;

enum class Urgency {
  kCanWait,  // for other events to fill a batch
  kNow,
};

class Sender {
 public:
  // lastRequest: the counter from which every request of this runtime takes its number. Nothing may be sent before
  // setAllowed(true).
  Sender(const DeliveryOptions& options, Outbox& outbox, Departures& departures, Service& service, Random& random,
         Effects& effects, std::uint32_t& lastRequest)
      : options_(options),
        outbox_(outbox),
        departures_(departures),
        service_(service),
        random_(random),
        effects_(effects),
        lastRequest_(lastRequest) {
    makeLanes();
  }

  // Facts of the page and of policy. Set them, then call advance().
  void setVisible(bool isVisible);
  bool isVisible() const { return isVisible_; }
  // The page is about to be left: for a moment every event is sent at once.
  void leaving(TimeMs nowMs);
  // The page is hidden or about to be left, so it may end at any moment.
  bool isEnding(TimeMs nowMs) const { return !isVisible_ || nowMs < leavingUntilMs_; }
  // Notes what the browser says of the network. The browser may be wrong, so "offline" only slows down: after a request
  // that failed in the network, the next one waits for a minute, for flush(), or for the moment at which the page is
  // hidden or left. A delivery shows that the browser is wrong; it is then not believed until it says "online" again.
  void setOnline(bool isOnline);
  void setPaused(bool isPaused) { isPaused_ = isPaused; }
  // Consent has changed; isAllowed: events may be sent.
  void setAllowed(bool isAllowed);
  void setSuspended(bool isSuspended) { isSuspended_ = isSuspended; }

  // events.enabled of the configuration: nothing is tracked or sent without it.
  bool isEnabled() const { return options_.enabled; }
  // No collector is known: neither a service nor events.url. Events wait for a page with a better configuration.
  bool isHomeless() const { return service_.isNone() && options_.url.empty(); }
  // Returns whether the service or events.url takes events of this kind, or they wait.
  bool takes(EventKind kind) const { return outbox_.laneOf(kind) != kOwnLane || !options_.url.empty() || isHomeless(); }

  // Events were queued: their waiting time begins.
  void queued(TimeMs nowMs, Urgency urgency);
  // The events in flight are no longer this page's to send. A good reply that arrives all the same still takes them out
  // of storage, so that the next page does not send them again.
  void disownRequests();
  // Ends disownRequests() and Outbox::park(): queues the events again that storage has never taken. A request that the
  // browser still holds is this page's again as far as it has such events.
  void reclaim();

  // The promise callId settles with {"delivered":n,"remaining":n,"reason"?:…} once every event queued by now was
  // delivered or dropped, or as soon as it is known that this takes long in each lane that still has some. It is never
  // rejected. At deadlineMs it settles in any case, with the reason "deadline".
  void flush(double callId, TimeMs deadlineMs);

  // Sends the events that are due.
  void advance(Moment now);

  // Called when the page is left. Nobody may receive the replies that are still to come, so the next page would send
  // the events in flight again. Where the service would count them twice, a request that the browser holds (keepalive)
  // is handed over: its events count as delivered. If the page lives on and receives a failure, it takes the events
  // back, or counts them as lost: if consent has changed, or if the failure is a network error while the page ends,
  // because a page that ends gets network errors for requests that succeed.
  void handOver();

  // Returns false if the request is not a request for events, or is forgotten.
  bool requestDone(std::uint32_t number, const HttpReply& reply, Moment now);

  // An event is to be sent now.
  bool isDue(TimeMs nowMs) { return nextDue(nowMs) != nullptr; }

  TimeMs nextWakeMs(TimeMs nowMs) const;

  // Adds queued, sent, failed, retrying, dropped by reason, bytes, and lastError: why the last request failed that was
  // not followed by a good reply in its lane; null if there is none.
  void describe(JsonObject& json) const;

 private:
  struct Request {
    std::uint32_t number = 0;
    std::size_t events = 0;
    std::size_t keepaliveBytes = 0;  // 0 if not keepalive
    Lane* lane = nullptr;
    std::size_t toAccept = 0;  // events that the reply must acknowledge; 0 if it need not
    // The request is not this page's any more, but the browser still holds it.
    bool isForeign = false;
    int handed = 0;              // events that count as delivered since they were handed over with it
    List<Event> handedEvents{};  // these events, as long as the page may take them back
  };

  // Returns the status by which a reply is judged.
  int statusOf(const Lane& lane, std::size_t toAccept, const HttpReply& reply);
  void makeLanes();
  int indexOf(const Lane& lane) const { return static_cast<int>(&lane - lanes_); }
  // Returns how many bytes leave the page for each byte of a batch of this lane.
  std::size_t growthOf(const Lane& lane) const { return &lane == lanes_ ? options_.growth : 1; }
  std::size_t waiting(const Lane& lane) const { return outbox_.waiting(indexOf(lane)); }
  // A request of this page is in flight, in this lane or (null) in any.
  bool isBusy(const Lane* lane) const;
  bool isDue(const Lane& lane, TimeMs nowMs) const;
  // Returns the lane of the oldest event that is to be sent now, or null.
  Lane* nextDue(TimeMs nowMs);
  TimeMs nextSendMs(const Lane& lane, TimeMs nowMs) const;
  void sendOne(Lane& lane, Moment now);
  void post(std::uint32_t number, Lane& lane, const Batch& batch, std::size_t freeKeepaliveBytes, Moment now);
  // The page ends, most likely without a network, and hands its requests over: then nobody would know that they fail.
  bool awaitsNetwork(const Lane& lane, TimeMs nowMs) const;
  bool mayOverlap(const Lane& lane, TimeMs nowMs) const;
  bool isFull(const Lane& lane) const;
  const char* obstacle() const;
  // Returns a lane whose events take long, if nothing else is about to be sent or awaited; else null.
  const Lane* stuckLane(TimeMs nowMs) const;
  void settlePromises(TimeMs nowMs);
  void failed(Lane& lane, int status);
  void retryLater(const Request& request, std::string_view retryAfter, Moment now);
  void giveUp(const Request& request, DropReason reason, int status);
  void forgetHandedOver();
  void hurry();
  // A reply to a foreign request has come. Returns false if the request is this page's again.
  bool foreignDone(Request& request, const HttpReply& reply, Moment now);
  // Returns null if there is no such request.
  Request* find(std::uint32_t number);

  const DeliveryOptions& options_;
  Outbox& outbox_;
  Departures& departures_;
  Service& service_;
  Random& random_;
  Effects& effects_;
  std::uint32_t& lastRequest_;
  Lane lanes_[kMostLanes];
  const Lane* lastFailed_ = lanes_;

  bool isVisible_ = true;
  bool saysOffline_ = false;  // the browser's word
  bool isOffline_ = false;    // the browser says so, and no delivery has shown that it is wrong
  bool isPaused_ = false;
  bool isAllowed_ = false;
  bool isSuspended_ = false;

  List<Request> requests_;
  std::size_t keepaliveBytes_ = 0;  // their sum

  TimeMs leavingUntilMs_ = 0;  // a navigation is under way
  bool mayKeepalive_ = true;   // false after the browser refused a keepalive request, until a reply arrives

  int sent_ = 0;
  int failed_ = 0;
};

// Returns the lane of each kind of event.
LaneOfKind lanesOf(const Service& service);

}  // namespace vitrine
