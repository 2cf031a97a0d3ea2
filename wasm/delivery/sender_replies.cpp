// The part of the sender that reads replies.
#include <algorithm>
#include <utility>

#include "base/json.h"
#include "base/number.h"
#include "delivery/sender.h"

namespace vitrine {
namespace {

// While the browser says that it is offline, a request that failed in the network is followed by the next one so late.
constexpr double kOfflineGapMs = kMinuteMs;

// Single events that a collector may reject one after the other before it gets a rest.
constexpr int kMaxRejections = 3;

}  // namespace

Text statusText(int status) {
  if (status == kStatusNetwork) return "network";
  if (status == kStatusTimeout) return "timeout";
  if (status == kStatusUnsent) return "keepalive";
  if (status == kStatusUnacknowledged) return "unacknowledged";
  if (status == kStatusTooFew) return "too few accepted";
  Text out = "http ";
  appendInteger(out, static_cast<std::uint64_t>(status));
  return out;
}

int Sender::statusOf(const Lane& lane, std::size_t toAccept, const HttpReply& reply) {
  const int of = indexOf(lane) + Service::kNoLane;
  const int status = of == Service::kNoLane ? reply.status : service_.receipt(of, reply.status, reply.body);
  if (toAccept == 0 || judge(status) != Verdict::kDelivered) return status;
  const double accepted = numberMember(parseJson(reply.body), "accepted", -1);
  if (accepted >= static_cast<double>(toAccept)) return status;
  if (accepted >= 0) return kStatusTooFew;
  effects_.log(LogLevel::kError, "unacknowledged",
               "A reply to events has no number \"accepted\", so they are sent again. Add it, or leave out "
               "events.acknowledge.");
  return kStatusUnacknowledged;
}

Sender::Request* Sender::find(std::uint32_t number) {
  const auto found = std::find_if(requests_.begin(), requests_.end(),
                                  [&](const Request& request) { return request.number == number; });
  return found == requests_.end() ? nullptr : found;
}

bool Sender::foreignDone(Request& request, const HttpReply& reply, Moment now) {
  const int status = statusOf(*request.lane, request.toAccept, reply);
  if (judge(status) == Verdict::kDelivered) {
    sent_ += static_cast<int>(outbox_.removeParked(request.number, effects_));
    return true;
  }
  sent_ -= request.handed;
  if (!request.handedEvents.empty() && (reply.status != kStatusNetwork || !isEnding(now.logicalMs))) {
    request.events = request.handedEvents.size();
    request.keepaliveBytes = request.toAccept = 0;
    outbox_.putBack(request.handedEvents, request.number);
    return false;
  }
  if (request.handed > 0) failed(*request.lane, status);
  failed_ += request.handed;
  departures_.countDropped(DropReason::kLost, static_cast<std::size_t>(request.handed));
  return true;
}

bool Sender::requestDone(std::uint32_t number, const HttpReply& reply, Moment now) {
  Request* const found = find(number);
  if (!found) return false;
  Request request = std::move(*found);
  requests_.erase(found);
  keepaliveBytes_ -= request.keepaliveBytes;
  if (request.isForeign && foreignDone(request, reply, now)) return true;
  Lane& lane = *request.lane;
  const TimeMs nowMs = now.logicalMs;
  const int status = statusOf(lane, request.toAccept, reply);
  Verdict verdict = judge(status);
  if (verdict == Verdict::kUnsent && request.keepaliveBytes == 0) verdict = Verdict::kRetry;  // no quota was used
  // A collector may accept too few for a moment only, so an event that stands alone gets the tries of a burst.
  if (status == kStatusTooFew && request.events == 1 && lane.failures < options_.maxRetries) verdict = Verdict::kRetry;
  lane.retrying = 0;
  if (verdict != Verdict::kUnsent) mayKeepalive_ = true;
  if (verdict != Verdict::kDelivered) failed(lane, status);
  switch (verdict) {
    case Verdict::kDelivered:
      sent_ += static_cast<int>(request.events);
      lane.failures = lane.trips = lane.rejections = 0;
      isOffline_ = false;
      lane.askedUntilMs = 0;
      lane.lastStatus = Lane::kGood;
      lane.window = std::min(options_.maxBatchSize, lane.window * 2);
      outbox_.remove(request.number);
      break;
    case Verdict::kUnsent:
      outbox_.release(request.number);
      mayKeepalive_ = false;
      lane.blockedUntilMs = nowMs + kUnsentDelayMs;
      break;
    case Verdict::kRetry:
      lane.retrying = request.events;
      if (isOffline_ && (status == kStatusNetwork || status == kStatusTimeout)) {
        outbox_.release(request.number);
        lane.stopUntil(larger(nowMs + kOfflineGapMs, lane.askedUntilMs));
      } else {
        retryLater(request, reply.retryAfter, now);
      }
      break;
    case Verdict::kSplit:
    case Verdict::kRejected:
      if (request.events == 1) {
        giveUp(request, verdict == Verdict::kSplit ? DropReason::kTooLarge : DropReason::kRejected, status);
        // One bad event is the event's fault; several in a row without a good one are the collector's.
        if (++lane.rejections >= kMaxRejections) lane.coolDown(nowMs, random_);
      } else {  // halve the batch until the bad event is alone in one
        outbox_.release(request.number);
        lane.window = static_cast<int>(request.events / 2);
      }
      break;
    case Verdict::kRefused:
      giveUp(request, DropReason::kRefused, status);
      lane.window = 1;  // one event at a time until the collector takes one
      lane.coolDown(nowMs, random_);
      break;
  }
  // A failure does not change how long events have waited; a good reply to a request sent before leaves them waiting.
  if (waiting(lane) > 0 && (verdict != Verdict::kDelivered || lane.dueMs == kNever)) lane.dueBy(nowMs);
  return true;
}

void Sender::failed(Lane& lane, int status) {
  lane.lastStatus = status;
  lastFailed_ = &lane;
}

// After a burst of tries the lane rests, and then tries half as many events, because one of them may be at fault. Such
// an event is finally alone in a request. It goes behind the others then.
void Sender::retryLater(const Request& request, std::string_view retryAfter, Moment now) {
  Lane& lane = *request.lane;
  const bool isBurst = ++lane.failures > options_.maxRetries;
  outbox_.release(request.number, isBurst && request.events == 1 ? Waits::kBehind : Waits::kAsBefore);
  const double asked = retryAfterMs(retryAfter, now.wallMs);
  if (isBurst) {
    if (lane.trips == 0 && lane.lastStatus == kStatusNetwork) {
      effects_.log(LogLevel::kWarn, "unreachable",
                   "The events collector cannot be reached. Check events.url, provider, CORS and blockers.");
    }
    lane.window = request.events == 1 ? options_.maxBatchSize : static_cast<int>(request.events / 2);
    lane.coolDown(now.logicalMs, random_);
  } else {
    lane.blockedUntilMs = now.logicalMs + backoffMs(lane.failures, random_);
  }
  if (asked > 0) lane.askedUntilMs = now.logicalMs + asked;
  lane.blockedUntilMs = larger(lane.blockedUntilMs, lane.askedUntilMs);
}

void Sender::giveUp(const Request& request, DropReason reason, int status) {
  failed_ += static_cast<int>(request.events);
  outbox_.drop(request.number, reason);
  Text message = "The events collector replied " + statusText(status) + "; ";
  appendInteger(message, request.events);
  message += reason == DropReason::kRefused ? " event(s) are dropped. Check events.url and the options of the provider."
                                            : " event was not accepted and is dropped.";
  effects_.log(LogLevel::kError, kDropReasonNames[static_cast<int>(reason)], message);
}

}  // namespace vitrine
