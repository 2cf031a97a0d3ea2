#include "delivery/persistence.h"

#include <algorithm>

namespace vitrine {
namespace {

// The first journal's id is also the id of the page view. 50 random bits: no two journals of a browser have the same.
constexpr int kJournalIdLength = 10;

// An undelivered event reaches the crash-proof copy this long after it was tracked: short, since a killed browser loses
// what is not there yet, but long enough that a burst of events makes one write.
constexpr double kMirrorDelayMs = 250;

// Journals of pages that ended are looked for soon after a start (the page before this one may still be ending), then
// seldom.
constexpr double kFirstScanMs = 1.5 * kSecondMs;
constexpr double kScanIntervalMs = 60 * kSecondMs;

// A write costs the page more than everything else about an event. So many may come in a row, which is more than a
// shopper makes; what a script tracks beyond that is written once a frame.
constexpr double kSaveBurst = 32;
constexpr double kSaveGapMs = 16;

constexpr double kStorageRetryMs = 30 * kSecondMs;

}  // namespace

std::string Persistence::newJournalId(Random& random) { return random.token(kJournalIdLength); }

void Persistence::setConsent(Consent consent, TimeMs nowMs) {
  const bool couldStore = mayStore();
  consent_ = consent;
  obeyConsent();
  const bool isRefused = consent == Consent::kDenied || consent == Consent::kAnonymous;
  if (isStorageUsed_ && isRefused) outbox_.withdraw(effects_);
  if (couldStore && isRefused) {
    effects_.release(outbox_.ownId());
    outbox_.renameOwn(newJournalId(random_));  // another page may be after the old one by now
    isOwnClaimed_ = false;
    effects_.scan();        // what earlier pages left goes too
  } else if (couldStore) {  // unknown again: what was stored with consent stays, and is whoever's who has it
    delivery_.disownRequests();
    // Nothing may be written any more, not even that there is less.
    if (outbox_.size() != savedSize_ || saveMs_ != kNever) outbox_.withdrawStale(effects_);
    park();
    delivery_.gone(outbox_.rejoin());
  }
  lookAround(nowMs);
}

// What was queued when more was allowed.
void Persistence::obeyConsent() {
  if (consent_ == Consent::kDenied) delivery_.gone(outbox_.dropAll(DropReason::kConsent));
  if (consent_ == Consent::kAnonymous) delivery_.gone(outbox_.stripIds());
}

void Persistence::lookAround(TimeMs nowMs) {
  if (mayStore() && !isSuspended_) scanMs_ = nowMs + kFirstScanMs;
}

// The own journal's lock is held only while there is something in it, for Firefox caches no page that holds a lock. It
// is asked for before anything is written, so whoever finds what is written asks later than we; and what comes after a
// release goes into another journal, since a page that had seen the old one may be asking for it just now.
void Persistence::holdOwn() {
  if (isSuspended_ || isOwnClaimed_ == outbox_.holdsOwn()) return;
  isOwnClaimed_ = !isOwnClaimed_;
  if (isOwnClaimed_) return effects_.claim(outbox_.ownId(), true);
  effects_.release(outbox_.ownId());
  outbox_.renameOwn(newJournalId(random_));
}

void Persistence::claimForeign(std::string_view journalId) {
  if (!isStorageUsed_ || consent_ == Consent::kUnknown || isSuspended_) return;
  if (!isJournalId(journalId) || outbox_.owns(journalId)) return;
  if (std::find(claims_.begin(), claims_.end(), journalId) != claims_.end()) return;
  claims_.emplace_back(journalId);
  effects_.claim(journalId, false);
}

void Persistence::claimed(std::string_view journalId, std::string_view segmentsJson, TimeMs nowMs) {
  const bool wasAsked = std::erase(claims_, journalId) > 0;
  const bool isOwn = journalId == outbox_.ownId();
  // Asked for before a suspend, or before the shopper took consent back.
  if (isOwn ? !mayStore() : !wasAsked || consent_ == Consent::kUnknown) return effects_.release(journalId);
  if (isOwn) return;
  delivery_.gone(outbox_.adopt(journalId, segmentsJson));
  obeyConsent();
  if (!vitrine::mayStore(consent_)) outbox_.withdraw(effects_);
  delivery_.queued(nowMs, true);
}

void Persistence::claimRefused(std::string_view journalId, TimeMs nowMs) {
  std::erase(claims_, journalId);  // its page is alive; the next scan asks again
  // Without Web Locks a page that slept for too long loses what it had: others send what is stored of it now.
  if (!outbox_.owns(journalId)) return;
  park();
  delivery_.gone(outbox_.rejoin());
  lookAround(nowMs);
}

void Persistence::found(std::string_view storedJson, std::string_view mirroredJson) {
  std::vector<std::string_view> storedNames;
  const Json lists[] = {parseJson(storedJson), parseJson(mirroredJson)};
  for (const Json& list : lists) {
    for (const Json& name : list.children) {
      std::string_view journalId;
      int number = 0;
      if (!readSegmentName(name.text, journalId, number)) continue;
      if (&list == &lists[0]) storedNames.push_back(name.text);
      claimForeign(journalId);
    }
  }
  if (mayStore()) outbox_.markMissing(storedNames);
}

void Persistence::setVisible(bool isVisible, TimeMs nowMs) {
  if (!isStorageUsed_ || isSuspended_) return;
  scanMs_ = isVisible ? nowMs + kFirstScanMs : kNever;  // a page nobody looks at adopts nothing
}

void Persistence::suspend() {
  if (mayStore()) outbox_.mirror(effects_);
  park();
  delivery_.setSuspended(true);
  isSuspended_ = true;
  scanMs_ = mirrorMs_ = kNever;
}

// Gives up all locks and what is stored under them.
void Persistence::park() {
  delivery_.disownRequests();
  delivery_.gone(outbox_.leave(newJournalId(random_), effects_));
  claims_.clear();
  isOwnClaimed_ = false;
}

void Persistence::restore(TimeMs nowMs) {
  isSuspended_ = false;
  delivery_.setSuspended(false);
  delivery_.gone(outbox_.rejoin());
  obeyConsent();
  delivery_.queued(nowMs, true);
  lookAround(nowMs);
}

void Persistence::save(TimeMs nowMs) {
  if (!mayStore()) return;
  savedSize_ = outbox_.size();
  outbox_.tidy(effects_);  // a full storage takes no writes, but gets emptier by this
  holdOwn();
  saveMs_ = kNever;
  if (outbox_.isSaved()) return;
  // What is told to a service that counts twice must leave storage, and for less there is room.
  if (!isWritable(nowMs)) return outbox_.save(effects_, true);
  if (nowMs < nextSaveMs_ && !delivery_.isEnding(nowMs) && !isSuspended_ && !delivery_.isDue(nowMs)) {
    saveMs_ = nextSaveMs_;
    return;
  }
  nextSaveMs_ = std::max(nextSaveMs_, nowMs - kSaveBurst * kSaveGapMs) + kSaveGapMs;
  outbox_.save(effects_);
}

void Persistence::sent(TimeMs nowMs) {
  if (outbox_.size() != savedSize_) save(nowMs);
  mirror(nowMs);
}

void Persistence::mirror(TimeMs nowMs) {
  if (!mayStore() || outbox_.isMirrored()) {
    mirrorMs_ = kNever;
  } else if (nowMs >= mirrorMs_ || outbox_.size() == 0 ||
             !delivery_.isVisible()) {  // on a phone, a hidden page may be dead in a moment
    mirrorMs_ = kNever;
    outbox_.mirror(effects_);
  } else if (mirrorMs_ == kNever) {
    mirrorMs_ = nowMs + kMirrorDelayMs;
  }
  if (mayStore()) holdOwn();
  if (!isSuspended_) return;
  if (mayStore()) outbox_.noteRemoving(effects_);
  // Nobody holds the lock of what a suspended page has just written, so it is not ours any more.
  if (outbox_.size() > 0) park();
}

bool Persistence::saveFailed(std::string_view key, TimeMs nowMs) {
  outbox_.markUnsaved(key);
  const bool wasWritable = nowMs >= retryMs_;
  retryMs_ = nowMs + kStorageRetryMs;
  return wasWritable;
}

void Persistence::wake(TimeMs nowMs) {
  if (nowMs < scanMs_) return;
  scanMs_ = nowMs + kScanIntervalMs;
  if (takesWrites(nowMs)) effects_.scan();
}

TimeMs Persistence::nextWakeMs(TimeMs nowMs) const {
  return std::min({saveMs_, mirrorMs_, scanMs_, nowMs < retryMs_ ? retryMs_ : kNever});
}

}  // namespace vitrine
