// The shopper's consent and what it allows. Every write and every request is checked against these rules.
#pragma once

#include <string_view>

namespace vitrine {

// Ordered from strict to loose, behind kUnknown.
enum class Consent {
  kUnknown,    // not decided yet: events are held in memory, nothing is stored or sent
  kDenied,     // events are dropped
  kAnonymous,  // events are sent without ids and kept in memory only
  kGranted,
};

constexpr const char* kConsentNames[] = {"unknown", "denied", "anonymous", "granted"};

inline const char* consentName(Consent consent) { return kConsentNames[static_cast<int>(consent)]; }

// Returns false if `name` is none of the four.
inline bool readConsent(std::string_view name, Consent& consent) {
  for (int i = 0; i < 4; ++i) {
    if (name != kConsentNames[i]) continue;
    consent = static_cast<Consent>(i);
    return true;
  }
  return false;
}

inline bool mayStore(Consent consent) { return consent == Consent::kGranted; }
inline bool maySendEvents(Consent consent) { return consent == Consent::kGranted || consent == Consent::kAnonymous; }
inline bool maySendIds(Consent consent) { return consent == Consent::kGranted; }
// Returns true if events may hold ids, be it in memory until the shopper decides.
inline bool mayHoldIds(Consent consent) { return consent == Consent::kGranted || consent == Consent::kUnknown; }
inline bool mayRecord(Consent consent) { return consent != Consent::kDenied; }

}  // namespace vitrine
