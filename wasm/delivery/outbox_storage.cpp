// The part of the outbox that keeps storage and mirror up to date.
#include <algorithm>

#include "delivery/outbox.h"

namespace vitrine {
namespace {

// The mirror may never report that it is done, so no more removals than these are remembered.
constexpr std::size_t kMostRemoving = 32;

}  // namespace

void Outbox::tidy(Effects& effects) {
  for (Journal& journal : journals_) journal.tidy(effects);
  journals_.eraseIf([&](Journal& journal) {
    if (!journal.isEmpty() || &journal == &own()) return false;
    journal.removeEmptied(effects, removing_);  // while this page still holds its lock
    effects.release(journal.id());
    return true;
  });
}

void Outbox::save(Effects& effects) {
  for (Journal& journal : journals_) journal.save(effects);
}

void Outbox::saveShorter(Effects& effects) {
  for (Journal& journal : journals_) journal.saveShorter(effects);
}

void Outbox::withdrawStale(Effects& effects) {
  for (Journal& journal : journals_) journal.withdrawStale(effects, removing_);
}

bool Outbox::isSaved() const {
  return std::all_of(journals_.begin(), journals_.end(), [](const Journal& journal) { return journal.isSaved(); });
}

bool Outbox::isMirrored() const {
  return std::all_of(journals_.begin(), journals_.end(), [](const Journal& journal) { return journal.isMirrored(); });
}

void Outbox::mirror(Effects& effects) {
  for (Journal& journal : journals_) journal.mirror(effects, removing_);
  if (removing_.size() > kMostRemoving)
    removing_.erase(removing_.begin(), removing_.end() - static_cast<std::ptrdiff_t>(kMostRemoving));
}

void Outbox::recordRemovals(Effects& effects) {
  for (const Text& key : removing_) effects.save(key, kSegmentEnd);
  removing_.clear();
}

void Outbox::withdraw(Effects& effects) {
  for (Journal& journal : journals_) journal.withdraw(effects, removing_);
  for (Journal& journal : journals_) {
    if (&journal == &own()) break;
    effects.release(journal.id());
    for (Segment& segment : journal.segments()) {
      for (QueuedEvent& queued : segment.events) own().append(std::move(queued));
    }
  }
  journals_.erase(journals_.begin(), &own());
}

void Outbox::markUnsaved(std::string_view key) {
  std::string_view id;
  int number = 0;
  if (!readSegmentName(key, id, number)) return;
  const auto mark = [&](Journal& journal) {
    if (journal.id() == id) journal.markUnsaved(number);
  };
  for (Journal& journal : journals_) mark(journal);
  for (Journal& journal : parked_) mark(journal);
}

void Outbox::markMissing(const List<std::string_view>& names) {
  for (Journal& journal : journals_) {
    for (Segment& segment : journal.segments()) {
      const Text key = journal.key(segment.number);
      const std::string_view name = std::string_view(key).substr(sizeof kJournalPrefix - 1);
      if (std::find(names.begin(), names.end(), name) != names.end()) continue;
      segment.markMissing();
    }
  }
}

void Outbox::park(Text newJournalId, Effects& effects) {
  for (Journal& journal : journals_) {
    journal.removeEmptied(effects, removing_);
    effects.release(journal.id());
    if (journal.isEmpty()) continue;
    for (const Segment& segment : journal.segments()) {
      for (const QueuedEvent& queued : segment.events) departures_.report(queued.ordinal, Departure::kUnsent);
    }
    parked_.push_back(std::move(journal));
  }
  journals_.clear();
  journals_.emplace_back(std::move(newJournalId));
  size_ = bytes_ = 0;
  for (std::size_t& count : waitingByKind_) count = 0;
  for (Waiting& waiting : waiting_) waiting = {};
}

std::size_t Outbox::removeParked(std::uint32_t request, Effects& effects) {
  std::size_t removed = 0;
  const auto isOfRequest = [request](const QueuedEvent& queued) { return queued.request == request; };
  for (Journal& journal : parked_) {
    for (Segment& segment : journal.segments()) {
      // A segment that holds other events too is not rewritten: another page may own it by now.
      const bool isWhole = std::all_of(segment.events.begin(), segment.events.end(), isOfRequest);
      const std::size_t before = segment.events.size();
      journal.erase(segment, [&](const QueuedEvent& queued) {
        return isOfRequest(queued) && (isWhole || queued.kept == Kept::kNo);
      });
      removed += before - segment.events.size();
    }
    journal.sweep();
    journal.removeEmptied(effects, removing_);
  }
  return removed;
}

List<QueuedEvent> Outbox::takeUnkept() {
  List<QueuedEvent> unkept;
  for (Journal& journal : parked_) {
    for (Segment& segment : journal.segments()) {
      for (QueuedEvent& queued : segment.events) {
        if (queued.kept == Kept::kNo) unkept.push_back(std::move(queued));
      }
    }
  }
  parked_.clear();
  return unkept;
}

void Outbox::requeue(QueuedEvent queued, std::uint32_t request) {
  queued.request = request;
  countIn(queued);
  if (request) countWaiting(queued, -1);
  own().append(std::move(queued));
  trim();
}

}  // namespace vitrine
