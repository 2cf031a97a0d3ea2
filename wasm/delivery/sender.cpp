#include "delivery/sender.h"

#include <algorithm>
#include <utility>

#include "base/json.h"
#include "base/number.h"

namespace vitrine {
namespace {

// The wait before a request that the browser did not take is tried again.
constexpr double kUnsentDelayMs = 500;

// While the browser says that it is offline, a request that failed in the network is followed by the next one so late.
constexpr double kOfflineGapMs = kMinuteMs;

// A navigation that has not ended the page by then was none (a download, a cancelled form).
constexpr double kLeavingMs = 2 * kSecondMs;

// Single events that a collector may reject one after the other before it gets a rest.
constexpr int kMaxRejections = 3;

// With less than this left of the keepalive budget, the remaining events wait until a reply has freed some of it.
constexpr std::size_t kMinKeepaliveBytes = 2048;
// Room for what a batch adds to its events.
constexpr std::size_t kEnvelopeBytes = 256;

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

// A service that would count a repeated event twice is one that takes a time-out for delivered.
bool countsRepeats(const Service& service, int lane) {
  return service.receipt(lane, kStatusTimeout, {}) != kStatusTimeout;
}

}  // namespace

void Sender::setVisible(bool isVisible) {
  if (!isVisible) hurry();
  isVisible_ = isVisible;
}

void Sender::leaving(TimeMs nowMs) {
  leavingUntilMs_ = nowMs + kLeavingMs;
  hurry();
}

void Sender::hurry() {
  if (outbox_.waiting() > 0) isUrgent_ = true;
  if (isOffline_) blockedUntilMs_ = askedUntilMs_;
}

void Sender::setOnline(bool isOnline) {
  if (saysOffline_ && isOnline) {  // the earlier failures came from the missing network
    blockedUntilMs_ = askedUntilMs_;
    failures_ = trips_ = 0;
  }
  if (saysOffline_ == isOnline) isOffline_ = !isOnline;
  saysOffline_ = !isOnline;
}

void Sender::queued(TimeMs nowMs, Urgency urgency) {
  if (outbox_.waiting() == 0) return;
  // A hidden or closing page may end at any moment, so its events are not held back to fill a batch.
  const bool hasWaited = urgency == Urgency::kNow || isEnding(nowMs);
  dueMs_ = std::min(dueMs_, hasWaited ? nowMs : nowMs + options_.flushIntervalMs);
}

void Sender::setAllowed(bool isAllowed) {
  isAllowed_ = isAllowed;
  forgetHandedOver();
}

// Requests that the browser holds cannot be changed: their ids stay, and their events must not be queued again.
void Sender::forgetHandedOver() {
  for (HandedOver& handedOver : handedOver_) handedOver.events.clear();
}

void Sender::disownRequests() {
  handOver();
  forgetHandedOver();
  for (const Request& request : requests_)
    handedOver_.push_back({request.number, request.keepaliveBytes, request.lane, 0, request.toAccept, {}});
  requests_.clear();
  retrying_ = 0;
  dueMs_ = kNever;
  isUrgent_ = false;
}

Lanes Sender::lanesOf(const Service& service) {
  Lanes lanes;
  for (int i = 0; i < kEventKinds; ++i) {
    lanes.lane[i] = service.isNone() ? Service::kNoLane : service.lane(static_cast<EventKind>(i));
    const bool isOwn = lanes.lane[i] == Service::kNoLane;
    lanes.size[i] = isOwn ? kMaxBatch : service.laneSize(lanes.lane[i]);
    lanes.countsRepeats |= !isOwn && countsRepeats(service, lanes.lane[i]);
  }
  return lanes;
}

const char* Sender::obstacle() const {
  if (!isEnabled()) return "disabled";
  if (isHomeless()) return "no-service";
  if (isSuspended_) return "suspended";
  if (!isAllowed_) return "consent";
  if (isPaused_) return "paused";
  return nullptr;
}

void Sender::flush(double callId, TimeMs deadlineMs) {
  departures_.await(callId, outbox_.nextOrdinal(), outbox_.size(), deadlineMs);
  if (const char* reason = obstacle()) return departures_.settleAll(reason);
  if (outbox_.size() == 0) return departures_.settleFinished();
  isUrgent_ = true;
  blockedUntilMs_ = askedUntilMs_;  // flush() waits for the collector's Retry-After, but for no back-off
}

bool Sender::mayOverlap(TimeMs nowMs) const { return nowMs < leavingUntilMs_ || (!isVisible_ && isUrgent_); }

bool Sender::awaitsNetwork(TimeMs nowMs) const { return isOffline_ && lanes_.countsRepeats && isEnding(nowMs); }

bool Sender::isDue(TimeMs nowMs) const {
  if (obstacle() || awaitsNetwork(nowMs) || outbox_.waiting() == 0 || nowMs < blockedUntilMs_) return false;
  // One request at a time keeps the order, and a batch gathers while the last one is in flight. A page that is left or
  // hidden may end at any moment, so it sends everything at once, in chunks that fit the keepalive budget.
  if (!requests_.empty() && !mayOverlap(nowMs)) return false;
  return isUrgent_ || isFull() || nowMs >= dueMs_;
}

// The waiting events fill a batch.
bool Sender::isFull() const {
  return outbox_.waiting() >= static_cast<std::size_t>(options_.batchSize) ||
         (requests_.empty() && static_cast<double>(outbox_.bytes()) >= options_.maxBatchBytes);
}

void Sender::advance(Moment now) {
  while (isDue(now.logicalMs) && sendOne(now)) continue;
  // A promise settles at once where delivery may take long: with an obstacle, or if the collector demands a pause.
  if (const char* reason = obstacle(); reason && requests_.empty())
    departures_.settleAll(reason);
  else if (awaitsNetwork(now.logicalMs) && requests_.empty())
    departures_.settleAll("offline");
  else if (now.logicalMs + kBackoffCapMs < askedUntilMs_)
    departures_.settleAll(lastError_.c_str());
  else
    departures_.settleOverdue(now.logicalMs);
}

// Sends one batch. Returns false if there was nothing to send, or no room.
bool Sender::sendOne(Moment now) {
  const std::size_t free = kKeepaliveBudget - std::min(kKeepaliveBudget, keepaliveBytes_);
  BatchLimits limits{static_cast<std::size_t>(window_), static_cast<std::size_t>(options_.maxBatchBytes)};
  if (!isVisible_ && mayKeepalive_) {
    if (free < kMinKeepaliveBytes && keepaliveBytes_ > 0) {
      blockedUntilMs_ = now.logicalMs + kUnsentDelayMs;
      return false;
    }
    limits.bytes = std::min(limits.bytes, free - std::min(free, kEnvelopeBytes));
  }
  const std::uint32_t number = lastRequest_ + 1;
  const Batch batch = outbox_.take(number, lanes_, limits);
  const bool isAny = !batch.texts.empty();
  if (isAny) {
    lastRequest_ = number;
    post(number, batch, free, now);
  }
  if (outbox_.waiting() == 0) {
    dueMs_ = kNever;
    isUrgent_ = false;
  }
  return isAny;
}

void Sender::post(std::uint32_t number, const Batch& batch, std::size_t freeKeepaliveBytes, Moment now) {
  HttpRequest post;
  const std::size_t count = batch.texts.size();
  const Text batchId = random_.ulid(now.wallMs);
  const bool isKnown =
      batch.lane != Service::kNoLane && service_.encode(batch.lane, batch.texts, batchId, now.wallMs, post);
  if (!post.refusal.empty()) effects_.log(LogLevel::kWarn, "address-refused", post.refusal);
  if (!isKnown && !options_.url.empty()) {
    post = {};
    post.url = options_.url;
    post.body = neutralBatch(batch.texts, batchId, now.wallMs);
    post.isNeutral = true;
  }
  if (post.url.empty()) {
    if (isKnown) {  // the service does not want to know: that is delivered
      sent_ += static_cast<int>(count);
      outbox_.remove(number);
    } else {
      outbox_.drop(number, DropReason::kUnsupported);
    }
    return;
  }
  // Keepalive lets a request outlive the page. Small requests always have it, since no page knows when it is left. A
  // request without a body takes no part of the budget.
  const bool keepalive = post.body.empty() || (mayKeepalive_ && post.body.size() <= freeKeepaliveBytes);
  const std::size_t toAccept = options_.acknowledge && post.isNeutral ? count : 0;
  requests_.push_back(
      {number, count, keepalive ? post.body.size() + 1 : 0, isKnown ? batch.lane : Service::kNoLane, toAccept});
  keepaliveBytes_ += requests_.back().keepaliveBytes;
  effects_.send({.requestId = static_cast<double>(number),
                 .keepalive = keepalive,
                 .timeoutMs = options_.requestTimeoutMs,
                 .url = post.url,
                 .body = post.body,
                 .method = post.method,
                 .headersJson = post.headersJson,
                 .mode = post.isBlind ? "no-cors" : "",
                 // A service that receives an event as a GET request reports in the body whether it understood.
                 .readsBody = toAccept > 0 || post.method == "GET"});
  if (mayOverlap(now.logicalMs)) handOver();
}

void Sender::handOver() {
  requests_.eraseIf([this](const Request& request) {
    if (request.keepaliveBytes == 0 || request.lane == Service::kNoLane) return false;
    if (!countsRepeats(service_, request.lane)) return false;
    const int events = static_cast<int>(request.events);
    handedOver_.push_back(
        {request.number, request.keepaliveBytes, request.lane, events, 0, outbox_.inFlight(request.number)});
    sent_ += events;
    retrying_ = 0;
    outbox_.remove(request.number);
    return true;
  });
}

int Sender::statusOf(int lane, std::size_t toAccept, const HttpReply& reply) {
  const int status = lane == Service::kNoLane ? reply.status : service_.receipt(lane, reply.status, reply.body);
  if (toAccept == 0 || judge(status) != Verdict::kDelivered) return status;
  const double accepted = numberMember(parseJson(reply.body), "accepted", -1);
  if (accepted >= static_cast<double>(toAccept)) return status;
  if (accepted >= 0) return kStatusTooFew;
  effects_.log(LogLevel::kError, "unacknowledged",
               "A reply to events has no number \"accepted\" (events.acknowledge); they are sent again. Was it the "
               "collector's?");
  return kStatusUnacknowledged;
}

bool Sender::handedOverDone(std::uint32_t number, const HttpReply& reply, Moment now) {
  const auto found = std::find_if(handedOver_.begin(), handedOver_.end(),
                                  [&](const HandedOver& request) { return request.number == number; });
  if (found == handedOver_.end()) return false;
  HandedOver request = std::move(*found);
  handedOver_.erase(found);
  keepaliveBytes_ -= request.keepaliveBytes;
  const int status = statusOf(request.lane, request.toAccept, reply);
  if (judge(status) == Verdict::kDelivered) {
    sent_ += static_cast<int>(outbox_.removeParked(number, effects_));
    return true;
  }
  sent_ -= request.handed;
  if (!request.events.empty() && (reply.status != kStatusNetwork || !isEnding(now.logicalMs))) {
    requests_.push_back({number, request.events.size(), 0, request.lane, 0});
    outbox_.putBack(request.events, number);
    return requestDone(number, reply, now);
  }
  if (request.handed > 0) lastError_ = statusText(status);
  failed_ += request.handed;
  departures_.countDropped(DropReason::kLost, static_cast<std::size_t>(request.handed));
  return true;
}

bool Sender::requestDone(std::uint32_t number, const HttpReply& reply, Moment now) {
  const auto found = std::find_if(requests_.begin(), requests_.end(),
                                  [&](const Request& request) { return request.number == number; });
  if (found == requests_.end()) return handedOverDone(number, reply, now);
  const Request request = *found;
  requests_.erase(found);
  keepaliveBytes_ -= request.keepaliveBytes;
  const int status = statusOf(request.lane, request.toAccept, reply);
  Verdict verdict = judge(status);
  if (verdict == Verdict::kUnsent && request.keepaliveBytes == 0) verdict = Verdict::kRetry;  // no quota was used
  // A collector may accept too few for a moment only, so an event that stands alone gets the tries of a burst.
  if (status == kStatusTooFew && request.events == 1 && failures_ < options_.maxRetries) verdict = Verdict::kRetry;
  retrying_ = 0;
  if (verdict != Verdict::kUnsent) mayKeepalive_ = true;
  if (verdict != Verdict::kDelivered) lastError_ = statusText(status);
  switch (verdict) {
    case Verdict::kDelivered:
      sent_ += static_cast<int>(request.events);
      failures_ = trips_ = rejections_ = 0;
      isOffline_ = false;
      askedUntilMs_ = 0;
      lastError_.clear();
      window_ = std::min(options_.maxBatchSize, window_ * 2);
      outbox_.remove(request.number);
      break;
    case Verdict::kUnsent:
      outbox_.release(request.number);
      mayKeepalive_ = false;
      blockedUntilMs_ = now.logicalMs + kUnsentDelayMs;
      dueMs_ = std::min(dueMs_, now.logicalMs);
      break;
    case Verdict::kRetry:
      outbox_.release(request.number);
      retrying_ = request.events;
      if (isOffline_ && (status == kStatusNetwork || status == kStatusTimeout))
        waitForNetwork(now.logicalMs);
      else
        retryLater(reply.retryAfter, now);
      break;
    case Verdict::kSplit:
    case Verdict::kRejected:
      if (request.events == 1) {
        giveUp(request, verdict == Verdict::kSplit ? DropReason::kTooLarge : DropReason::kRejected, status);
        // One bad event is the event's fault; several in a row without a good one are the collector's.
        if (++rejections_ >= kMaxRejections) coolDown(now.logicalMs);
      } else {  // halve the batch until the bad event is alone in one
        outbox_.release(request.number);
        window_ = static_cast<int>(request.events / 2);
      }
      dueMs_ = std::min(dueMs_, now.logicalMs);
      break;
    case Verdict::kRefused:
      giveUp(request, DropReason::kRefused, status);
      window_ = 1;  // one event at a time until the collector takes one
      coolDown(now.logicalMs);
      break;
  }
  if (outbox_.waiting() > 0 && dueMs_ == kNever) dueMs_ = now.logicalMs;
  return true;
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

void Sender::retryLater(std::string_view retryAfter, Moment now) {
  ++failures_;
  dueMs_ = std::min(dueMs_, now.logicalMs);
  const double asked = retryAfterMs(retryAfter, now.wallMs);
  if (failures_ > options_.maxRetries) {
    coolDown(now.logicalMs);
  } else {
    blockedUntilMs_ = now.logicalMs + backoffMs(failures_, random_);
  }
  if (asked > 0) askedUntilMs_ = now.logicalMs + asked;
  blockedUntilMs_ = std::max(blockedUntilMs_, askedUntilMs_);
}

void Sender::waitForNetwork(TimeMs nowMs) {
  blockedUntilMs_ = std::max(nowMs + kOfflineGapMs, askedUntilMs_);
  dueMs_ = std::min(dueMs_, nowMs);
  isUrgent_ = false;
  departures_.settleAll("offline");
}

void Sender::coolDown(TimeMs nowMs) {
  failures_ = 0;
  blockedUntilMs_ = nowMs + coolDownMs(++trips_, random_);
  isUrgent_ = false;
  departures_.settleAll(lastError_.c_str());
}

TimeMs Sender::nextWakeMs(TimeMs nowMs) const { return std::min(nextSendMs(nowMs), departures_.nextDeadlineMs()); }

TimeMs Sender::nextSendMs(TimeMs nowMs) const {
  if (obstacle() || outbox_.waiting() == 0 || (!requests_.empty() && !mayOverlap(nowMs))) return kNever;
  if (awaitsNetwork(nowMs)) return isVisible_ ? leavingUntilMs_ : kNever;
  return std::max(blockedUntilMs_, isUrgent_ || isFull() ? 0 : dueMs_);
}

void Sender::describe(JsonObject& json) const {
  json.add("queued", static_cast<double>(outbox_.size())).add("sent", sent_).add("failed", failed_);
  json.add("retrying", static_cast<double>(retrying_));
  departures_.describe(json);
  json.add("bytes", static_cast<double>(outbox_.bytes()));
  if (lastError_.empty())
    json.addNull("lastError");
  else
    json.add("lastError", lastError_);
}

}  // namespace vitrine
