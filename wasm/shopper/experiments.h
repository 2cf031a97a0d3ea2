// Which variant of an experiment a visitor gets, and the one event that says so.
//
// The variant follows from the names and the visitor's id alone: the same on every page, in every tab, on a server, and
// for whoever analyses it later. Who has not agreed to ids gets the first variant and no event.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "model/consent.h"
#include "shopper/identity.h"

namespace vitrine {

// Holds, as a JSON array, the visitor's id and the experiments that have had their event.
constexpr char kExposedKey[] = "vitrine:1:exposed";

class Experiments {
 public:
  // config: {experiment: {variants: [{name, weight? (default 1), slot?}]}}; slot: members that replace those of the
  // request of a slot that takes part, its query's one by one.
  Experiments(const Json& config, const Identity& identity) : config_(config), identity_(identity) {}

  void setConsent(Consent consent) { consent_ = consent; }
  // What was stored, here or by another tab.
  void load(std::string_view record);
  // What is to be stored, once; "" if nothing has changed.
  std::string unsaved();
  void markUnsaved() { isDirty_ = !exposed_.empty(); }

  // The name of the visitor's variant; "" if there is no such experiment. isFirst: this is the first time for the
  // visitor, and wants an event.
  std::string expose(std::string_view experiment, bool& isFirst);
  // The request of a slot as the variant of its experiment wants it.
  Json vary(Json request) const;

 private:
  const Json* variantOf(std::string_view experiment) const;

  const Json& config_;
  const Identity& identity_;
  Consent consent_ = Consent::kUnknown;
  std::string visitorId_;  // whose exposures these are
  std::vector<std::string> exposed_;
  bool isDirty_ = false;
};

// In [0, 1), evenly spread over visitors and independent between experiments: FNV-1a of "experiment visitorId", mixed
// by the finalizer of MurmurHash3.
double bucketOf(std::string_view experiment, std::string_view visitorId);

}  // namespace vitrine
