// One page's journal: its undelivered events, in order, in small numbered segments of localStorage.
//
// A segment is one key, `vitrine:1:j:<journal>:<number>`, its value the events' JSON texts joined by newlines. Adding
// an event rewrites the open segment only, so the cost of a save does not depend on how much is queued. A journal
// belongs to the page that holds its lock; a page that ends leaves its journal behind, and another page adopts it under
// that lock, in place.
//
// Either of storage and copy may be the newer: the copy, where a killed browser lost what storage had not yet written
// to disk; storage, where the page was left before the copy could follow (WebKit does nothing of an IndexedDB write
// that begins as a page is left). Both are read. But a segment that has lost an event gains none any more: from then on
// its text ends with a line that says so, and of a copy that still has more nothing is taken.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/effects.h"
#include "model/event.h"

namespace vitrine {

constexpr char kJournalPrefix[] = "vitrine:1:j:";

// The last line of a segment that has lost events; the whole text of one that has lost all, where the copy may not
// know.
constexpr char kSegmentEnd[] = ".";

// A segment is closed at this size. Adding the k-th event writes k events, so with 8 events of some 330 bytes an event
// costs 1.5 kB of writing on average; larger segments would cost more, smaller ones more keys.
constexpr std::size_t kSegmentEvents = 8;
constexpr std::size_t kSegmentBytes = 3072;

struct QueuedEvent {
  Event event;
  std::uint64_t ordinal = 0;  // order of acceptance by this runtime, over all its journals
  std::uint32_t request = 0;  // the request it travels in; 0 while it waits
};

struct Segment {
  int number = 0;
  std::vector<QueuedEvent> events;
  std::size_t bytes = 0;
  bool isClosed = false;
  bool isReduced = false;       // it has lost events
  std::size_t storedBytes = 0;  // of what storage holds under this key; 0 if that is not known
  std::size_t priorBytes = 0;   // of what it held before, and holds if it refuses
  bool isSaved = false;         // storage holds just this
  bool isStored = false;        // storage holds something under this key
  bool isMirrored = false;      // the crash-proof copy holds just this
  bool hasMirror = false;       // it holds something under this key
};

using Keys = std::vector<std::string>;

class Journal {
 public:
  explicit Journal(std::string id) : id_(std::move(id)) {}

  const std::string& id() const { return id_; }
  // Only while nothing of it is stored.
  void rename(std::string id) { id_ = std::move(id); }
  bool isEmpty() const { return segments_.empty(); }
  std::vector<Segment>& segments() { return segments_; }
  const std::vector<Segment>& segments() const { return segments_; }

  void append(QueuedEvent event);

  // Adds what storage holds of the segment `number`, and below it what the copy holds; segments may come in any order.
  // Nothing is read below kSegmentEnd. Lines that are no events are left out and counted in the answer. Events already
  // here (by their text) are not taken twice.
  int load(int number, std::string_view stored, std::uint64_t& nextOrdinal);

  // No event joins the open segment any more.
  void close();

  // Emits the removal of stored keys that nothing is left of; the copy's go with the next mirror(), since each drain
  // that changes the copy costs a transaction.
  void tidy(Effects& effects);
  // Emits the removal of both, for a journal that is given up. Here and below, `removing` gets the keys that the copy
  // is told to remove.
  void removeEmptied(Effects& effects, Keys& removing);
  // Emits the writes after which storage holds what memory holds. onlyShorter: those that a full storage takes too.
  void save(Effects& effects, bool onlyShorter = false);
  bool isSaved() const;
  // The same for the crash-proof copy, removals included.
  void mirror(Effects& effects, Keys& removing);
  bool isMirrored() const;
  // Removes every key of this journal from storage and the copy; memory keeps the events. onlyStale: of segments of
  // which either holds what has left since.
  void withdraw(Effects& effects, Keys& removing, bool onlyStale = false);

  // Takes out the events of a request, or those that `isGone` names; answers how many bytes they had.
  template <class IsGone>
  std::size_t erase(Segment& segment, IsGone isGone);
  // Forgets emptied segments; their keys are removed by the next tidy.
  void sweep();

  // Storage does not hold segment `number` (all of them if negative); the next save writes again.
  void markUnsaved(int number);

  std::string key(int number) const;

 private:
  std::string id_;
  std::vector<Segment> segments_;
  std::vector<Segment> emptied_;  // segments that held events once and may still have keys
  int nextNumber_ = 0;
};

template <class IsGone>
std::size_t Journal::erase(Segment& segment, IsGone isGone) {
  std::size_t bytes = 0;
  const auto removed = std::erase_if(segment.events, [&](const QueuedEvent& queued) {
    if (!isGone(queued)) return false;
    bytes += queued.event.text.size() + 1;
    return true;
  });
  if (removed == 0) return 0;
  segment.bytes -= bytes;
  segment.isClosed = segment.isReduced = true;
  segment.isSaved = false;
  segment.isMirrored = false;
  return bytes;
}

// Whether a text from storage can be the id of a journal.
bool isJournalId(std::string_view text);

// Splits a storage key into journal id and segment number; false if it is not the key of a segment.
bool readSegmentName(std::string_view name, std::string_view& journalId, int& number);

}  // namespace vitrine
