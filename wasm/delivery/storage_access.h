// Whether localStorage may be written: by configuration, by consent, and for a while not after it refused a write.
#pragma once

#include "base/time.h"
#include "model/consent.h"

namespace vitrine {

class StorageAccess {
 public:
  // isUsed: the page has localStorage, and the configuration wants it used. Nothing may be stored before setConsent().
  explicit StorageAccess(bool isUsed) : isUsed_(isUsed) {}

  bool isUsed() const { return isUsed_; }
  // Consent allows to store.
  bool mayStore() const { return isUsed_ && vitrine::mayStore(consent_); }
  // The shopper wants nothing stored: what earlier pages left must be removed.
  bool isRefused() const { return isUsed_ && !mayHoldIds(consent_); }
  // A write may be tried. Does not depend on consent, because the shopper's refusal is stored too.
  bool isWritable(TimeMs nowMs) const { return isUsed_ && nowMs >= retryMs_; }
  bool takesWrites(TimeMs nowMs) const { return mayStore() && isWritable(nowMs); }

  Consent consent() const { return consent_; }
  void setConsent(Consent consent) { consent_ = consent; }
  // A write was refused. Returns true if writes were accepted until now.
  bool refused(TimeMs nowMs);
  // The last refusal had another reason: writes are tried again.
  void retry() { retryMs_ = 0; }
  // When writes are tried again; kNever if they are not refused.
  TimeMs nextRetryMs(TimeMs nowMs) const { return nowMs < retryMs_ ? retryMs_ : kNever; }

 private:
  const bool isUsed_;
  Consent consent_ = Consent::kUnknown;
  TimeMs retryMs_ = 0;  // logical: no write before this
};

inline bool StorageAccess::refused(TimeMs nowMs) {
  constexpr double kStorageRetryMs = 30 * kSecondMs;
  const bool wasWritable = nowMs >= retryMs_;
  retryMs_ = nowMs + kStorageRetryMs;
  return wasWritable;
}

}  // namespace vitrine
