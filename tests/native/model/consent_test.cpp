#include "model/consent.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

using namespace vitrine;

TEST_CASE("Each of the four consents allows its own set of actions and no more") {
  struct Row {
    Consent consent;
    bool record, store, send, ids;
  };
  for (const Row& row :
       {Row{Consent::kUnknown, true, false, false, false}, Row{Consent::kDenied, false, false, false, false},
        Row{Consent::kAnonymous, true, false, true, false}, Row{Consent::kGranted, true, true, true, true}}) {
    CAPTURE(consentName(row.consent));
    CHECK(mayRecord(row.consent) == row.record);
    CHECK(mayStore(row.consent) == row.store);
    CHECK(maySendEvents(row.consent) == row.send);
    CHECK(maySendIds(row.consent) == row.ids);
  }
}

TEST_CASE("A consent is read only from its exact name") {
  Consent consent = Consent::kDenied;
  for (int i = 0; i < 4; ++i) {
    REQUIRE(readConsent(kConsentNames[i], consent));
    CHECK(std::string(consentName(consent)) == kConsentNames[i]);
  }
  for (const char* name : {"", "Granted", "granted ", "yes", "grant"}) {
    CHECK_FALSE(readConsent(name, consent));
    CHECK(consent == Consent::kGranted);
  }
}
