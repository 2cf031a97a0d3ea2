// The names under which the core stores. docs/storage.md says what each holds, for how long, and who removes it.
//
// js/ports/storage.ts has the names that JavaScript uses; tests/storage_keys.test.mjs compares the lists.
#pragma once

namespace vitrine {

constexpr char kIdentityKey[] = "vitrine:1:id";
constexpr char kAttributionKey[] = "vitrine:1:touch";
constexpr char kOrdersKey[] = "vitrine:1:orders";
// A JSON array of the visitor's id and the experiments that have had their event.
constexpr char kExposedKey[] = "vitrine:1:exposed";
// The shopper's own words, the only keys that may exist under every consent: the refusal, and the level that
// setConsent() was last called with.
// In front of the key of a record of queued calls. To forget it is to remove the records of ended pages.
constexpr char kEarlyKey[] = "vitrine:1:early:";
constexpr char kOptOutKey[] = "vitrine:1:optout";
constexpr char kConsentKey[] = "vitrine:1:consent";
// In front of `<journal>:<number>`, the name of a segment.
constexpr char kJournalPrefix[] = "vitrine:1:j:";

}  // namespace vitrine
