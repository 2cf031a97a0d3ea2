#include "delivery/outbox.h"

#include <algorithm>
#include <cmath>

#include "base/json.h"

namespace vitrine {
namespace {

// A full queue drops this share of itself at once: dropping one event for each new one would rewrite the oldest segment
// every time. Of 1000 events the share is 8, which is a segment; a queue of less than 128 events drops one by one.
constexpr double kTrimShare = 1.0 / 128;

bool isAny(const QueuedEvent&, double) { return true; }
bool isOf(const QueuedEvent& queued, double request) { return queued.request == request; }
bool isOld(const QueuedEvent& queued, double steadyMs) { return queued.request == 0 && queued.expiresMs < steadyMs; }
bool isReady(const QueuedEvent& queued, int lane) {
  return queued.request == 0 && queued.lane == lane && !queued.isBehind;
}

const QueuedEvent* firstWaiting(const Journal& journal, int lane) {
  for (const Segment& segment : journal.segments()) {
    for (const QueuedEvent& queued : segment.events) {
      if (isReady(queued, lane)) return &queued;
    }
  }
  return nullptr;
}

// The text of an event begins with its id, and ids sort by creation, even if the page's clock stood still or went back.
std::string_view idOf(const QueuedEvent& queued) {
  const std::string_view text = queued.event.text;
  return text.substr(0, text.find(','));
}

// The ordinal of an adopted event that is in the queue already.
constexpr std::uint64_t kTwice = 0;

}  // namespace

std::size_t Outbox::eraseIf(Test isGone, double value, std::size_t atMost, Departure how) {
  std::size_t gone = 0;
  const auto isNext = [&](const QueuedEvent& queued) {
    if (gone == atMost || !isGone(queued, value)) return false;
    ++gone;
    departures_.report(queued.ordinal, how);
    if (queued.request == 0) countWaiting(queued, -1);
    return true;
  };
  for (Journal& journal : journals_) {
    if (gone == atMost) break;
    for (Segment& segment : journal.segments()) {
      bytes_ -= journal.erase(segment, isNext);
      if (gone == atMost) break;
    }
    journal.sweep();
  }
  size_ -= gone;
  return gone;
}

std::size_t Outbox::dropIf(Test isGone, double value, std::size_t atMost, DropReason reason) {
  const std::size_t gone = eraseIf(isGone, value, atMost, Departure::kUnsent);
  departures_.countDropped(reason, gone);
  return gone;
}

void Outbox::countIn(const QueuedEvent& queued) {
  soonestMs_ = smaller(size_ == 0 ? kNever : soonestMs_, queued.expiresMs);
  ++size_;
  countWaiting(queued, 1);
  bytes_ += queued.event.text.size() + 1;
}

void Outbox::countWaiting(const QueuedEvent& queued, int more) {
  const auto by = static_cast<std::size_t>(more);
  waitingByKind_[static_cast<int>(queued.event.kind)] += by;
  waiting_[queued.lane].events += by;
  waiting_[queued.lane].bytes += by * (queued.event.text.size() + 1);
}

std::size_t Outbox::add(Event event) {
  const TimeMs expiresMs = lifetimes_.endOfNew(event);
  const std::int8_t lane = lanes_.of[static_cast<int>(event.kind)];
  own().append({std::move(event), nextOrdinal_++, 0, expiresMs, lane});
  countIn(own().segments().back().events.back());
  return trim();
}

std::size_t Outbox::trim() {
  const auto exceeds = [this](double share) {
    return static_cast<double>(size_) > std::ceil(options_.maxQueueSize * share) ||
           static_cast<double>(bytes_) > options_.maxQueueBytes * share;
  };
  std::size_t gone = 0;
  if (!exceeds(1)) return gone;
  while (exceeds(1 - kTrimShare)) {
    int kind = 0;
    while (kind < kEventKinds && waitingByKind_[kind] == 0) ++kind;
    if (kind == kEventKinds) break;  // all that remains is in flight
    // The share is a matter of cost, and not worth an order.
    if (kind == static_cast<int>(EventKind::kPurchase) && !exceeds(1)) break;
    const auto isLeast = [](const QueuedEvent& q, double least) {
      return q.request == 0 && static_cast<int>(q.event.kind) == static_cast<int>(least);
    };
    gone += dropIf(isLeast, kind, 1, DropReason::kQueueFull);
  }
  return gone;
}

std::size_t Outbox::adopt(std::string_view journalId, std::string_view segmentsJson) {
  Journal* journal = journals_.begin() + (find(journalId) - journals_.begin());
  if (journal == journals_.end()) journal = journals_.insert(&own(), Journal(Text(journalId)));
  const Json segments = parseJson(segmentsJson);
  if (!segments.isObject()) return 0;
  const std::uint64_t firstNew = nextOrdinal_;
  for (const Json& segment : segments.children) {
    std::string_view id;
    int number = 0;
    if (!segment.isString() || !readSegmentName(journal->id() + ":" + segment.name, id, number)) continue;
    const int unreadable = journal->load(number, segment.text, nextOrdinal_);
    departures_.countDropped(DropReason::kUnreadable, static_cast<std::size_t>(unreadable));
  }
  for (Segment& segment : journal->segments()) {
    for (QueuedEvent& queued : segment.events) {
      if (queued.ordinal >= firstNew && isHereAlready(queued)) queued.ordinal = kTwice;
    }
  }
  for (Segment& segment : journal->segments()) {
    journal->erase(segment, [](const QueuedEvent& queued) { return queued.ordinal == kTwice; });
    for (QueuedEvent& queued : segment.events) {
      if (queued.ordinal < firstNew) continue;
      queued.expiresMs = lifetimes_.endOfAdopted(queued.event);
      queued.lane = lanes_.of[static_cast<int>(queued.event.kind)];
      countIn(queued);
    }
  }
  journal->sweep();  // a segment without a readable line leaves storage too
  return trim();
}

// Returns whether an event that was queued before this one has the same id.
bool Outbox::isHereAlready(const QueuedEvent& added) {
  bool isHere = false;
  for (const Journal& journal : journals_) {
    for (const Segment& segment : journal.segments()) {
      for (const QueuedEvent& queued : segment.events)
        isHere |= queued.ordinal != kTwice && queued.ordinal < added.ordinal && idOf(queued) == idOf(added);
    }
  }
  return isHere;
}

Journal* Outbox::oldestWaiting(int lane, std::string_view& text, std::string_view& next) {
  Journal* oldest = nullptr;
  next = {};
  for (Journal& journal : journals_) {
    const QueuedEvent* first = firstWaiting(journal, lane);
    if (!first) continue;
    std::string_view other = first->event.text;
    if (!oldest || other < text) {
      if (oldest) next = text;
      oldest = &journal;
      text = other;
    } else if (next.empty() || other < next) {
      next = other;
    }
  }
  return oldest;
}

std::string_view Outbox::oldest(int lane) {
  std::string_view text, next;
  oldestWaiting(lane, text, next);
  return text;
}

Batch Outbox::take(std::uint32_t request, int lane, BatchLimits limits) {
  if (soonestMs_ < lifetimes_.nowMs()) dropIf(isOld, lifetimes_.nowMs(), size_, DropReason::kExpired);
  Batch batch = gather(request, lane, limits);
  if (batch.empty() && waiting_[lane].events > 0) {  // those behind have their turn
    for (Journal& journal : journals_) {
      for (Segment& segment : journal.segments()) {
        for (QueuedEvent& queued : segment.events) queued.isBehind &= queued.lane != lane;
      }
    }
    batch = gather(request, lane, limits);
  }
  return batch;
}

Batch Outbox::gather(std::uint32_t request, int lane, BatchLimits limits) {
  Batch batch;
  std::size_t bytes = 0;
  std::string_view text, next;
  while (Journal* journal = oldestWaiting(lane, text, next)) {
    journal->close();  // no event joins a segment in flight, so that its delivery removes whole segments
    for (Segment& segment : journal->segments()) {
      for (QueuedEvent& queued : segment.events) {
        if (!isReady(queued, lane)) continue;
        // The events of one page may stand in two journals, and keep their order.
        if (!next.empty() && std::string_view(queued.event.text) > next) break;
        const std::size_t more = queued.event.text.size() + 1;
        if (!batch.empty() && (batch.size() == limits.events || bytes + more > limits.bytes ||
                               ownerOf(batch[0]) != ownerOf(queued.event.text)))
          return batch;
        countWaiting(queued, -1);
        queued.request = request;
        bytes += more;
        batch.push_back(queued.event.text);
      }
    }
  }
  return batch;
}

std::size_t Outbox::stripIds() {
  const auto saysOnlyWho = [](const QueuedEvent& q, double) { return q.event.kind == EventKind::kIdentify; };
  rewriteIds({}, {});
  return dropIf(saysOnlyWho, 0, size_, DropReason::kConsent);
}

void Outbox::rewriteIds(std::string_view from, std::string_view to) {
  for (Journal& journal : journals_) {
    for (Segment& segment : journal.segments()) {
      for (QueuedEvent& queued : segment.events) {
        Text& text = queued.event.text;
        const std::size_t before = text.size();
        if (from.empty())
          text = unrecognised(text, queued.event.kind);
        else if (const auto at = text.find(from); at != Text::npos)
          std::copy_n(to.begin(), from.size(), text.begin() + static_cast<std::ptrdiff_t>(at));
        segment.bytes += text.size() - before;
        bytes_ += text.size() - before;
        if (queued.request == 0) waiting_[queued.lane].bytes += text.size() - before;
      }
      segment.markChanged();
    }
  }
}

std::size_t Outbox::remove(std::uint32_t request) { return eraseIf(isOf, request, size_, Departure::kDelivered); }

std::size_t Outbox::drop(std::uint32_t request, DropReason reason) { return dropIf(isOf, request, size_, reason); }

std::size_t Outbox::dropAll(DropReason reason) { return dropIf(isAny, 0, size_, reason); }

List<Event> Outbox::inFlight(std::uint32_t request) {
  List<Event> events;
  for (const Journal& journal : journals_) {
    for (const Segment& segment : journal.segments()) {
      for (const QueuedEvent& queued : segment.events) {
        if (queued.request == request) events.push_back(queued.event);
      }
    }
  }
  return events;
}

void Outbox::putBack(const List<Event>& events, std::uint32_t request) {
  for (const Event& event : events) {
    ++size_;
    bytes_ += event.text.size() + 1;
    QueuedEvent queued{event, nextOrdinal_++, request, lifetimes_.endOfNew(event)};
    queued.lane = lanes_.of[static_cast<int>(event.kind)];
    own().append(std::move(queued));
  }
}

void Outbox::release(std::uint32_t request, Waits how) {
  for (Journal& journal : journals_) {
    for (Segment& segment : journal.segments()) {
      for (QueuedEvent& queued : segment.events) {
        if (queued.request != request) continue;
        queued.request = 0;
        queued.isBehind = how == Waits::kBehind;
        if (how == Waits::kInOwnLane) queued.lane = kOwnLane;
        countWaiting(queued, 1);
      }
    }
  }
}

const Journal* Outbox::find(std::string_view journalId) const {
  return std::find_if(journals_.begin(), journals_.end(),
                      [&](const Journal& journal) { return journal.id() == journalId; });
}

TimeMs Outbox::oldestAtMs() const {
  TimeMs oldest = kNever;
  for (const Journal& journal : journals_) {
    if (!journal.isEmpty()) oldest = smaller(oldest, journal.segments().front().events.front().event.atMs);
  }
  return oldest;
}

}  // namespace vitrine
