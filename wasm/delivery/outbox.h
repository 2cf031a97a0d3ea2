// All undelivered events in the care of this page: its own journal and those it adopted. Decides which events are kept,
// in what order they are sent, and which are dropped when there are too many. Reports every event that leaves to
// Departures. The sender decides when events are sent and what a reply means. Private to this folder.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/list.h"
#include "base/text.h"
#include "delivery/delivery_options.h"
#include "delivery/departures.h"
#include "delivery/journal.h"
#include "delivery/lane.h"
#include "delivery/lifetimes.h"

namespace vitrine {

struct BatchLimits {
  std::size_t events;
  std::size_t bytes;
};

using Batch = List<std::string_view>;  // the texts of events, valid until the outbox changes

// How the events of a failed request wait.
enum class Waits {
  kAsBefore,   // at their old place
  kBehind,     // behind the other events of their lane
  kInOwnLane,  // for the collector of events.url, because the service does not take them
};

class Outbox {
 public:
  Outbox(const DeliveryOptions& options, Text ownJournalId, Departures& departures, LaneOfKind lanes)
      : options_(options), departures_(departures), lanes_(lanes), lifetimes_(options) {
    journals_.emplace_back(std::move(ownJournalId));
  }

  // Every input reports the wall time here first.
  void tick(TimeMs wallMs) { lifetimes_.tick(wallMs); }

  // Queues an event in the own journal. If the queue is too long then, drops the least valuable and oldest waiting
  // events and returns how many.
  std::size_t add(Event event);

  // Takes over a journal whose lock this page holds. segmentsJson: {"<number>": "<stored value>"}. For the own journal
  // or one that is adopted already, adds the events that are not here yet. An event that another journal of this page
  // holds is not added, and leaves the adopted journal. Returns as add() does.
  std::size_t adopt(std::string_view journalId, std::string_view segmentsJson);

  // Puts waiting events of a lane in flight in `request`, from the oldest on: at least one if there is one, no more
  // than the limits allow, and all of one visitor (without ids: of one page). Drops expired events on the way.
  Batch take(std::uint32_t request, int lane, BatchLimits limits);

  // The functions for the events of a request return how many events they were.
  std::size_t remove(std::uint32_t request);                          // they were delivered
  std::size_t drop(std::uint32_t request, DropReason reason);         // they are dropped
  void release(std::uint32_t request, Waits how = Waits::kAsBefore);  // they wait again
  std::size_t dropAll(DropReason reason);                             // every queued event, in flight or not
  // The events in flight in a request that is about to be removed; putBack() queues them as new ones, in flight again.
  List<Event> inFlight(std::uint32_t request);
  void putBack(const List<Event>& events, std::uint32_t request);

  // Takes out of every queued event what says whose it is (unrecognised(), event.h). Drops the events that say nothing
  // but who the shopper is, and returns how many.
  std::size_t stripIds();
  // Replaces the id `from` by `to`, which is as long, in every queued event. "" stands for all ids of the shopper.
  void rewriteIds(std::string_view from, std::string_view to);

  // Emits the removal of stored keys that are no longer needed; releases adopted journals that are empty.
  void tidy(Effects& effects);
  // Emits the writes that make storage hold the queue.
  void save(Effects& effects);
  // Emits only those that a full storage accepts too.
  void saveShorter(Effects& effects);
  bool isSaved() const;
  // Emits the writes and removals that make the mirror hold the queue.
  void mirror(Effects& effects);
  bool isMirrored() const;
  // The mirror has performed all changes.
  void mirrorDone() { removing_.clear(); }
  // Called when the page is left: pending removals in the mirror may never run, so storage records their keys.
  void recordRemovals(Effects& effects);
  // Takes everything out of storage and mirror and keeps it in memory, in the own journal; releases adopted journals.
  void withdraw(Effects& effects);
  // Takes those segments out of storage and mirror that have changed since they were written.
  void withdrawStale(Effects& effects);
  // Must only be called while nothing of the own journal is stored.
  void renameOwn(Text newJournalId) { own().rename(std::move(newJournalId)); }
  // Storage does not hold `key`, if that is a segment's.
  void markUnsaved(std::string_view key);
  // Storage holds exactly these segment names; the next save writes the missing ones again.
  void markMissing(const List<std::string_view>& names);

  // The page gives up its locks. All queued events are parked, because another page may adopt them from storage now. A
  // new own journal begins.
  void park(Text newJournalId, Effects& effects);
  // Parked events of this request turned out to be delivered. Takes the segments that hold nothing else out of storage,
  // unless another page has done so, and forgets the events that storage has never taken. Returns how many events that
  // were.
  std::size_t removeParked(std::uint32_t request, Effects& effects);
  // Ends park(): returns the parked events that storage has never taken, and forgets the others. Those belong to the
  // page that adopts them, also if storage holds them no more: that page has delivered them.
  List<QueuedEvent> takeUnkept();
  // Queues an event of takeUnkept() again. `request`: it is still in flight in that request; 0: it waits.
  void requeue(QueuedEvent queued, std::uint32_t request);

  const Text& ownId() const { return own().id(); }
  bool owns(std::string_view journalId) const { return find(journalId) != journals_.end(); }
  // The lock of the own journal is needed: it holds an event, or the mirror is behind.
  bool needsOwnLock() const { return !own().isEmpty() || !own().isMirrored(); }

  std::size_t size() const { return size_; }
  std::size_t waiting(int lane) const { return waiting_[lane].events; }  // those not in flight
  std::size_t waitingBytes(int lane) const { return waiting_[lane].bytes; }
  // Returns the text of the event of this lane that take() would take first; "" if all are behind others.
  std::string_view oldest(int lane);
  int laneOf(EventKind kind) const { return lanes_.of[static_cast<int>(kind)]; }
  std::size_t bytes() const { return bytes_; }
  TimeMs oldestAtMs() const;  // wall time of the oldest event's creation; kNever if the queue is empty
  std::uint64_t nextOrdinal() const { return nextOrdinal_; }

 private:
  Journal& own() { return journals_.back(); }
  const Journal& own() const { return journals_.back(); }
  // Returns the end of journals_ if this page holds no such journal.
  const Journal* find(std::string_view journalId) const;
  // Selects events by comparing them with one value. Not a template: five copies of the loop would weigh 1 kB.
  using Test = bool (*)(const QueuedEvent&, double value);
  // Removes and reports the first `atMost` events that isGone selects, from the oldest on; looks no further than it
  // must. Returns how many.
  std::size_t eraseIf(Test isGone, double value, std::size_t atMost, Departure how);
  std::size_t dropIf(Test isGone, double value, std::size_t atMost, DropReason reason);
  void countIn(const QueuedEvent& queued);
  // An event begins to wait (`more` is 1) or waits no longer (-1).
  void countWaiting(const QueuedEvent& queued, int more);
  bool isHereAlready(const QueuedEvent& added);
  Batch gather(std::uint32_t request, int lane, BatchLimits limits);
  std::size_t trim();
  // next: the text of the oldest one of the other journals; "" if there is none.
  Journal* oldestWaiting(int lane, std::string_view& text, std::string_view& next);

  const DeliveryOptions& options_;
  Departures& departures_;
  const LaneOfKind lanes_;
  List<Journal> journals_;  // the adopted ones, and the own one at the end
  List<Journal> parked_;    // not counted below
  Keys removing_;           // keys whose removal from the mirror was requested and may be pending
  std::uint64_t nextOrdinal_ = 1;
  Lifetimes lifetimes_;
  TimeMs soonestMs_ = kNever;  // no event is too old before this steady time
  std::size_t size_ = 0;
  std::size_t bytes_ = 0;
  struct Waiting {
    std::size_t events, bytes;
  };
  Waiting waiting_[kMostLanes] = {};
  std::size_t waitingByKind_[kEventKinds] = {};
};

}  // namespace vitrine
