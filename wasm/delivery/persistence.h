// Which journals this page answers for, and that storage holds what is in them: locks, writes, the crash-proof copy,
// the search for journals that ended pages left behind. What is in a journal is the outbox's. All times are logical.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/effects.h"
#include "base/random.h"
#include "delivery/delivery.h"
#include "delivery/outbox.h"
#include "model/consent.h"

namespace vitrine {

class Persistence {
 public:
  // isStorageUsed: the page has storage, and the configuration wants it used. Nothing is allowed before setConsent().
  Persistence(bool isStorageUsed, Outbox& outbox, Delivery& delivery, Random& random, Effects& effects)
      : isStorageUsed_(isStorageUsed), outbox_(outbox), delivery_(delivery), random_(random), effects_(effects) {}

  static std::string newJournalId(Random& random);

  bool isStorageUsed() const { return isStorageUsed_; }
  bool mayStore() const { return isStorageUsed_ && vitrine::mayStore(consent_); }
  // Storage may be tried; false for a while after it refused a write.
  bool isWritable(TimeMs nowMs) const { return isStorageUsed_ && nowMs >= retryMs_; }
  bool takesWrites(TimeMs nowMs) const { return mayStore() && isWritable(nowMs); }

  // Takes out of queue and storage what the new level does not allow; claims or gives up the own journal.
  void setConsent(Consent consent, TimeMs nowMs);

  // The journals of these ids are in storage: whoever left them, their events are to be sent.
  void claimForeign(std::string_view journalId);
  void claimed(std::string_view journalId, std::string_view segmentsJson, TimeMs nowMs);
  void claimRefused(std::string_view journalId, TimeMs nowMs);
  // Answer to scan: JSON lists of all segment names in storage and in the copy.
  void found(std::string_view storedJson, std::string_view mirroredJson);

  void setVisible(bool isVisible, TimeMs nowMs);
  // Into and out of the back/forward cache. In between, what is tracked is stored for whoever comes next.
  void suspend();
  void restore(TimeMs nowMs);
  bool isSuspended() const { return isSuspended_; }

  // Before anything is sent: emits the removals and writes that bring storage up to date. Writes may wait for a frame
  // when they come in hundreds: never those of what is sent now, nor those of a page that is hidden or left.
  void save(TimeMs nowMs);
  // After that: takes from storage what has left the queue on the way out (told to a service that would count it twice,
  // too old, nothing to be said), so that the next page does not find it; nothing if nothing has. Emits the changes of
  // the copy when they are due, and gives up what a suspended page has just written.
  void sent(TimeMs nowMs);
  // Storage refused to write `key`, which may be a segment's. True if that is news.
  bool saveFailed(std::string_view key, TimeMs nowMs);
  void storageCleared() { outbox_.markMissing({}); }

  void wake(TimeMs nowMs);
  TimeMs nextWakeMs(TimeMs nowMs) const;

 private:
  void lookAround(TimeMs nowMs);
  void holdOwn();
  void mirror(TimeMs nowMs);
  void obeyConsent();
  void park();

  const bool isStorageUsed_;
  Outbox& outbox_;
  Delivery& delivery_;
  Random& random_;
  Effects& effects_;

  Consent consent_ = Consent::kUnknown;
  std::vector<std::string> claims_;  // foreign journals whose lock was asked for
  bool isOwnClaimed_ = false;  // the lock of the own journal was asked for; it is held while there is anything in it
  bool isSuspended_ = false;
  std::size_t savedSize_ = 0;  // of the queue, when save() had it written
  TimeMs retryMs_ = 0;         // after a refused write: none before this
  TimeMs nextSaveMs_ = 0;      // no write before this, if it may wait: ahead of now by what was written too fast
  TimeMs saveMs_ = kNever;     // when what waits is written
  TimeMs mirrorMs_ = kNever;   // when undelivered changes go to the copy
  TimeMs scanMs_ = kNever;     // when to look for journals that other pages left
};

}  // namespace vitrine
