#include "tracking/shared_state.h"

#include <algorithm>
#include <utility>

namespace vitrine {
namespace {

// The record is written as a whole, up to 25 kB, so a row of clicks is written once.
constexpr double kTouchDelayMs = 1 * kSecondMs;

}  // namespace

void SharedState::load(const Json* state, TimeMs wallMs) {
  const Json none;
  const Json& stored = state && queue_.storage().isUsed() ? *state : none;
  identity_.load(stringMember(stored, kIdentityKey), wallMs);
  const std::string_view touches = stringMember(stored, kAttributionKey);
  attribution_.merge(touches, wallMs);
  orders_.merge(stringMember(stored, kOrdersKey));
  if (orders_.carryOver(touches)) attribution_.markUnsaved(true);
  experiments_.load(stringMember(stored, kExposedKey));
  for (Word& word : words_) word.record = stringMember(stored, word.key);
}

void SharedState::changed(std::string_view key, std::string_view record, TimeMs wallMs) {
  if (!queue_.storage().isUsed()) return;
  for (Word& word : words_) {
    if (key == word.key) word.record = record;
    if (key.empty() || key == word.key) word.isOwed = key.empty() && !word.record.empty();
  }
  if (key == kOrdersKey) orders_.merge(record);
  if (!queue_.storage().mayStore()) return;
  if (key == kIdentityKey) identity_.merge(record, wallMs);
  if (key == kExposedKey) experiments_.load(record);
  if (key == kAttributionKey) {
    if (record.empty())
      attribution_.clear();
    else
      attribution_.merge(record, wallMs);
  }
  if (!key.empty()) return;
  identity_.markUnsaved();
  attribution_.markUnsaved();
  orders_.markUnsaved();
  experiments_.markUnsaved();
  queue_.storageCleared();
}

void SharedState::restore(std::string_view mirrored, TimeMs wallMs) {
  if (!queue_.storage().isUsed()) return;
  const Json list = parseJson(mirrored);
  const Json& records = list.children.empty() ? list : list.children.back();
  for (Word& word : words_) {
    const std::string_view copy = stringMember(records, word.key);
    // The script stores a queued refusal before there is a core, and another page may have removed the copy.
    if (!word.record.empty() && copy.empty()) effects_.mirror(word.key, word.record);
    if (word.record.empty() && identity_.isNew()) say(word, copy);
  }
  if (!identity_.isNew() || !queue_.storage().mayStore()) return;
  const Text visitor = identity_.visitorId(), session = identity_.sessionId(wallMs);
  identity_.restore(stringMember(records, kIdentityKey), wallMs);
  queue_.replaceId(visitor, identity_.visitorId());
  queue_.replaceId(session, identity_.sessionId(wallMs));
}

void SharedState::failed(std::string_view key) {
  if (key == kIdentityKey) {
    identity_.markUnsaved();
    // A full storage must not keep the ids of the shopper before.
    if (isReplacing_) effects_.forget(kIdentityKey);
  }
  if (key == kAttributionKey) attribution_.markUnsaved();
  if (key == kOrdersKey) orders_.markUnsaved();
  if (key == kExposedKey) experiments_.markUnsaved();
  for (Word& word : words_) word.isOwed |= key == word.key && !word.record.empty();
}

Consent SharedState::said() const {
  Consent consent = Consent::kUnknown;
  readConsent(words_[kLevel].record, consent);
  return consent;
}

void SharedState::say(Word& word, std::string_view record) {
  if (word.record == record) return;
  word.record = record;
  word.isOwed = false;
  if (!queue_.storage().isUsed()) return;
  if (record.empty()) {
    effects_.forget(word.key);
    effects_.unmirror(word.key);
  } else {
    effects_.save(word.key, word.record);
    effects_.mirror(word.key, word.record);
  }
}

void SharedState::save(Moment now) {
  for (Word& word : words_) {
    if (!word.isOwed || !queue_.storage().isWritable(now.logicalMs)) continue;
    word.isOwed = false;
    effects_.save(word.key, word.record);
  }
  const TimeMs touchMs = std::exchange(touchMs_, kNever);
  if (!queue_.storage().takesWrites(now.logicalMs)) return;
  // Activity alone is not mirrored. While the visitor may turn out to be an older one, the mirror is left as it is.
  const bool isMirrored = identity_.hasChanged() && !identity_.isNew();
  if (const Text record = identity_.unsaved(now.wallMs); !record.empty()) {
    effects_.save(kIdentityKey, record);
    isReplacing_ = std::exchange(isReset_, false);
    if (isMirrored) effects_.mirror(kIdentityKey, record);
  }
  if (const Text record = experiments_.unsaved(); !record.empty()) effects_.save(kExposedKey, record);
  if (orders_.isUnsaved()) effects_.save(kOrdersKey, orders_.record());
  if (!attribution_.isUnsaved()) return;
  if (queue_.isEnding(now.logicalMs) || now.logicalMs >= touchMs)
    effects_.save(kAttributionKey, attribution_.record());
  else
    touchMs_ = smaller(touchMs, now.logicalMs + kTouchDelayMs);
}

void SharedState::reset(TimeMs wallMs) {
  identity_.reset(wallMs);
  isReset_ = true;
  attribution_.clear();
  if (!queue_.storage().isUsed()) return;
  for (const char* key : {kAttributionKey, kExposedKey}) effects_.forget(key);
  if (queue_.storage().mayStore()) return;  // the new ids are about to replace the old ones
  effects_.forget(kIdentityKey);
  effects_.unmirror(kIdentityKey);
}

void SharedState::obeyConsent(Consent consent) {
  experiments_.setConsent(consent);
  if (consent == Consent::kDenied) orders_.clear();
  if (queue_.storage().mayStore()) {
    identity_.markUnsaved();
    attribution_.markUnsaved();
    experiments_.markUnsaved();
    if (identity_.isNew()) effects_.scan();
  } else if (queue_.storage().isUsed() && consent != Consent::kUnknown) {
    for (const char* key : {kIdentityKey, kAttributionKey, kOrdersKey, kExposedKey, kEarlyKey}) effects_.forget(key);
    orders_.markUnsaved();  // an anonymous page goes on knowing them
    effects_.unmirror(kIdentityKey);
  }
}

}  // namespace vitrine
