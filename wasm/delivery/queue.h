// The front door of delivery: everything that happens to an event from the moment it is queued until it is delivered or
// dropped. docs/delivery.md describes the states of an event. Nothing outside this folder uses its other classes:
//   Outbox, Journal  the undelivered events, their order and their bounds
//   Sender           batches, waiting times, replies
//   Persistence      locks, localStorage, the mirror
//   Departures       counts of dropped events, flush() promises
//
// Every function but advance() only notes what has happened; advance() emits the effects that follow from it. Call it
// once after the inputs of a task. Times are logical, except where a parameter is a Moment.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

#include "base/effects.h"
#include "base/field_writer.h"
#include "base/json.h"
#include "base/pace.h"
#include "base/random.h"
#include "base/text.h"
#include "delivery/delivery_options.h"
#include "delivery/departures.h"
#include "delivery/drop_reason.h"
#include "delivery/outbox.h"
#include "delivery/persistence.h"
#include "delivery/sender.h"
#include "delivery/storage_access.h"
#include "model/consent.h"
#include "model/event.h"
#include "model/reply.h"
#include "services/service.h"

namespace vitrine {

class Queue {
 public:
  // isStorageUsed: the page has localStorage, and the configuration wants it used. lastRequest: the counter from which
  // every request of this runtime takes its number. Nothing is stored or sent before setConsent().
  Queue(const DeliveryOptions& options, bool isStorageUsed, Service& service, Random& random, Effects& effects,
        std::uint32_t& lastRequest);
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;

  // Must be called first, with the wall time of every input (lifetimes.h).
  void tick(TimeMs wallMs) { outbox_.tick(wallMs); }

  // --- Events ---

  // events.enabled of the configuration. If false, nothing may be added.
  bool isEnabled() const { return sender_.isEnabled(); }
  // Queues the event that `write` returns, or holds it after hold(). `write` is not called if neither the service nor
  // events.url takes events of this kind, so that such an event uses up no number. Returns false if the event was
  // dropped; that is counted.
  template <class Write>
  bool add(EventKind kind, Moment now, Write write) {
    return takes(kind) && keepOrHold(write(), now);
  }
  // From here on events are held back, for the page's hooks (docs/plugins.md). Returns the texts of those that are held
  // now, each as a record (base/field_writer.h), and forgets them.
  Text hold() {
    isHolding_ = true;
    return std::exchange(held_, {});
  }
  // As add(), for a finished event.
  bool keepOrHold(Event event, Moment now);
  // Queues an event, also after hold(). Returns false if it was dropped; that is counted.
  bool keep(Event event, Moment now);
  // Returns the size that the text of an event of this kind must stay below, in bytes.
  std::size_t mostBytes(EventKind kind) const;
  // Counts an event that was dropped before it was queued.
  void countDropped(DropReason reason) { departures_.countDropped(reason, 1); }
  // The promise callId settles as in Sender::flush(), at deadlineMs in any case.
  void flush(double callId, TimeMs deadlineMs) { sender_.flush(callId, deadlineMs); }
  // Returns false if the request is not a request for events, or is forgotten.
  bool requestDone(std::uint32_t number, const HttpReply& reply, Moment now) {
    const bool isKnown = sender_.requestDone(number, reply, now);
    hasFailed_ |= isKnown && judge(reply.status) != Verdict::kDelivered;
    return isKnown;
  }

  // --- The page and the shopper ---

  void setVisible(bool isVisible, TimeMs nowMs);
  void setOnline(bool isOnline) { sender_.setOnline(isOnline); }
  // The page is about to be left: for a moment every event is sent at once.
  void leaving(TimeMs nowMs) { sender_.leaving(nowMs); }
  // The page is hidden or about to be left, so it may end at any moment.
  bool isEnding(TimeMs nowMs) const { return sender_.isEnding(nowMs); }
  void setPaused(bool isPaused, TimeMs nowMs);
  void setConsent(Consent consent, TimeMs nowMs);
  // Into and out of the back/forward cache. suspend() gives up all locks; call setVisible(false) before it.
  void suspend(TimeMs nowMs);
  void restore(TimeMs nowMs) { persistence_.restore(nowMs); }

  // --- Storage ---

  const StorageAccess& storage() const { return access_; }
  // The id of the page's own journal. At the start it is the id of the page view too.
  const Text& journalId() const { return outbox_.ownId(); }
  // Requests the lock of a journal that storage holds and that an ended page may have left.
  void claim(std::string_view journalId) { persistence_.claim(journalId); }
  // The replies to a claim effect. segmentsJson: {"<number>": "<stored value>"}.
  void claimed(std::string_view journalId, std::string_view segmentsJson, TimeMs nowMs) {
    persistence_.claimed(journalId, segmentsJson, nowMs);
  }
  // Also for a journal that this page has lost to another one. A saveFailed() just before it names a write that was not
  // made for this reason, so storage is not to blame.
  void claimRefused(std::string_view journalId, TimeMs nowMs);
  // The reply to a scan effect: JSON lists of all segment names in storage and in the mirror.
  void found(std::string_view storedJson, std::string_view mirroredJson, TimeMs nowMs) {
    persistence_.found(storedJson, mirroredJson, nowMs);
  }
  // The mirror and unmirror effects of earlier drains have been performed, or have failed.
  void mirrorDone() { outbox_.mirrorDone(); }
  // Storage refused to write `key`. The next advance() logs the first refusal of a row.
  void saveFailed(std::string_view key, TimeMs nowMs);
  // The visitor turned out to be an older one: the id `from` becomes `to` in every queued event.
  void replaceId(std::string_view from, std::string_view to) {
    if (from.size() == to.size()) outbox_.rewriteIds(from, to);
  }
  // All of storage was cleared.
  void storageCleared() { outbox_.markMissing({}); }

  // --- Time ---

  // Writes storage first, then sends the events that are due, then changes the mirror. Storage therefore always knows
  // the events that the collector may have seen.
  //
  // No host can make this spin, whatever it refuses and how fast: an advance that follows a refusal (of a lock, a write
  // or a request) costs a unit, 50 may follow each other, and then five a second. Those in between do nothing.
  void advance(Moment now);
  void wake(TimeMs nowMs) { persistence_.wake(nowMs); }
  TimeMs nextWakeMs(TimeMs nowMs) const;
  // Adds the metrics: queued, sent, failed, retrying, dropped: {reason: n}, bytes, lastError, storage, oldestMs.
  void describe(JsonObject& json, Moment now) const;

 private:
  bool takes(EventKind kind);

  const DeliveryOptions& options_;
  Effects& effects_;
  StorageAccess access_;
  Departures departures_;
  Outbox outbox_;
  Sender sender_;
  Persistence persistence_;
  Text held_;
  bool isHolding_ = false;
  Pace failures_{50, 200};  // advances after a request that failed
  bool hasFailed_ = false;  // a request, since the last advance()
  bool owesLine_ = false;   // storage has begun to refuse writes, which the console does not say yet
};

}  // namespace vitrine
