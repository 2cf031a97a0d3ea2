// Decides which variant of an experiment a visitor gets, and that this is recorded by exactly one event.
//
// The variant depends only on the experiment's configuration and the visitor's id, so it is the same on every page, in
// every tab, on a server and in a later analysis. A visitor who has not agreed to ids gets the first variant and no
// event.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/list.h"
#include "base/storage_keys.h"
#include "base/text.h"
#include "model/consent.h"
#include "shopper/identity.h"

namespace vitrine {

class Experiments {
 public:
  // config: {experiment: {variants: [{name, weight? (default 1), slot?}]}}; slot: members that replace those of the
  // request of a slot that takes part, its query's one by one.
  Experiments(const Json& config, const Identity& identity) : config_(config), identity_(identity) {}

  void setConsent(Consent consent) { consent_ = consent; }
  // Reads the stored record, at the start or when another tab wrote it.
  void load(std::string_view record);
  // Returns the record to store, which counts as stored from here on; "" if nothing has changed.
  Text unsaved();
  void markUnsaved() { isDirty_ = !exposed_.empty(); }

  // Returns the name of the visitor's variant; "" if there is no such experiment. isFirst becomes true if the visitor
  // has not had the event yet: the caller must queue it.
  Text expose(std::string_view experiment, bool& isFirst);
  // Returns the slot's request with the changes that the variant of its experiment makes.
  Json vary(Json request) const;

 private:
  const Json* variantOf(std::string_view experiment) const;

  const Json& config_;
  const Identity& identity_;
  Consent consent_ = Consent::kUnknown;
  Text visitorId_;  // the visitor to whom the recorded exposures belong
  List<Text> exposed_;
  bool isDirty_ = false;
};

// Returns a number in [0, 1), evenly spread over visitors and independent between experiments: FNV-1a of "experiment
// visitorId", mixed by the finalizer of MurmurHash3.
double bucketOf(std::string_view experiment, std::string_view visitorId);

}  // namespace vitrine
