#include "delivery/persistence.h"

#include <algorithm>

#include "model/ids.h"

namespace vitrine {
namespace {

// An event that is still undelivered reaches the mirror this long after it was tracked: soon, since a killed browser
// loses the events that are not there yet, but late enough that a burst of events makes one write.
constexpr double kMirrorDelayMs = 250;

// The first look for journals of ended pages comes soon after the start, since the page before this one may still be
// ending; later ones are rare.
constexpr double kFirstScanMs = 1.5 * kSecondMs;
constexpr double kScanIntervalMs = 60 * kSecondMs;
// Locks of ended pages' journals that are asked for at a time. The next look finds the others.
constexpr std::size_t kMostClaims = 100;

}  // namespace

void Persistence::setConsent(Consent consent, TimeMs nowMs) {
  const bool couldStore = access_.mayStore();
  access_.setConsent(consent);
  obeyConsent();
  const bool isRefused = access_.isRefused();
  if (isRefused) outbox_.withdraw(effects_);
  if (couldStore && isRefused) {
    effects_.release(outbox_.ownId());
    outbox_.renameOwn(newPageId(random_));  // another page may be asking for the old one by now
    isOwnClaimed_ = false;
  } else if (couldStore) {  // unknown again: events stored with consent stay for the page that adopts them
    sender_.disownRequests();
    // Nothing may be written any more, not even a shorter segment.
    outbox_.withdrawStale(effects_);
    giveUpLocks();
    sender_.reclaim();
  }
  // The journals that earlier pages left are removed too, whatever this page was allowed before.
  if (isRefused && !isSuspended_) effects_.scan();
  scanSoon(nowMs);
}

// Applies consent to events that were queued when more was allowed.
void Persistence::obeyConsent() {
  if (access_.consent() == Consent::kDenied) outbox_.dropAll(DropReason::kConsent);
  if (access_.consent() == Consent::kAnonymous) outbox_.stripIds();
}

void Persistence::scanSoon(TimeMs nowMs) {
  if ((access_.mayStore() || access_.isRefused()) && !isSuspended_) scanMs_ = nowMs + kFirstScanMs;
}

// Holds the own journal's lock only while the journal is not empty, because Firefox caches no page that holds a lock.
// The lock is requested before anything is written, so a page that finds the journal requests it later than this one.
// After a release the next events go into a journal with another id, because a page that saw the old journal may be
// requesting its lock at this moment.
void Persistence::holdOwn(TimeMs nowMs) {
  if (isSuspended_ || isOwnClaimed_ == outbox_.needsOwnLock()) return;
  if (!isOwnClaimed_ && ownRefusals_ > 1 && !access_.isWritable(nowMs)) return;
  isOwnClaimed_ = !isOwnClaimed_;
  if (isOwnClaimed_) return effects_.claim(outbox_.ownId(), true);
  effects_.release(outbox_.ownId());
  outbox_.renameOwn(newPageId(random_));
}

void Persistence::claim(std::string_view journalId) {
  if (!access_.isUsed() || access_.consent() == Consent::kUnknown || isSuspended_) return;
  if (!isJournalId(journalId) || outbox_.owns(journalId)) return;
  if (std::find(claims_.begin(), claims_.end(), journalId) != claims_.end()) return;
  if (claims_.size() == kMostClaims) return;
  claims_.emplace_back(journalId);
  effects_.claim(journalId, false);
}

void Persistence::claimed(std::string_view journalId, std::string_view segmentsJson, TimeMs nowMs) {
  const bool wasAsked = claims_.eraseValue(journalId) > 0;
  const bool isOwn = journalId == outbox_.ownId();
  // The lock may have been requested before a suspend, or before the shopper withdrew consent.
  if (isOwn ? !access_.mayStore() : !wasAsked || access_.consent() == Consent::kUnknown)
    return effects_.release(journalId);
  if (isOwn) ownRefusals_ = 0;
  if (isOwn) return;
  outbox_.adopt(journalId, segmentsJson);
  obeyConsent();
  if (!access_.mayStore()) outbox_.withdraw(effects_);
  sender_.queued(nowMs, Urgency::kNow);
}

void Persistence::claimRefused(std::string_view journalId, TimeMs nowMs) {
  claims_.eraseValue(journalId);  // another page holds the lock; the next scan claims again
  // Where there are no Web Locks, a page that slept for too long loses its own journals: other pages send the events
  // that are stored of them now.
  if (!outbox_.owns(journalId)) return;
  // A browser that refuses even a second, new journal locks nothing at present. Nothing can be stored then.
  if (journalId == outbox_.ownId() && ++ownRefusals_ > 1) access_.refused(nowMs);
  park();
  sender_.reclaim();
  sender_.queued(nowMs, Urgency::kCanWait);
  scanSoon(nowMs);
}

void Persistence::found(std::string_view storedJson, std::string_view mirroredJson, TimeMs nowMs) {
  List<std::string_view> storedNames;
  const Json lists[] = {parseJson(storedJson), parseJson(mirroredJson)};
  for (const Json& list : lists) {
    for (const Json& name : list.children) {
      std::string_view journalId;
      int number = 0;
      if (!readSegmentName(name.text, journalId, number)) continue;
      if (&list == &lists[0]) storedNames.push_back(name.text);
      claim(journalId);
      // The page that left the journal may still be ending, or its lease running.
      if (access_.isRefused()) scanMs_ = smaller(scanMs_, nowMs + kScanIntervalMs);
    }
  }
  if (access_.mayStore()) outbox_.markMissing(storedNames);
}

void Persistence::setVisible(bool isVisible, TimeMs nowMs) {
  if (!access_.isUsed() || isSuspended_) return;
  scanMs_ = isVisible ? nowMs + kFirstScanMs : kNever;  // a hidden page adopts nothing
}

void Persistence::suspend() {
  if (access_.mayStore()) outbox_.mirror(effects_);
  park();
  sender_.setSuspended(true);
  isSuspended_ = true;
  scanMs_ = mirrorMs_ = kNever;
}

void Persistence::park() {
  sender_.disownRequests();
  giveUpLocks();
}

// Gives up all locks, and parks the events that are stored under them.
void Persistence::giveUpLocks() {
  outbox_.park(newPageId(random_), effects_);
  claims_.clear();
  isOwnClaimed_ = false;
}

void Persistence::restore(TimeMs nowMs) {
  isSuspended_ = false;
  sender_.setSuspended(false);
  sender_.reclaim();
  obeyConsent();
  sender_.queued(nowMs, Urgency::kNow);
  scanSoon(nowMs);
}

void Persistence::save(TimeMs nowMs) {
  saveMs_ = kNever;  // also where nothing may be stored any more: a deadline that stays would be due for ever
  if (!access_.mayStore()) return;
  savedSize_ = outbox_.size();
  outbox_.tidy(effects_);  // a full storage accepts no writes, but removals make room
  holdOwn(nowMs);
  if (!mayWrite() || outbox_.isSaved()) return;
  // Events handed over to a service that counts repeats twice must leave storage now, and a full storage still accepts
  // shorter values.
  if (!access_.isWritable(nowMs)) return outbox_.saveShorter(effects_);
  // Only writes that may wait count for the limit of writes in a row.
  const bool mayWait = !sender_.isEnding(nowMs) && !isSuspended_ && !sender_.isDue(nowMs);
  if (mayWait && !saves_.isFree(nowMs)) {
    saveMs_ = saves_.freeMs;
    return;
  }
  if (mayWait) saves_.spend(nowMs);
  outbox_.save(effects_);
}

void Persistence::sent(TimeMs nowMs) {
  if (outbox_.size() != savedSize_) save(nowMs);
  mirror(nowMs);
}

void Persistence::mirror(TimeMs nowMs) {
  if (!access_.mayStore() || !mayWrite() || outbox_.isMirrored()) {
    mirrorMs_ = kNever;
  } else if (nowMs >= mirrorMs_ || outbox_.size() == 0 ||
             !sender_.isVisible()) {  // on a phone, a hidden page may end at any moment
    mirrorMs_ = kNever;
    outbox_.mirror(effects_);
  } else if (mirrorMs_ == kNever) {
    mirrorMs_ = nowMs + kMirrorDelayMs;
  }
  if (access_.mayStore()) holdOwn(nowMs);
  if (!isSuspended_) return;
  if (access_.mayStore()) outbox_.recordRemovals(effects_);
  // A suspended page holds no locks, so the events that it has just stored belong to any page.
  if (outbox_.size() > 0) park();
}

void Persistence::wake(TimeMs nowMs) {
  if (nowMs < scanMs_) return;
  scanMs_ = access_.isRefused() ? kNever : nowMs + kScanIntervalMs;
  if (access_.isRefused() || access_.takesWrites(nowMs)) effects_.scan();
}

TimeMs Persistence::nextWakeMs() const { return smaller(saveMs_, smaller(mirrorMs_, scanMs_)); }

}  // namespace vitrine
