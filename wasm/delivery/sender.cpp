#include "delivery/sender.h"

#include <algorithm>

#include "base/json.h"

namespace vitrine {
namespace {

// A navigation that has not ended the page by then was none (a download, a cancelled form).
constexpr double kLeavingMs = 2 * kSecondMs;

// With less than this left of the keepalive budget, the remaining events wait until a reply has freed some of it.
constexpr std::size_t kMinKeepaliveBytes = 2048;
// Room for what a batch adds to its events.
constexpr std::size_t kEnvelopeBytes = 256;

// A service that would count a repeated event twice is one that takes a time-out for delivered.
bool countsRepeats(Service& service, int lane) { return service.receipt(lane, kStatusTimeout, {}) != kStatusTimeout; }

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
  for (Lane& lane : lanes_) {
    if (waiting(lane) > 0) lane.isUrgent = true;
    if (isOffline_) lane.unblock();
  }
}

void Sender::setOnline(bool isOnline) {
  if (saysOffline_ && isOnline) {  // the earlier failures came from the missing network
    for (Lane& lane : lanes_) {
      lane.unblock();
      lane.failures = lane.trips = 0;
    }
  }
  if (saysOffline_ == isOnline) isOffline_ = !isOnline;
  saysOffline_ = !isOnline;
}

void Sender::queued(TimeMs nowMs, Urgency urgency) {
  // A hidden or closing page may end at any moment, so its events are not held back to fill a batch.
  const bool hasWaited = urgency == Urgency::kNow || isEnding(nowMs);
  for (Lane& lane : lanes_) {
    if (waiting(lane) > 0) lane.dueBy(hasWaited ? nowMs : nowMs + options_.flushIntervalMs);
  }
}

void Sender::setAllowed(bool isAllowed) {
  isAllowed_ = isAllowed;
  forgetHandedOver();
}

// Requests that the browser holds cannot be changed: their ids stay, and their events must not be queued again.
void Sender::forgetHandedOver() {
  for (Request& request : requests_) request.handedEvents.clear();
}

void Sender::disownRequests() {
  handOver();
  forgetHandedOver();
  for (Request& request : requests_) request.isForeign = true;
  for (Lane& lane : lanes_) {
    lane.retrying = 0;
    lane.emptied();
  }
}

LaneOfKind lanesOf(const Service& service) {
  LaneOfKind lanes;
  for (int i = 0; i < kEventKinds && !service.isNone(); ++i)
    lanes.of[i] = static_cast<std::int8_t>(service.lane(static_cast<EventKind>(i)) - Service::kNoLane);
  return lanes;
}

void Sender::makeLanes() {
  for (Lane& lane : lanes_) lane.window = options_.maxBatchSize;
  for (int i = 0; i < kEventKinds; ++i) {
    const int of = outbox_.laneOf(static_cast<EventKind>(i));
    if (of == kOwnLane) continue;
    lanes_[of].size = service_.laneSize(of + Service::kNoLane);
    lanes_[of].countsRepeats = countsRepeats(service_, of + Service::kNoLane);
  }
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
  // flush() waits for the collector's Retry-After, but for no back-off.
  for (Lane& lane : lanes_) {
    lane.isUrgent |= waiting(lane) > 0;
    lane.unblock();
  }
}

bool Sender::isBusy(const Lane* lane) const {
  return std::any_of(requests_.begin(), requests_.end(),
                     [lane](const Request& request) { return !request.isForeign && (!lane || request.lane == lane); });
}

bool Sender::mayOverlap(const Lane& lane, TimeMs nowMs) const {
  return nowMs < leavingUntilMs_ || (!isVisible_ && lane.isUrgent);
}

bool Sender::awaitsNetwork(const Lane& lane, TimeMs nowMs) const {
  return isOffline_ && lane.countsRepeats && isEnding(nowMs);
}

bool Sender::isDue(const Lane& lane, TimeMs nowMs) const {
  return !awaitsNetwork(lane, nowMs) && nextSendMs(lane, nowMs) <= nowMs;
}

Lane* Sender::nextDue(TimeMs nowMs) {
  Lane* next = nullptr;
  std::string_view oldest;
  for (Lane& lane : lanes_) {
    if (!isDue(lane, nowMs)) continue;
    const std::string_view text = outbox_.oldest(indexOf(lane));
    if (next && text > oldest) continue;
    next = &lane;
    oldest = text;
  }
  return next;
}

// The waiting events fill a batch.
bool Sender::isFull(const Lane& lane) const {
  return waiting(lane) >= static_cast<std::size_t>(options_.batchSize) ||
         (!isBusy(&lane) && static_cast<double>(outbox_.waitingBytes(indexOf(lane))) >= options_.maxBatchBytes);
}

void Sender::advance(Moment now) {
  while (Lane* lane = nextDue(now.logicalMs)) sendOne(*lane, now);
  settlePromises(now.logicalMs);
}

// A promise settles at once where delivery may take long: with an obstacle, or if all that is left has failed in a
// burst of tries, waits for the network, or must wait because the collector demands it.
void Sender::settlePromises(TimeMs nowMs) {
  if (const char* reason = obstacle(); reason && !isBusy(nullptr)) return departures_.settleAll(reason);
  const Lane* stuck = stuckLane(nowMs);
  if (!stuck) return departures_.settleOverdue(nowMs);
  const bool isNetwork = stuck->lastStatus == kStatusNetwork || stuck->lastStatus == kStatusTimeout;
  if (isOffline_ && (isNetwork || awaitsNetwork(*stuck, nowMs))) return departures_.settleAll("offline");
  departures_.settleAll(statusText(stuck->lastStatus).c_str());
}

const Lane* Sender::stuckLane(TimeMs nowMs) const {
  const Lane* stuck = nullptr;
  for (const Lane& lane : lanes_) {
    if (isBusy(&lane)) return nullptr;
    if (waiting(lane) == 0) continue;
    if (awaitsNetwork(lane, nowMs) || nowMs < lane.stuckUntilMs || nowMs + kBackoffCapMs < lane.askedUntilMs)
      stuck = &lane;
    else if (lane.isUrgent || nowMs >= lane.dueMs)
      return nullptr;
  }
  return stuck;
}

// Sends one batch, unless the keepalive budget has no room.
void Sender::sendOne(Lane& lane, Moment now) {
  const std::size_t free = kKeepaliveBudget - std::min(kKeepaliveBudget, keepaliveBytes_);
  BatchLimits limits{std::min(static_cast<std::size_t>(lane.window), lane.size),
                     static_cast<std::size_t>(options_.maxBatchBytes)};
  if (!isVisible_ && mayKeepalive_) {
    if (free < kMinKeepaliveBytes && keepaliveBytes_ > 0) {
      lane.blockedUntilMs = now.logicalMs + kUnsentDelayMs;
      return;
    }
    limits.bytes = std::min(limits.bytes, (free - std::min(free, kEnvelopeBytes)) / growthOf(lane));
  }
  const std::uint32_t number = lastRequest_ + 1;
  const Batch batch = outbox_.take(number, indexOf(lane), limits);
  if (!batch.empty()) {
    lastRequest_ = number;
    post(number, lane, batch, free, now);
  }
  if (waiting(lane) == 0) lane.emptied();
}

void Sender::post(std::uint32_t number, Lane& lane, const Batch& batch, std::size_t freeKeepaliveBytes, Moment now) {
  HttpRequest post;
  const std::size_t count = batch.size();
  const Text batchId = random_.ulid(now.wallMs);
  const bool isOwn = &lane == lanes_;
  const bool isKnown = !isOwn && service_.encode(indexOf(lane) + Service::kNoLane, batch, batchId, now.wallMs, post);
  if (!post.refusal.empty()) effects_.log(LogLevel::kWarn, "address-refused", post.refusal);
  if (!isKnown && !options_.url.empty()) {
    if (!isOwn) {
      outbox_.release(number, Waits::kInOwnLane);
      lanes_[kOwnLane].dueBy(now.logicalMs);
      lanes_[kOwnLane].isUrgent |= lane.isUrgent;
      return;
    }
    post = {};
    post.url = options_.url;
    post.body = neutralBatch(batch, batchId, now.wallMs);
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
  const std::size_t bytes = post.body.size() * growthOf(lane);
  const bool keepalive = bytes == 0 || (mayKeepalive_ && bytes <= freeKeepaliveBytes);
  const std::size_t toAccept = options_.acknowledge && post.isNeutral ? count : 0;
  requests_.push_back({number, count, keepalive ? bytes + 1 : 0, &lane, toAccept});
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
  if (mayOverlap(lane, now.logicalMs)) handOver();
}

void Sender::handOver() {
  for (Request& request : requests_) {
    if (request.isForeign || request.keepaliveBytes == 0 || !request.lane->countsRepeats) continue;
    request.isForeign = true;
    request.handed = static_cast<int>(request.events);
    request.toAccept = 0;
    request.handedEvents = outbox_.inFlight(request.number);
    sent_ += request.handed;
    request.lane->retrying = 0;
    outbox_.remove(request.number);
  }
}

void Sender::reclaim() {
  for (QueuedEvent& queued : outbox_.takeUnkept()) {
    Request* const request = find(queued.request);
    if (request) {
      if (request->isForeign) request->events = 0;
      request->isForeign = false;
      ++request->events;
    }
    outbox_.requeue(std::move(queued), request ? request->number : 0);
  }
}

TimeMs Sender::nextWakeMs(TimeMs nowMs) const {
  TimeMs next = departures_.nextDeadlineMs();
  for (const Lane& lane : lanes_) next = smaller(next, nextSendMs(lane, nowMs));
  return next;
}

// One request at a time keeps the order of a lane, and a batch gathers while the last one is in flight. A page that is
// left or hidden may end at any moment, so it sends everything at once, in chunks that fit the keepalive budget.
TimeMs Sender::nextSendMs(const Lane& lane, TimeMs nowMs) const {
  if (waiting(lane) == 0 || obstacle() || (!mayOverlap(lane, nowMs) && isBusy(&lane))) return kNever;
  if (awaitsNetwork(lane, nowMs)) return isVisible_ ? leavingUntilMs_ : kNever;
  return larger(lane.blockedUntilMs, lane.isUrgent || isFull(lane) ? 0 : lane.dueMs);
}

void Sender::describe(JsonObject& json) const {
  json.add("queued", static_cast<double>(outbox_.size())).add("sent", sent_).add("failed", failed_);
  std::size_t retrying = 0;
  const Lane* bad = lastFailed_;
  for (const Lane& lane : lanes_) {
    retrying += lane.retrying;
    if (bad->lastStatus == Lane::kGood) bad = &lane;
  }
  json.add("retrying", static_cast<double>(retrying));
  departures_.describe(json);
  json.add("bytes", static_cast<double>(outbox_.bytes()));
  if (bad->lastStatus == Lane::kGood)
    json.addNull("lastError");
  else
    json.add("lastError", statusText(bad->lastStatus));
}

}  // namespace vitrine
