// One page's journal: its undelivered events, in order, in small numbered segments of localStorage. Private to this
// folder; others use queue.h.
//
// A segment is one storage key (segment_key.h). Its value is the events' JSON texts joined by newlines. Adding an event
// rewrites the open segment only, so the cost of a save does not depend on how much is queued. A journal belongs to the
// page that holds its lock; a page that ends leaves its journal behind, and another page adopts it under that lock, in
// place.
//
// Either storage or the mirror may be the newer one. The mirror is newer if the browser was killed before it had
// written localStorage to disk. Storage is newer if the page was left before the mirror could follow (WebKit drops an
// IndexedDB write that begins while a page is left). Both are therefore read. A segment that has lost an event never
// gains another one: from then on its text ends with the line kSegmentEnd, and nothing is taken from an older text that
// still holds the lost event.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/effects.h"
#include "base/list.h"
#include "base/text.h"
#include "delivery/segment_key.h"
#include "model/event.h"

namespace vitrine {

// The last line of a segment that has lost events. It is the whole text of a segment that has lost all of them while
// the mirror may not know yet.
constexpr char kSegmentEnd[] = ".";

// A segment is closed at this size. Adding the k-th event writes k events, so with 8 events of some 330 bytes an event
// costs 1.5 kB of writing on average. Larger segments would cost more, smaller ones need more keys.
constexpr std::size_t kSegmentEvents = 8;
constexpr std::size_t kSegmentBytes = 3072;

// Whether storage holds an event, under the key of its segment.
enum class Kept : std::uint8_t {
  kNo,
  kWritten,  // the last write of the segment added the event; storage may still refuse that write
  kYes,
};

struct QueuedEvent {
  Event event;
  std::uint64_t ordinal = 0;  // order of acceptance by this runtime, over all its journals
  std::uint32_t request = 0;  // the request in which the event is in flight; 0 while it waits
  TimeMs expiresMs = 0;       // steady time (lifetimes.h) from which the event is too old to be sent
  std::int8_t lane = 0;       // lane.h
  bool isBehind = false;      // the other events of the lane go first, because this one failed a burst of tries alone
  Kept kept = Kept::kNo;
};

// How the text under a segment's key, in storage or in the mirror, compares with memory.
enum class Held : std::uint8_t {
  kNone,   // there is no such key
  kStale,  // there is or may be one, with another text
  kSame,
};

struct Segment {
  int number = 0;
  List<QueuedEvent> events;
  std::size_t bytes = 0;
  bool isClosed = false;   // no event joins it any more
  bool isReduced = false;  // events were removed from the segment
  Held inStorage = Held::kNone;
  Held inMirror = Held::kNone;
  std::size_t storedBytes = 0;  // size of the text in storage; 0 if it is not known
  std::size_t priorBytes = 0;   // size of the text before the last write: storage still holds that if it refuses
  std::uint32_t writtenIn = 0;  // the drain of the last write (Effects::drains)

  // The events have changed: storage and mirror are behind.
  void markChanged();
  // Storage turned out to hold none of the events; the mirror may.
  void markMissing();
};

using Keys = List<Text>;

class Journal {
 public:
  explicit Journal(Text id) : id_(std::move(id)) {}

  const Text& id() const { return id_; }
  // Must only be called while nothing of this journal is stored.
  void rename(Text id) { id_ = std::move(id); }
  bool isEmpty() const { return segments_.empty(); }
  List<Segment>& segments() { return segments_; }
  const List<Segment>& segments() const { return segments_; }

  void append(QueuedEvent queued);

  // Adds the events of segment `number`. stored: the text in storage, followed by the text in the mirror. Segments may
  // come in any order. Nothing below kSegmentEnd is read, and an event that is here already (by its text) is not added
  // again. Returns the number of lines that are no events; they are left out.
  int load(int number, std::string_view stored, std::uint64_t& nextOrdinal);

  // Closes the open segment.
  void close();

  // Emits the removal of the stored keys of emptied segments. Their mirrored keys go with the next mirror(), because
  // each drain that changes the mirror costs a transaction.
  void tidy(Effects& effects);
  // Emits the removal of the stored and the mirrored keys of emptied segments, for a journal whose lock is
  // about to be released. Here and below, the keys that the mirror is asked to remove are appended to `removing`.
  void removeEmptied(Effects& effects, Keys& removing);
  // Emits the writes after which storage holds the events in memory.
  void save(Effects& effects);
  // Emits only those writes that make a stored text shorter: a full storage accepts them too.
  void saveShorter(Effects& effects);
  bool isSaved() const;
  // Emits the writes and removals after which the mirror holds the events in memory.
  void mirror(Effects& effects, Keys& removing);
  bool isMirrored() const;
  // Removes every key of this journal from storage and mirror; memory keeps the events.
  void withdraw(Effects& effects, Keys& removing);
  // Removes the keys of those segments of which storage has another text, or the mirror an event that has left.
  void withdrawStale(Effects& effects, Keys& removing);

  // Takes the events that `isGone` selects out of a segment of this journal. Returns how many bytes they had.
  template <class IsGone>
  std::size_t erase(Segment& segment, IsGone isGone);
  // Forgets emptied segments; the next tidy() removes their keys.
  void sweep();

  // Storage refused the last write of segment `number`: the next save writes it again.
  void markUnsaved(int number);

  Text key(int number) const { return segmentKey(id_, number); }

 private:
  void write(Segment& segment, Effects& effects);

  Text id_;
  List<Segment> segments_;
  List<Segment> emptied_;  // segments without events that may still have keys
  int nextNumber_ = 0;
};

template <class IsGone>
std::size_t Journal::erase(Segment& segment, IsGone isGone) {
  std::size_t bytes = 0;
  const auto removed = segment.events.eraseIf([&](const QueuedEvent& queued) {
    if (!isGone(queued)) return false;
    bytes += queued.event.text.size() + 1;
    return true;
  });
  if (removed == 0) return 0;
  segment.bytes -= bytes;
  segment.isClosed = segment.isReduced = true;
  segment.markChanged();
  return bytes;
}

}  // namespace vitrine
