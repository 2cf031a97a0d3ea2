// Decides which journals belong to this page, and keeps storage and mirror up to date with their events: locks,
// writes, the mirror, and the search for journals that ended pages left behind. The outbox holds the events. All times
// are logical. Private to this folder.
#pragma once

#include <string_view>

#include "base/effects.h"
#include "base/list.h"
#include "base/pace.h"
#include "base/random.h"
#include "base/text.h"
#include "delivery/outbox.h"
#include "delivery/sender.h"
#include "delivery/storage_access.h"

namespace vitrine {

class Persistence {
 public:
  Persistence(StorageAccess& access, Outbox& outbox, Sender& sender, Random& random, Effects& effects)
      : access_(access), outbox_(outbox), sender_(sender), random_(random), effects_(effects) {}

  // Takes everything out of queue and storage that the new level does not allow; claims or gives up the own journal.
  void setConsent(Consent consent, TimeMs nowMs);

  // Asks for the lock of a journal in storage that another page may have left, to send its events.
  void claim(std::string_view journalId);
  // The reply to claim(): this page holds the lock. segmentsJson: as in Outbox::adopt().
  void claimed(std::string_view journalId, std::string_view segmentsJson, TimeMs nowMs);
  // The other reply: a page that lives holds the lock.
  void claimRefused(std::string_view journalId, TimeMs nowMs);
  // The reply to a scan effect: JSON lists of all segment names in storage and in the mirror.
  void found(std::string_view storedJson, std::string_view mirroredJson, TimeMs nowMs);

  void setVisible(bool isVisible, TimeMs nowMs);
  // Into and out of the back/forward cache. Events that are tracked in between are stored for the next page.
  void suspend();
  void restore(TimeMs nowMs);

  // Called before anything is sent: emits the removals and writes that bring storage up to date. When writes come by
  // the hundred they may wait for a frame, except writes of events that are sent now, and writes of a page that is
  // hidden or left.
  void save(TimeMs nowMs);
  // Called after sending: removes from storage the events that left the queue during it (handed over, expired, not
  // wanted by the service), so that the next page does not find them. Emits the changes of the mirror when they are
  // due, and parks the events that a suspended page has just stored.
  void sent(TimeMs nowMs);
  // Storage refused to write `key`, which may be a segment's.
  void saveFailed(std::string_view key) { outbox_.markUnsaved(key); }

  void wake(TimeMs nowMs);
  TimeMs nextWakeMs() const;

 private:
  void scanSoon(TimeMs nowMs);
  void holdOwn(TimeMs nowMs);
  // The own journal may be written: its lock was asked for, or the page is suspended and holds none.
  bool mayWrite() const { return isSuspended_ || isOwnClaimed_ || !outbox_.needsOwnLock(); }
  void mirror(TimeMs nowMs);
  void obeyConsent();
  void park();
  void giveUpLocks();

  StorageAccess& access_;
  Outbox& outbox_;
  Sender& sender_;
  Random& random_;
  Effects& effects_;

  List<Text> claims_;          // journals of other pages whose lock was asked for
  bool isOwnClaimed_ = false;  // the own journal's lock was asked for; it is held while the journal is not empty
  bool isSuspended_ = false;
  std::size_t savedSize_ = 0;  // size of the queue at the last save()
  int ownRefusals_ = 0;        // refusals of the own journal's lock since it was granted
  // A write costs the page more than everything else about an event. 32 writes may follow each other at once, which is
  // more than a shopper makes; further events, tracked by a script, are written once a frame.
  Pace saves_{32, 16};
  TimeMs saveMs_ = kNever;    // when the writes that wait are made
  TimeMs mirrorMs_ = kNever;  // when undelivered changes go to the mirror
  TimeMs scanMs_ = kNever;    // when to look for journals that other pages left
};

}  // namespace vitrine
