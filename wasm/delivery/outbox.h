// All undelivered events this page answers for: its own journal and those it adopted. What is kept, in what order it
// goes out, and what is given up when there is too much. When to send, and what an answer means, is delivery's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "delivery/delivery_options.h"
#include "delivery/journal.h"

namespace vitrine {

// Why events were given up; each is counted under its name.
enum class DropReason {
  kQueueFull,    // more than maxQueueSize or maxQueueBytes
  kExpired,      // older than maxAge
  kRejected,     // the endpoint would not have this one event
  kRefused,      // the endpoint would not have the batch: key or address
  kTooLarge,     // a single event that the endpoint finds too large
  kUnreadable,   // stored text that is no event
  kConsent,      // not allowed
  kRateLimit,    // too many at once
  kUnsupported,  // the service has no place for it, and events.url is not set
  kDuplicate,    // an order that was told before
  kBot,          // made by a program, which the shop does not want to know of
  kLost,         // handed over by a page that was being left, and the request failed
};
constexpr int kDropReasons = 12;
constexpr const char* kDropReasonNames[kDropReasons] = {"queueFull",   "expired",    "rejected", "refused",
                                                        "tooLarge",    "unreadable", "consent",  "rateLimit",
                                                        "unsupported", "duplicate",  "bot",      "lost"};

// Events that left the queue, by ordinal, so that a flush knows whether they were among those it waits for.
using Ordinals = std::vector<std::uint64_t>;

// By which events may travel together.
struct Lanes {
  int lane[kEventKinds];
  std::size_t size[kEventKinds];  // most events of a request in the lane of this kind
};

class Outbox {
 public:
  Outbox(const DeliveryOptions& options, std::string ownJournalId) : options_(options), own_(std::move(ownJournalId)) {}

  // Queues an event in the own journal. If that makes the queue too long, the least valuable and oldest waiting events
  // are given up; their ordinals are answered.
  Ordinals add(Event event);

  // Takes over a journal whose lock this page holds. segmentsJson: {"<number>": "<stored value>"}. For the own
  // journal's id, or one adopted already, it adds what is not here yet. Answers as add() does.
  Ordinals adopt(std::string_view journalId, std::string_view segmentsJson);

  // Marks waiting events that stand next to each other and share a lane as travelling in `request`, at least one, if
  // any, and at most maxBytes and what the lane and maxEvents allow. Answers their texts, oldest journal first, which
  // hold until the outbox changes, and their lane. Expired events are given up on the way.
  std::vector<std::string_view> take(std::uint32_t request, const Lanes& lanes, std::size_t maxEvents,
                                     std::size_t maxBytes, TimeMs wallMs, Ordinals& expired, int& lane);

  Ordinals remove(std::uint32_t request);                   // delivered
  Ordinals drop(std::uint32_t request, DropReason reason);  // given up
  void release(std::uint32_t request);                      // waits again, at its old place
  Ordinals dropAll(DropReason reason);                      // whatever is queued, in flight or not
  // The events of a request that is to be removed, and how they come back: as new ones, travelling in it again.
  std::vector<Event> travelling(std::uint32_t request);
  void putBack(std::vector<Event> events, std::uint32_t request);

  // Takes the shopper's ids out of every queued event. Events that say who the shopper is, and nothing else, are given
  // up; their ordinals are answered.
  Ordinals stripIds();

  // Emits the removal of what storage holds too much; adopted journals that are empty are released.
  void tidy(Effects& effects);
  // Emits the writes that make storage hold the queue; onlyShorter: those that a full storage takes too.
  void save(Effects& effects, bool onlyShorter = false);
  bool isSaved() const;
  // The same for the crash-proof copy.
  void mirror(Effects& effects);
  bool isMirrored() const;
  // The copy has done all that it was told.
  void copied() { removing_.clear(); }
  // The page is left, and what the copy has not done it may never do: storage says what it was to remove.
  void noteRemoving(Effects& effects);
  // Takes everything out of storage and keeps it in memory, in the own journal; adopted journals are released.
  void withdraw(Effects& effects);
  // The same of segments that have changed since they were written.
  void withdrawStale(Effects& effects);
  // While nothing of the own journal is stored: what is saved from here on has this id.
  void renameOwn(std::string newJournalId) { own_.rename(std::move(newJournalId)); }
  void markUnsaved(std::string_view key);
  // Storage now holds just these segment names; what is missing is written again by the next save.
  void markMissing(const std::vector<std::string_view>& names);

  // The page gives up its locks. All that is queued is parked, for others may adopt it from storage now; a new own
  // journal begins. Answers the ordinals of what was parked.
  Ordinals leave(std::string newJournalId, Effects& effects);
  // Events of this request that were parked turned out delivered: takes the segments that hold nothing else out of
  // storage, unless somebody has done so already. Answers how many events that were.
  std::size_t removeLeft(std::uint32_t request, Effects& effects);
  // The end of that: parked events that storage turned out not to hold are queued again, the others are forgotten.
  // Answers as add() does.
  Ordinals rejoin();

  const std::string& ownId() const { return own_.id(); }
  bool owns(std::string_view journalId) const;
  // There is something in the own journal, or its copy holds what no longer is.
  bool holdsOwn() const { return !own_.isEmpty() || !own_.isMirrored(); }

  std::size_t size() const { return size_; }
  std::size_t waiting() const { return waiting_; }  // size less those in flight
  std::size_t bytes() const { return bytes_; }
  TimeMs oldestAtMs() const;  // wall time of the oldest event's creation; kNever if empty
  const int (&dropped() const)[kDropReasons] { return dropped_; }
  void countDropped(DropReason reason, std::size_t n) { dropped_[static_cast<int>(reason)] += static_cast<int>(n); }
  std::uint64_t nextOrdinal() const { return nextOrdinal_; }

 private:
  template <class Visit>
  void eachJournal(Visit visit);
  // Removes the first `atMost` events that isGone names, from the oldest on; looks no further than it must.
  // A test with one value to compare with, and no template: five copies of the loop would weigh 1 kB.
  using Test = bool (*)(const QueuedEvent&, double value);
  Ordinals eraseIf(Test isGone, double value, std::size_t atMost);
  void countIn(const Event& event);
  std::size_t endTravel(std::uint32_t request);
  Ordinals trim();
  Journal* oldestWaiting();

  const DeliveryOptions& options_;
  Journal own_;
  std::vector<Journal> adopted_;
  std::vector<Journal> parked_;  // not counted below
  Keys removing_;                // keys that the copy was told to remove and may still have
  std::uint64_t nextOrdinal_ = 1;
  struct Travel {
    std::uint32_t request;
    std::size_t events;
  };
  std::vector<Travel> travels_;  // at most a handful: one while visible, a few chunks while hidden
  std::size_t size_ = 0;
  std::size_t waiting_ = 0;
  std::size_t bytes_ = 0;
  std::size_t waitingByKind_[kEventKinds] = {};
  int dropped_[kDropReasons] = {};
};

}  // namespace vitrine
