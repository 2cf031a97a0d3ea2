// The small records that all tabs share: who the shopper is, the lists that led to items (attribution), the orders that
// are recorded, the experiments that had their event, and what the shopper said about consent. They are read at the
// start, read again when another tab writes them, and written when they have changed and storage may be written.
#pragma once

#include <string_view>

#include "base/storage_keys.h"
#include "base/text.h"
#include "delivery/queue.h"
#include "shopper/attribution.h"
#include "shopper/experiments.h"
#include "shopper/identity.h"
#include "shopper/known_orders.h"

namespace vitrine {

class SharedState {
 public:
  SharedState(Identity& identity, Attribution& attribution, KnownOrders& orders, Experiments& experiments, Queue& queue,
              Effects& effects)
      : identity_(identity),
        attribution_(attribution),
        orders_(orders),
        experiments_(experiments),
        queue_(queue),
        effects_(effects) {}

  // state: {key: record} of storage; null if there is no storage.
  void load(const Json* state, TimeMs wallMs);
  // Another tab wrote `key`, or removed it (record ""). key "": all of storage was cleared.
  void changed(std::string_view key, std::string_view record, TimeMs wallMs);
  // Reads the reply to a scan effect: a JSON list that ends with {key: record}. If storage held no ids when this page
  // began, a script of the shop may have cleared them: then the visitor and what the shopper said are restored.
  void restore(std::string_view mirrored, TimeMs wallMs);
  // Storage refused to write `key`.
  void failed(std::string_view key);
  // The shopper's own words, on this page or another: the refusal, and the level of the last setConsent() (kUnknown if
  // there is none). Both are stored under every consent. obeyConsent() applies them to the other records.
  bool isOptedOut() const { return !words_[kRefusal].record.empty(); }
  void setOptedOut(bool isOptedOut) { say(words_[kRefusal], isOptedOut ? "1" : ""); }
  Consent said() const;
  void setSaid(Consent consent) { say(words_[kLevel], consent == Consent::kUnknown ? "" : consentName(consent)); }

  // Emits the writes of records that storage does not hold. A touch may wait for others, unless the page may end at any
  // moment.
  void save(Moment now);
  TimeMs nextWakeMs() const { return touchMs_; }
  // Another shopper begins: removes what is known about the one before, here and in storage. Orders stay known: their
  // record says nothing about the shopper.
  void reset(TimeMs wallMs);
  // Called when consent has changed, after Queue::setConsent(): removes the records that may not be stored, and has the
  // others written.
  void obeyConsent(Consent consent);

 private:
  enum { kRefusal, kLevel };
  struct Word {
    const char* key;
    Text record;          // "" if the shopper has not said it
    bool isOwed = false;  // storage does not hold it yet
  };
  void say(Word& word, std::string_view record);

  Identity& identity_;
  Attribution& attribution_;
  KnownOrders& orders_;
  Experiments& experiments_;
  Queue& queue_;
  Effects& effects_;
  Word words_[2] = {{kOptOutKey, {}}, {kConsentKey, {}}};
  bool isReset_ = false;      // storage may hold the ids of another shopper
  bool isReplacing_ = false;  // the last write of the ids was the first one after a reset
  TimeMs touchMs_ = kNever;   // logical: when waiting touches are written
};

}  // namespace vitrine
