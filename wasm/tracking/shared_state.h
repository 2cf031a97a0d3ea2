// The small records that all tabs share: who the shopper is, what led to what was bought, the experiments met, and a
// refusal. They are read at start, taken over when another tab writes them, and written when they have changed and
// storage may be written.
#pragma once

#include <string>
#include <string_view>

#include "delivery/queue.h"
#include "shopper/attribution.h"
#include "shopper/experiments.h"
#include "shopper/identity.h"

namespace vitrine {

// The one key that exists for a shopper who refused: the refusal.
constexpr char kOptOutKey[] = "vitrine:1:optout";

class SharedState {
 public:
  SharedState(Identity& identity, Attribution& attribution, Experiments& experiments, Queue& queue, Effects& effects)
      : identity_(identity), attribution_(attribution), experiments_(experiments), queue_(queue), effects_(effects) {}

  // state: {key: record} of storage; null where there is none.
  void load(const Json* state, TimeMs wallMs);
  // Another tab wrote `key`, or took it away (""); key "": all of storage was cleared.
  void changed(std::string_view key, std::string_view record, TimeMs wallMs);
  // Storage refused to write `key`.
  void failed(std::string_view key);
  // The shopper's own refusal. What it means for the other records is said by obeyConsent().
  bool isOptedOut() const { return isOptedOut_; }
  void setOptedOut(bool isOptedOut);

  // Emits the writes of records that storage does not hold. A touch may wait for others, unless the page may end at any
  // moment.
  void save(Moment now);
  TimeMs nextWakeMs() const { return touchMs_; }
  // The shopper is another one: what is known of the one before goes, here and in storage.
  void reset(TimeMs wallMs);
  // Consent has changed, and persistence knows it: what may not be stored goes, what may is written.
  void obeyConsent(Consent consent);

 private:
  Identity& identity_;
  Attribution& attribution_;
  Experiments& experiments_;
  Queue& queue_;
  Effects& effects_;
  bool isOptedOut_ = false;
  bool isOptOutOwed_ = false;  // to storage
  TimeMs touchMs_ = kNever;    // logical: when touches are written
};

}  // namespace vitrine
