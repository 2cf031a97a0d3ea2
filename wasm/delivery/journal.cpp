#include "delivery/journal.h"

#include <algorithm>

#include "base/number.h"

namespace vitrine {
namespace {

// Removes what storage and its copy hold of a segment.
void removeKeys(Segment& segment, const std::string& key, Effects& effects, Keys& removing) {
  if (segment.isStored) effects.forget(key);
  if (segment.hasMirror) {
    effects.unmirror(key);
    removing.push_back(key);
  }
  segment.isSaved = segment.isStored = segment.isMirrored = segment.hasMirror = false;
  segment.storedBytes = 0;
}

std::string encode(const Segment& segment) {
  std::string out;
  out.reserve(segment.bytes + sizeof kSegmentEnd);
  for (const QueuedEvent& queued : segment.events) {
    if (!out.empty()) out += '\n';
    out += queued.event.text;
  }
  if (segment.isReduced) (out += '\n') += kSegmentEnd;
  return out;
}

}  // namespace

std::string Journal::key(int number) const {
  std::string out = kJournalPrefix + id_ + ":";
  appendInteger(out, static_cast<std::uint64_t>(number));
  return out;
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
  open.isSaved = false;
  open.isMirrored = false;
}

int Journal::load(int number, std::string_view stored, std::uint64_t& nextOrdinal) {
  auto place = std::find_if(segments_.begin(), segments_.end(), [&](const Segment& s) { return s.number >= number; });
  if (place == segments_.end() || place->number != number) {
    place = segments_.emplace(place);
    place->number = number;
  }
  Segment& segment = *place;
  const bool isKnown = !segment.events.empty();
  segment.isClosed = true;
  segment.storedBytes = std::max(segment.storedBytes, stored.size());
  segment.isStored = segment.hasMirror = true;  // which of the two held it is not told; both are cleaned
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
      segment.bytes += line.size() + 1;
      // Two copies may come one below the other; ids, which begin the texts, sort by creation.
      auto after = segment.events.end();
      while (after != segment.events.begin() && (after - 1)->event.text > queued.event.text) --after;
      segment.events.insert(after, std::move(queued));
    } else {
      ++unreadable;
    }
  }
  segment.isSaved = unreadable == 0 && (!isKnown || segment.isSaved);
  return unreadable;
}

void Journal::close() {
  if (!segments_.empty()) segments_.back().isClosed = true;
}

void Journal::tidy(Effects& effects) {
  for (Segment& segment : emptied_) {
    if (segment.isStored) effects.forget(key(segment.number));
    segment.isStored = false;
  }
  std::erase_if(emptied_, [](const Segment& segment) { return !segment.hasMirror; });
}

void Journal::removeEmptied(Effects& effects, Keys& removing) {
  for (Segment& segment : emptied_) removeKeys(segment, key(segment.number), effects, removing);
  emptied_.clear();
}

void Journal::save(Effects& effects, bool onlyShorter) {
  // What changed is nearly always at one of the two ends, but looking at a flag per segment costs less than keeping a
  // list.
  for (Segment& segment : segments_) {
    const bool isShorter = segment.bytes < segment.storedBytes;
    if (segment.isSaved || (onlyShorter && !isShorter)) continue;
    effects.save(key(segment.number), encode(segment));
    segment.isSaved = segment.isStored = true;
    segment.priorBytes = isShorter ? 0 : segment.storedBytes;  // which refuses even that is not asked so soon again
    segment.storedBytes = segment.bytes;
  }
}

bool Journal::isSaved() const {
  return std::all_of(segments_.begin(), segments_.end(), [](const Segment& segment) { return segment.isSaved; });
}

bool Journal::isMirrored() const {
  return emptied_.empty() &&
         std::all_of(segments_.begin(), segments_.end(), [](const Segment& segment) { return segment.isMirrored; });
}

void Journal::mirror(Effects& effects, Keys& removing) {
  removeEmptied(effects, removing);
  for (Segment& segment : segments_) {
    if (segment.isMirrored) continue;
    effects.mirror(key(segment.number), encode(segment));
    segment.isMirrored = segment.hasMirror = true;
  }
}

void Journal::withdraw(Effects& effects, Keys& removing, bool onlyStale) {
  removeEmptied(effects, removing);
  for (Segment& segment : segments_) {
    const bool isStale = (segment.isStored && !segment.isSaved) || (segment.hasMirror && !segment.isMirrored);
    if (isStale || !onlyStale) removeKeys(segment, key(segment.number), effects, removing);
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
    if (number >= 0 && segment.number != number) continue;
    segment.isSaved = false;
    segment.storedBytes = segment.priorBytes;
  }
}

bool isJournalId(std::string_view text) {
  return !text.empty() && text.size() <= 32 &&
         text.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz") == std::string_view::npos;
}

bool readSegmentName(std::string_view name, std::string_view& journalId, int& number) {
  constexpr std::string_view kPrefix = kJournalPrefix;
  if (name.substr(0, kPrefix.size()) == kPrefix) name.remove_prefix(kPrefix.size());
  const std::size_t colon = name.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || name.size() - colon > 8 || colon + 1 == name.size())
    return false;
  journalId = name.substr(0, colon);
  if (!isJournalId(journalId)) return false;
  if (name[colon + 1] == '0' && colon + 2 < name.size()) return false;  // not as we write it: no key() leads back to it
  number = 0;
  for (const char c : name.substr(colon + 1)) {
    if (c < '0' || c > '9') return false;
    number = number * 10 + (c - '0');
  }
  return true;
}

}  // namespace vitrine
