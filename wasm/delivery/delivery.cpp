#include "delivery/delivery.h"

#include <algorithm>
#include <utility>

#include "base/json.h"
#include "base/number.h"

namespace vitrine {
namespace {

// A request the browser would not take is offered again after this.
constexpr double kUnsentDelayMs = 500;

// A navigation that has not ended the page by then was not one (a download, a cancelled form).
constexpr double kLeavingMs = 2 * kSecondMs;

constexpr int kMaxRejections = 3;

std::string statusText(int status) {
  if (status == kStatusNetwork) return "network";
  if (status == kStatusTimeout) return "timeout";
  if (status == kStatusUnsent) return "keepalive";
  std::string out = "http ";
  appendInteger(out, static_cast<std::uint64_t>(status));
  return out;
}

}  // namespace

void Delivery::setVisible(bool isVisible) {
  if (!isVisible && outbox_.waiting() > 0) isUrgent_ = true;
  isVisible_ = isVisible;
}

void Delivery::leaving(TimeMs nowMs) {
  leavingUntilMs_ = nowMs + kLeavingMs;
  if (outbox_.waiting() > 0) isUrgent_ = true;
}

void Delivery::setOnline(bool isOnline) {
  if (!isOnline_ && isOnline) {  // what failed, failed for want of a network
    blockedUntilMs_ = askedUntilMs_;
    failures_ = trips_ = 0;
  }
  isOnline_ = isOnline;
}

void Delivery::queued(TimeMs nowMs, bool isNow) {
  if (outbox_.waiting() == 0) return;
  // Of a page that is hidden or left nobody knows how long it has: its events do not wait for company.
  const bool hasWaited = isNow || isEnding(nowMs);
  dueMs_ = std::min(dueMs_, hasWaited ? nowMs : nowMs + options_.flushIntervalMs);
}

void Delivery::setAllowed(bool isAllowed) {
  isAllowed_ = isAllowed;
  forgetHandedOver();
}

// What was handed over stays so: nothing takes ids out of it, and nobody else may find it.
void Delivery::forgetHandedOver() {
  for (HandedOver& handedOver : handedOver_) handedOver.events.clear();
}

void Delivery::disownRequests() {
  handOver();
  forgetHandedOver();
  for (const Request& request : requests_)
    handedOver_.push_back({request.number, request.keepaliveBytes, request.lane, 0, {}});
  requests_.clear();
  retrying_ = 0;
  dueMs_ = kNever;
  isUrgent_ = false;
}

Lanes Delivery::lanesOf(const Service& service) {
  Lanes lanes;
  for (int i = 0; i < kEventKinds; ++i) {
    lanes.lane[i] = service.lane(static_cast<EventKind>(i));
    lanes.size[i] = lanes.lane[i] == Service::kNoLane ? kMaxBatch : service.laneSize(lanes.lane[i]);
  }
  return lanes;
}

const char* Delivery::obstacle() const {
  if (!options_.enabled) return "disabled";
  if (isSuspended_) return "suspended";
  if (!isAllowed_) return "consent";
  if (isPaused_) return "paused";
  if (!isOnline_) return "offline";
  return nullptr;
}

void Delivery::flush(double callId, TimeMs deadlineMs) {
  waiters_.push_back({callId, outbox_.nextOrdinal(), outbox_.size(), 0, deadlineMs});
  if (const char* reason = obstacle()) return settleWaiters(reason);
  if (outbox_.size() == 0) return settleWaiters(nullptr);
  isUrgent_ = true;
  blockedUntilMs_ =
      askedUntilMs_;  // the shop asks: no back-off or cool-down of ours holds it up, only the receiver's word
}

bool Delivery::mayOverlap(TimeMs nowMs) const { return nowMs < leavingUntilMs_ || (!isVisible_ && isUrgent_); }

bool Delivery::isDue(TimeMs nowMs) const {
  if (obstacle() || outbox_.waiting() == 0 || nowMs < blockedUntilMs_) return false;
  // One at a time keeps the order and lets a batch gather while the last one travels. A page that is left or hidden may
  // be gone in a moment, so there everything goes at once, in chunks that fit.
  if (!requests_.empty() && !mayOverlap(nowMs)) return false;
  return isUrgent_ || isFull() || nowMs >= dueMs_;
}

// What waits fills a batch.
bool Delivery::isFull() const {
  return outbox_.waiting() >= static_cast<std::size_t>(options_.batchSize) ||
         (requests_.empty() && static_cast<double>(outbox_.bytes()) >= options_.maxBatchBytes);
}

void Delivery::advance(TimeMs nowMs, TimeMs wallMs) {
  while (isDue(nowMs) && sendOne(nowMs, wallMs)) continue;
  // A promise does not wait for what may take long: an obstacle, or a receiver that asked for a pause.
  if (const char* reason = obstacle(); reason && requests_.empty())
    settleWaiters(reason);
  else if (nowMs + kBackoffCapMs < askedUntilMs_)
    settleWaiters(lastError_.c_str());
  else
    settleWaiters("deadline", nowMs);
}

bool Delivery::sendOne(TimeMs nowMs, TimeMs wallMs) {
  const std::size_t free = kKeepaliveBudget - std::min(kKeepaliveBudget, keepaliveBytes_);
  auto limit = static_cast<std::size_t>(options_.maxBatchBytes);
  if (!isVisible_ && mayKeepalive_) {
    if (free < 2048 && keepaliveBytes_ > 0) {  // the rest stays stored; it goes when an answer has freed the budget
      blockedUntilMs_ = nowMs + kUnsentDelayMs;
      return false;
    }
    limit = std::min(limit, free - std::min<std::size_t>(free, 256));
  }
  Ordinals expired;
  const std::uint32_t number = lastRequest_ + 1;
  int lane = Service::kNoLane;
  const auto texts = outbox_.take(number, lanes_, static_cast<std::size_t>(window_), limit, wallMs, expired, lane);
  const std::size_t count = texts.size();
  if (count > 0) {
    lastRequest_ = number;
    HttpRequest post;
    const std::string batchId = random_.ulid(wallMs);
    const bool isKnown = lane != Service::kNoLane && service_.encode(lane, texts, batchId, wallMs, post);
    if (!isKnown && !options_.url.empty()) {
      post = {};
      post.url = options_.url;
      post.body = neutralBatch(texts, batchId, wallMs);
    }
    if (post.url.empty()) {  // nothing has to be said, or nobody would understand it
      sent_ += isKnown ? static_cast<int>(count) : 0;
      account(isKnown ? outbox_.remove(number) : outbox_.drop(number, DropReason::kUnsupported), isKnown);
    } else {
      // Keepalive lets a request outlive the page; small ones get it always, since no page knows when it will be left.
      // What has no body has no part in the budget.
      const bool keepalive = post.body.empty() || (mayKeepalive_ && post.body.size() <= free);
      requests_.push_back({number, count, keepalive ? post.body.size() + 1 : 0, isKnown ? lane : Service::kNoLane});
      keepaliveBytes_ += requests_.back().keepaliveBytes;
      effects_.send(number, keepalive, options_.requestTimeoutMs, post.url, post.body, post.method, post.headersJson,
                    post.isBlind);
      if (mayOverlap(nowMs)) handOver();
    }
  }
  if (outbox_.waiting() == 0) {
    dueMs_ = kNever;
    isUrgent_ = false;
  }
  account(expired, false);
  return count > 0;
}

void Delivery::handOver() {
  std::erase_if(requests_, [this](const Request& request) {
    if (request.keepaliveBytes == 0 || request.lane == Service::kNoLane) return false;
    // A service that takes a time-out for delivered is one that cannot tell a repeated event.
    if (service_.receipt(request.lane, kStatusTimeout, {}) == kStatusTimeout) return false;
    const int events = static_cast<int>(request.events);
    handedOver_.push_back(
        {request.number, request.keepaliveBytes, request.lane, events, outbox_.travelling(request.number)});
    sent_ += events;
    retrying_ = 0;
    account(outbox_.remove(request.number), true);
    return true;
  });
}

bool Delivery::handedOverDone(std::uint32_t number, int status, std::string_view retryAfter, std::string_view body,
                              TimeMs nowMs, TimeMs wallMs) {
  const auto found =
      std::find_if(handedOver_.begin(), handedOver_.end(), [&](const HandedOver& s) { return s.number == number; });
  if (found == handedOver_.end()) return false;
  HandedOver handedOver = std::move(*found);
  handedOver_.erase(found);
  keepaliveBytes_ -= handedOver.keepaliveBytes;
  const int meaning = handedOver.lane == Service::kNoLane ? status : service_.receipt(handedOver.lane, status, body);
  if (judge(meaning) == Verdict::kDelivered) {
    sent_ += static_cast<int>(outbox_.removeLeft(number, effects_));
    return true;
  }
  sent_ -= handedOver.handed;
  if (!handedOver.events.empty() && (status != kStatusNetwork || !isEnding(nowMs))) {
    requests_.push_back({number, handedOver.events.size(), 0, handedOver.lane});
    outbox_.putBack(std::move(handedOver.events), number);
    return requestDone(number, status, retryAfter, body, nowMs, wallMs);
  }
  if (handedOver.handed > 0) lastError_ = statusText(meaning);
  failed_ += handedOver.handed;
  outbox_.countDropped(DropReason::kLost, static_cast<std::size_t>(handedOver.handed));
  return true;
}

bool Delivery::requestDone(std::uint32_t number, int status, std::string_view retryAfter, std::string_view body,
                           TimeMs nowMs, TimeMs wallMs) {
  const auto found =
      std::find_if(requests_.begin(), requests_.end(), [&](const Request& r) { return r.number == number; });
  if (found == requests_.end()) return handedOverDone(number, status, retryAfter, body, nowMs, wallMs);
  const Request request = *found;
  requests_.erase(found);
  keepaliveBytes_ -= request.keepaliveBytes;
  if (request.lane != Service::kNoLane) status = service_.receipt(request.lane, status, body);
  Verdict verdict = judge(status);
  if (verdict == Verdict::kUnsent && request.keepaliveBytes == 0) verdict = Verdict::kRetry;  // no quota refused that
  retrying_ = 0;
  if (verdict != Verdict::kUnsent) mayKeepalive_ = true;
  if (verdict != Verdict::kDelivered) lastError_ = statusText(status);
  switch (verdict) {
    case Verdict::kDelivered:
      sent_ += static_cast<int>(request.events);
      failures_ = trips_ = rejections_ = 0;
      askedUntilMs_ = 0;
      lastError_.clear();
      window_ = std::min(options_.maxBatchSize, window_ * 2);
      account(outbox_.remove(request.number), true);
      break;
    case Verdict::kUnsent:
      outbox_.release(request.number);
      mayKeepalive_ = false;
      blockedUntilMs_ = nowMs + kUnsentDelayMs;
      dueMs_ = std::min(dueMs_, nowMs);
      break;
    case Verdict::kRetry:
      outbox_.release(request.number);
      retrying_ = request.events;
      retryLater(retryAfter, nowMs, wallMs);
      break;
    case Verdict::kSplit:
    case Verdict::kRejected:
      if (request.events == 1) {
        giveUp(request, verdict == Verdict::kSplit ? DropReason::kTooLarge : DropReason::kRejected, status);
        // One bad event is the event's fault; several in a row without a good one are the endpoint's.
        if (++rejections_ >= kMaxRejections) coolDown(nowMs);
      } else {  // halve, until the bad event stands alone
        outbox_.release(request.number);
        window_ = static_cast<int>(request.events / 2);
      }
      dueMs_ = std::min(dueMs_, nowMs);
      break;
    case Verdict::kRefused:
      giveUp(request, DropReason::kRefused, status);
      window_ = 1;  // the endpoint is tried with one event at a time until it takes one
      coolDown(nowMs);
      break;
  }
  if (outbox_.waiting() > 0 && dueMs_ == kNever) dueMs_ = nowMs;
  return true;
}

void Delivery::giveUp(const Request& request, DropReason reason, int status) {
  failed_ += static_cast<int>(request.events);
  account(outbox_.drop(request.number, reason), false);
  std::string message = "The events endpoint answered " + statusText(status) + "; ";
  appendInteger(message, request.events);
  message += reason == DropReason::kRefused
                 ? " event(s) are lost. Check eventsUrl, apiKey and the ids in the provider options."
                 : " event was not accepted and is dropped.";
  effects_.log(LogLevel::kError, kDropReasonNames[static_cast<int>(reason)], message);
}

void Delivery::retryLater(std::string_view retryAfter, TimeMs nowMs, TimeMs wallMs) {
  ++failures_;
  dueMs_ = std::min(dueMs_, nowMs);
  const double asked = retryAfterMs(retryAfter, wallMs);
  if (failures_ > options_.maxRetries) {
    coolDown(nowMs);
  } else {
    blockedUntilMs_ = nowMs + backoffMs(failures_, random_);
  }
  if (asked > 0) askedUntilMs_ = nowMs + asked;
  blockedUntilMs_ = std::max(blockedUntilMs_, askedUntilMs_);
}

void Delivery::coolDown(TimeMs nowMs) {
  failures_ = 0;
  blockedUntilMs_ = nowMs + coolDownMs(++trips_, random_);
  isUrgent_ = false;
  settleWaiters(lastError_.c_str());
}

void Delivery::account(const Ordinals& ordinals, bool isDelivered) {
  if (ordinals.empty() || waiters_.empty()) return;
  for (Waiter& waiter : waiters_) {
    const auto mine = static_cast<std::size_t>(std::count_if(
        ordinals.begin(), ordinals.end(), [&](std::uint64_t ordinal) { return ordinal < waiter.before; }));
    waiter.remaining -= std::min(waiter.remaining, mine);
    if (isDelivered) waiter.delivered += mine;
  }
  settleWaiters(nullptr);
}

// Settles the waiters that have nothing left to wait for; with a reason also those whose deadline is not after
// deadlineMs.
void Delivery::settleWaiters(const char* reason, TimeMs deadlineMs) {
  std::erase_if(waiters_, [&](const Waiter& waiter) {
    const bool isOver = reason && waiter.remaining > 0;
    if (waiter.remaining > 0 && !(isOver && (deadlineMs == kNever || waiter.deadlineMs <= deadlineMs))) return false;
    std::string out;
    JsonObject json(out);
    json.add("delivered", static_cast<double>(waiter.delivered))
        .add("remaining", static_cast<double>(waiter.remaining));
    if (isOver) json.add("reason", reason);
    json.close();
    effects_.settle(waiter.callId, true, out);
    return true;
  });
}

TimeMs Delivery::nextWakeMs(TimeMs nowMs) const {
  TimeMs next = nextSendMs(nowMs);
  for (const Waiter& waiter : waiters_) next = std::min(next, waiter.deadlineMs);
  return next;
}

TimeMs Delivery::nextSendMs(TimeMs nowMs) const {
  if (obstacle() || outbox_.waiting() == 0 || (!requests_.empty() && !mayOverlap(nowMs))) return kNever;
  return std::max(blockedUntilMs_, isUrgent_ || isFull() ? 0 : dueMs_);
}

void Delivery::describe(JsonObject& json) const {
  json.add("queued", static_cast<double>(outbox_.size())).add("sent", sent_).add("failed", failed_);
  json.add("retrying", static_cast<double>(retrying_));
  JsonObject dropped(json.key("dropped"));
  for (int i = 0; i < kDropReasons; ++i) {
    if (outbox_.dropped()[i] > 0) dropped.add(kDropReasonNames[i], outbox_.dropped()[i]);
  }
  dropped.close();
  json.add("bytes", static_cast<double>(outbox_.bytes()));
  if (lastError_.empty())
    json.addNull("lastError");
  else
    json.add("lastError", lastError_);
}

}  // namespace vitrine
