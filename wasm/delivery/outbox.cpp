#include "delivery/outbox.h"

#include <algorithm>
#include <cmath>

#include "base/json.h"

namespace vitrine {
namespace {

// A full queue gives up this part of itself at once, not one event for each that comes, for which the oldest segment
// would be written anew every time. Of 1000 events it is 8, a segment; a queue of less than 128 gives up one by one.
constexpr double kTrimShare = 1.0 / 128;

constexpr std::size_t kMostRemoving = 32;

const QueuedEvent* firstWaiting(const Journal& journal) {
  for (const Segment& segment : journal.segments()) {
    for (const QueuedEvent& queued : segment.events) {
      if (queued.request == 0) return &queued;
    }
  }
  return nullptr;
}

}  // namespace

template <class Visit>
void Outbox::eachJournal(Visit visit) {
  for (Journal& journal : adopted_) visit(journal);
  visit(own_);
}

Ordinals Outbox::eraseIf(Test isGone, double value, std::size_t atMost) {
  Ordinals gone;
  const auto isNext = [&](const QueuedEvent& queued) {
    if (gone.size() == atMost || !isGone(queued, value)) return false;
    gone.push_back(queued.ordinal);
    if (queued.request == 0) {
      --waiting_;
      --waitingByKind_[static_cast<int>(queued.event.kind)];
    }
    return true;
  };
  eachJournal([&](Journal& journal) {
    if (gone.size() == atMost) return;
    for (Segment& segment : journal.segments()) {
      bytes_ -= journal.erase(segment, isNext);
      if (gone.size() == atMost) break;
    }
    journal.sweep();
  });
  size_ -= gone.size();
  return gone;
}

void Outbox::countIn(const Event& event) {
  ++size_;
  ++waiting_;
  ++waitingByKind_[static_cast<int>(event.kind)];
  bytes_ += event.text.size() + 1;
}

Ordinals Outbox::add(Event event) {
  countIn(event);
  own_.append({std::move(event), nextOrdinal_++});
  return trim();
}

Ordinals Outbox::trim() {
  Ordinals gone;
  const auto exceeds = [this](double share) {
    return static_cast<double>(size_) > std::ceil(options_.maxQueueSize * share) ||
           static_cast<double>(bytes_) > options_.maxQueueBytes * share;
  };
  if (!exceeds(1)) return gone;
  while (exceeds(1 - kTrimShare)) {
    int kind = 0;
    while (kind < kEventKinds && waitingByKind_[kind] == 0) ++kind;
    if (kind == kEventKinds) break;  // all that is left is in flight
    const auto isLeast = [](const QueuedEvent& q, double least) {
      return q.request == 0 && static_cast<int>(q.event.kind) == static_cast<int>(least);
    };
    const Ordinals one = eraseIf(isLeast, kind, 1);
    gone.insert(gone.end(), one.begin(), one.end());
  }
  countDropped(DropReason::kQueueFull, gone.size());
  return gone;
}

Ordinals Outbox::adopt(std::string_view journalId, std::string_view segmentsJson) {
  Journal* journal = journalId == own_.id() ? &own_ : nullptr;
  for (Journal& known : adopted_) {
    if (known.id() == journalId) journal = &known;
  }
  if (!journal) journal = &adopted_.emplace_back(std::string(journalId));
  const Json segments = parseJson(segmentsJson);
  if (!segments.isObject()) return {};
  const std::uint64_t firstNew = nextOrdinal_;
  for (const Json& segment : segments.children) {
    std::string_view id;
    int number = 0;
    if (!segment.isString() || !readSegmentName(journal->id() + ":" + segment.name, id, number)) continue;
    const int unreadable = journal->load(number, segment.text, nextOrdinal_);
    countDropped(DropReason::kUnreadable, static_cast<std::size_t>(unreadable));
  }
  for (const Segment& segment : journal->segments()) {
    for (const QueuedEvent& queued : segment.events) {
      if (queued.ordinal < firstNew) continue;
      countIn(queued.event);
    }
  }
  journal->sweep();  // a segment of nothing readable leaves storage too
  return trim();
}

Journal* Outbox::oldestWaiting() {
  Journal* oldest = nullptr;
  std::string_view oldestText;
  eachJournal([&](Journal& journal) {
    const QueuedEvent* first = firstWaiting(journal);
    // The text begins with the event's id, and ids sort by creation, also where the clock of the page stood or went
    // back.
    if (!first || (oldest && std::string_view(first->event.text) >= oldestText)) return;
    oldest = &journal;
    oldestText = first->event.text;
  });
  return oldest;
}

std::vector<std::string_view> Outbox::take(std::uint32_t request, const Lanes& lanes, std::size_t maxEvents,
                                           std::size_t maxBytes, TimeMs wallMs, Ordinals& expired, int& lane) {
  if (oldestAtMs() + options_.maxAgeMs < wallMs) {
    const auto isOld = [](const QueuedEvent& q, double oldestMs) { return q.request == 0 && q.event.atMs < oldestMs; };
    expired = eraseIf(isOld, wallMs - options_.maxAgeMs, size_);
    countDropped(DropReason::kExpired, expired.size());
  }
  std::vector<std::string_view> texts;
  std::size_t bytes = 0;
  while (Journal* journal = oldestWaiting()) {
    journal->close();  // what travels is not rewritten, so that its delivery forgets whole segments
    for (Segment& segment : journal->segments()) {
      for (QueuedEvent& queued : segment.events) {
        if (queued.request != 0) continue;
        const std::size_t more = queued.event.text.size() + 1;
        const auto kind = static_cast<std::size_t>(queued.event.kind);
        if (texts.empty()) {
          lane = lanes.lane[kind];
          maxEvents = std::min(maxEvents, lanes.size[kind]);
        } else if (texts.size() == maxEvents || bytes + more > maxBytes || lanes.lane[kind] != lane) {
          travels_.push_back({request, texts.size()});
          return texts;
        }
        queued.request = request;
        --waiting_;
        --waitingByKind_[static_cast<int>(queued.event.kind)];
        bytes += more;
        texts.push_back(queued.event.text);
      }
    }
  }
  if (!texts.empty()) travels_.push_back({request, texts.size()});
  return texts;
}

Ordinals Outbox::stripIds() {
  Ordinals gone = eraseIf([](const QueuedEvent& q, double) { return q.event.kind == EventKind::kIdentify; }, 0, size_);
  countDropped(DropReason::kConsent, gone.size());
  eachJournal([&](Journal& journal) {
    for (Segment& segment : journal.segments()) {
      for (QueuedEvent& queued : segment.events) {
        std::string text = withoutIds(queued.event.text);
        const std::size_t less = queued.event.text.size() - text.size();
        segment.bytes -= less;
        bytes_ -= less;
        queued.event.text = std::move(text);
      }
      segment.markChanged();
    }
  });
  return gone;
}

// How many events travelled in this request; it does so no longer.
std::size_t Outbox::endTravel(std::uint32_t request) {
  const auto found =
      std::find_if(travels_.begin(), travels_.end(), [&](const Travel& t) { return t.request == request; });
  if (found == travels_.end()) return 0;
  const std::size_t events = found->events;
  travels_.erase(found);
  return events;
}

Ordinals Outbox::remove(std::uint32_t request) {
  return eraseIf([](const QueuedEvent& q, double number) { return q.request == number; }, request, endTravel(request));
}

Ordinals Outbox::drop(std::uint32_t request, DropReason reason) {
  Ordinals gone = remove(request);
  countDropped(reason, gone.size());
  return gone;
}

Ordinals Outbox::dropAll(DropReason reason) {
  Ordinals gone = eraseIf([](const QueuedEvent&, double) { return true; }, 0, size_);
  countDropped(reason, gone.size());
  return gone;
}

std::vector<Event> Outbox::travelling(std::uint32_t request) {
  std::vector<Event> events;
  eachJournal([&](Journal& journal) {
    for (const Segment& segment : journal.segments()) {
      for (const QueuedEvent& queued : segment.events) {
        if (queued.request == request) events.push_back(queued.event);
      }
    }
  });
  return events;
}

void Outbox::putBack(std::vector<Event> events, std::uint32_t request) {
  travels_.push_back({request, events.size()});
  for (Event& event : events) {
    ++size_;
    bytes_ += event.text.size() + 1;
    own_.append({std::move(event), nextOrdinal_++, request});
  }
}

void Outbox::release(std::uint32_t request) {
  std::size_t left = endTravel(request);
  eachJournal([&](Journal& journal) {
    for (Segment& segment : journal.segments()) {
      if (left == 0) return;
      for (QueuedEvent& queued : segment.events) {
        if (queued.request != request) continue;
        queued.request = 0;
        --left;
        ++waiting_;
        ++waitingByKind_[static_cast<int>(queued.event.kind)];
      }
    }
  });
}

void Outbox::tidy(Effects& effects) {
  eachJournal([&](Journal& journal) { journal.tidy(effects); });
  std::erase_if(adopted_, [&](Journal& journal) {
    if (!journal.isEmpty()) return false;
    journal.removeEmptied(effects, removing_);  // while it is ours
    effects.release(journal.id());
    return true;
  });
}

void Outbox::save(Effects& effects, bool onlyShorter) {
  eachJournal([&](Journal& journal) { onlyShorter ? journal.saveShorter(effects) : journal.save(effects); });
}

void Outbox::withdrawStale(Effects& effects) {
  eachJournal([&](Journal& journal) { journal.withdrawStale(effects, removing_); });
}

bool Outbox::isSaved() const {
  return own_.isSaved() &&
         std::all_of(adopted_.begin(), adopted_.end(), [](const Journal& journal) { return journal.isSaved(); });
}

bool Outbox::isMirrored() const {
  return own_.isMirrored() &&
         std::all_of(adopted_.begin(), adopted_.end(), [](const Journal& journal) { return journal.isMirrored(); });
}

void Outbox::mirror(Effects& effects) {
  eachJournal([&](Journal& journal) { journal.mirror(effects, removing_); });
  // One that never answers is not waited for with more and more.
  if (removing_.size() > kMostRemoving)
    removing_.erase(removing_.begin(), removing_.end() - static_cast<std::ptrdiff_t>(kMostRemoving));
}

void Outbox::noteRemoving(Effects& effects) {
  for (const std::string& key : removing_) effects.save(key, kSegmentEnd);
  removing_.clear();
}

void Outbox::withdraw(Effects& effects) {
  eachJournal([&](Journal& journal) { journal.withdraw(effects, removing_); });
  for (Journal& journal : adopted_) {
    effects.release(journal.id());
    for (Segment& segment : journal.segments()) {
      for (QueuedEvent& queued : segment.events) own_.append(std::move(queued));
    }
  }
  adopted_.clear();
}

void Outbox::markUnsaved(std::string_view key) {
  std::string_view id;
  int number = 0;
  if (!readSegmentName(key, id, number)) return;
  const auto mark = [&](Journal& journal) {
    if (journal.id() == id) journal.markUnsaved(number);
  };
  eachJournal(mark);
  for (Journal& journal : parked_) mark(journal);
}

void Outbox::markMissing(const std::vector<std::string_view>& names) {
  eachJournal([&](Journal& journal) {
    for (Segment& segment : journal.segments()) {
      const std::string key = journal.key(segment.number);
      const std::string_view name = std::string_view(key).substr(sizeof kJournalPrefix - 1);
      if (std::find(names.begin(), names.end(), name) != names.end()) continue;
      segment.markUnsaved();
      segment.storedBytes = 0;
    }
  });
}

Ordinals Outbox::leave(std::string newJournalId, Effects& effects) {
  Ordinals left;
  eachJournal([&](Journal& journal) {
    journal.removeEmptied(effects, removing_);
    effects.release(journal.id());
    if (journal.isEmpty()) return;
    for (Segment& segment : journal.segments()) {
      for (const QueuedEvent& queued : segment.events) left.push_back(queued.ordinal);
    }
    parked_.push_back(std::move(journal));
  });
  adopted_.clear();
  travels_.clear();
  own_ = Journal(std::move(newJournalId));
  size_ = waiting_ = bytes_ = 0;
  for (std::size_t& count : waitingByKind_) count = 0;
  return left;
}

std::size_t Outbox::removeLeft(std::uint32_t request, Effects& effects) {
  std::size_t removed = 0;
  const auto isOfIt = [request](const QueuedEvent& queued) { return queued.request == request; };
  for (Journal& journal : parked_) {
    for (Segment& segment : journal.segments()) {
      // What is left of another segment is not rewritten: it may be somebody else's by now.
      if (!std::all_of(segment.events.begin(), segment.events.end(), isOfIt)) continue;
      removed += segment.events.size();
      journal.erase(segment, isOfIt);
    }
    journal.sweep();
    journal.removeEmptied(effects, removing_);
  }
  return removed;
}

Ordinals Outbox::rejoin() {
  for (Journal& journal : parked_) {
    for (Segment& segment : journal.segments()) {
      if (segment.inStorage == Held::kSame) continue;
      for (QueuedEvent& queued : segment.events) {
        queued.request = 0;
        countIn(queued.event);
        own_.append(std::move(queued));
      }
    }
  }
  parked_.clear();
  return trim();
}

bool Outbox::owns(std::string_view journalId) const {
  return journalId == own_.id() || std::any_of(adopted_.begin(), adopted_.end(),
                                               [&](const Journal& journal) { return journal.id() == journalId; });
}

TimeMs Outbox::oldestAtMs() const {
  TimeMs oldest = kNever;
  const auto look = [&](const Journal& journal) {
    if (!journal.isEmpty()) oldest = std::min(oldest, journal.segments().front().events.front().event.atMs);
  };
  for (const Journal& journal : adopted_) look(journal);
  look(own_);
  return oldest;
}

}  // namespace vitrine
