#include "delivery/journal.h"

#include <algorithm>

namespace vitrine {
namespace {

void makeStale(Held& held) {
  if (held == Held::kSame) held = Held::kStale;
}

// Removes what storage and the mirror hold of a segment.
void removeKeys(Segment& segment, const Text& key, Effects& effects, Keys& removing) {
  if (segment.inStorage != Held::kNone) effects.forget(key);
  if (segment.inMirror != Held::kNone) {
    effects.unmirror(key);
    removing.push_back(key);
  }
  segment.inStorage = segment.inMirror = Held::kNone;
  segment.storedBytes = 0;
  for (QueuedEvent& queued : segment.events) queued.kept = Kept::kNo;
}

Text encode(const Segment& segment) {
  Text out;
  out.reserve(segment.bytes + sizeof kSegmentEnd);
  for (const QueuedEvent& queued : segment.events) {
    if (!out.empty()) out += '\n';
    out += queued.event.text;
  }
  if (segment.isReduced) (out += '\n') += kSegmentEnd;
  return out;
}

}  // namespace

void Segment::markChanged() {
  makeStale(inStorage);
  makeStale(inMirror);
}

void Segment::markMissing() {
  makeStale(inStorage);
  storedBytes = 0;
  for (QueuedEvent& queued : events) queued.kept = Kept::kNo;
}

void Journal::append(QueuedEvent queued) {
  const std::size_t bytes = queued.event.text.size() + 1;
  const bool fits = !segments_.empty() && !segments_.back().isClosed &&
                    segments_.back().events.size() < kSegmentEvents && segments_.back().bytes + bytes <= kSegmentBytes;
  if (!fits) {
    segments_.emplace_back().number = nextNumber_++;
    segments_.back().events.reserve(kSegmentEvents);
  }
  Segment& open = segments_.back();
  open.events.push_back(std::move(queued));
  open.bytes += bytes;
  open.markChanged();
}

int Journal::load(int number, std::string_view stored, std::uint64_t& nextOrdinal) {
  auto place = std::find_if(segments_.begin(), segments_.end(), [&](const Segment& s) { return s.number >= number; });
  if (place == segments_.end() || place->number != number) {
    place = segments_.insert(place, Segment());
    place->number = number;
  }
  Segment& segment = *place;
  const bool wasSaved = segment.events.empty() || segment.inStorage == Held::kSame;
  segment.isClosed = true;
  segment.storedBytes = std::max(segment.storedBytes, stored.size());
  // The caller does not know which of the two held the text, so both count as holding something to be removed later.
  if (segment.inMirror == Held::kNone) segment.inMirror = Held::kStale;
  nextNumber_ = std::max(nextNumber_, number + 1);
  int unreadable = 0;
  for (std::size_t start = 0; start < stored.size();) {
    const std::size_t end = std::min(stored.find('\n', start), stored.size());
    const std::string_view line = stored.substr(start, end - start);
    start = end + 1;
    if (line == kSegmentEnd) {
      segment.isReduced = true;
      break;
    }
    QueuedEvent queued;
    if (std::any_of(segment.events.begin(), segment.events.end(),
                    [&](const QueuedEvent& q) { return q.event.text == line; }))
      continue;
    if (readEvent(line, queued.event)) {
      queued.ordinal = nextOrdinal++;
      queued.kept = Kept::kYes;
      segment.bytes += line.size() + 1;
      // The texts of storage and mirror come one below the other, so events are sorted in. A text begins with the
      // event's id, and ids sort by creation.
      auto after = segment.events.end();
      while (after != segment.events.begin() && (after - 1)->event.text > queued.event.text) --after;
      segment.events.insert(after, std::move(queued));
    } else {
      ++unreadable;
    }
  }
  segment.inStorage = unreadable == 0 && wasSaved ? Held::kSame : Held::kStale;
  return unreadable;
}

void Journal::close() {
  if (!segments_.empty()) segments_.back().isClosed = true;
}

void Journal::tidy(Effects& effects) {
  for (Segment& segment : emptied_) {
    if (segment.inStorage != Held::kNone) effects.forget(key(segment.number));
    segment.inStorage = Held::kNone;
  }
  emptied_.eraseIf([](const Segment& segment) { return segment.inMirror == Held::kNone; });
}

void Journal::removeEmptied(Effects& effects, Keys& removing) {
  for (Segment& segment : emptied_) removeKeys(segment, key(segment.number), effects, removing);
  emptied_.clear();
}

void Journal::write(Segment& segment, Effects& effects) {
  effects.save(key(segment.number), encode(segment));
  segment.inStorage = Held::kSame;
  // Storage refuses a write before the next drain, so the writes of earlier drains were accepted.
  const bool isFirst = segment.writtenIn != effects.drains();
  segment.writtenIn = effects.drains();
  for (QueuedEvent& queued : segment.events) {
    if (queued.kept == Kept::kNo)
      queued.kept = Kept::kWritten;
    else if (isFirst)
      queued.kept = Kept::kYes;
  }
  // If storage refuses even a shorter value, the write is not repeated at once: nothing is shorter than 0 bytes.
  segment.priorBytes = segment.bytes < segment.storedBytes ? 0 : segment.storedBytes;
  segment.storedBytes = segment.bytes;
}

void Journal::save(Effects& effects) {
  // Changes are nearly always at one of the two ends, but looking at every segment costs less than keeping a list.
  for (Segment& segment : segments_) {
    if (segment.inStorage != Held::kSame) write(segment, effects);
  }
}

void Journal::saveShorter(Effects& effects) {
  for (Segment& segment : segments_) {
    if (segment.inStorage != Held::kSame && segment.bytes < segment.storedBytes) write(segment, effects);
  }
}

bool Journal::isSaved() const {
  return std::all_of(segments_.begin(), segments_.end(),
                     [](const Segment& segment) { return segment.inStorage == Held::kSame; });
}

bool Journal::isMirrored() const {
  return emptied_.empty() && std::all_of(segments_.begin(), segments_.end(),
                                         [](const Segment& segment) { return segment.inMirror == Held::kSame; });
}

void Journal::mirror(Effects& effects, Keys& removing) {
  removeEmptied(effects, removing);
  for (Segment& segment : segments_) {
    if (segment.inMirror == Held::kSame) continue;
    effects.mirror(key(segment.number), encode(segment));
    segment.inMirror = Held::kSame;
  }
}

void Journal::withdraw(Effects& effects, Keys& removing) {
  removeEmptied(effects, removing);
  for (Segment& segment : segments_) removeKeys(segment, key(segment.number), effects, removing);
}

void Journal::withdrawStale(Effects& effects, Keys& removing) {
  removeEmptied(effects, removing);
  for (Segment& segment : segments_) {
    // A mirror that only lacks the latest events tells nothing twice.
    if (segment.inStorage == Held::kStale || (segment.inMirror == Held::kStale && segment.isReduced))
      removeKeys(segment, key(segment.number), effects, removing);
  }
}

void Journal::sweep() {
  for (auto it = segments_.begin(); it != segments_.end();) {
    if (!it->events.empty()) {
      ++it;
      continue;
    }
    emptied_.push_back(std::move(*it));
    it = segments_.erase(it);
  }
}

void Journal::markUnsaved(int number) {
  for (Segment& segment : segments_) {
    if (segment.number != number) continue;
    makeStale(segment.inStorage);
    segment.storedBytes = segment.priorBytes;
    for (QueuedEvent& queued : segment.events) {
      if (queued.kept == Kept::kWritten) queued.kept = Kept::kNo;
    }
  }
}

}  // namespace vitrine
