#include "shopper/experiments.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"

namespace vitrine {

double bucketOf(std::string_view experiment, std::string_view visitorId) {
  std::uint32_t hash = hash32(visitorId, hash32(" ", hash32(experiment)));
  hash = (hash ^ (hash >> 16)) * 0x85EBCA6Bu;
  hash = (hash ^ (hash >> 13)) * 0xC2B2AE35u;
  return (hash ^ (hash >> 16)) / 4294967296.0;
}

const Json* Experiments::variantOf(std::string_view experiment) const {
  const Json* found = member(config_, experiment);
  const Json* variants = found ? member(*found, "variants") : nullptr;
  if (!variants || variants->children.empty()) return nullptr;
  if (!mayHoldIds(consent_)) return &variants->children.front();
  double total = 0;
  const auto weightOf = [](const Json& variant) { return std::max(0.0, numberMember(variant, "weight", 1)); };
  for (const Json& variant : variants->children) total += weightOf(variant);
  double left = bucketOf(experiment, identity_.visitorId()) * total;
  for (const Json& variant : variants->children) {
    left -= weightOf(variant);
    if (left < 0) return &variant;
  }
  return &variants->children.front();  // all weights are 0
}

Text Experiments::expose(std::string_view experiment, bool& isFirst) {
  const Json* variant = variantOf(experiment);
  if (!variant) return {};
  const Text name(stringMember(*variant, "name"));
  if (!mayHoldIds(consent_)) return name;
  if (visitorId_ != identity_.visitorId()) {
    visitorId_ = identity_.visitorId();
    exposed_.clear();
  }
  if (std::find(exposed_.begin(), exposed_.end(), experiment) != exposed_.end()) return name;
  exposed_.emplace_back(experiment);
  isDirty_ = isFirst = true;
  return name;
}

Json Experiments::vary(Json request) const {
  const Json* variant = variantOf(stringMember(request, "experiment"));
  const Json* slot = variant ? member(*variant, "slot") : nullptr;
  if (!slot || !request.isObject()) return request;
  for (const Json& change : slot->children) {
    Json changed = change;
    const Json* was = change.name == "query" ? member(request, "query") : nullptr;
    // If two members have the same name, the later one counts.
    if (was) changed.children.insert(changed.children.begin(), was->children.begin(), was->children.end());
    request.children.push_back(std::move(changed));
  }
  return request;
}

void Experiments::load(std::string_view record) {
  const Json stored = parseJson(record);
  if (!stored.isArray() || stored.children.empty() || stored.children[0].text != identity_.visitorId()) return;
  visitorId_ = identity_.visitorId();
  for (std::size_t i = 1; i < stored.children.size(); ++i) {
    const Text& name = stored.children[i].text;
    if (std::find(exposed_.begin(), exposed_.end(), name) == exposed_.end()) exposed_.push_back(name);
  }
}

Text Experiments::unsaved() {
  // The events of another visitor are that visitor's.
  if (!std::exchange(isDirty_, false) || visitorId_ != identity_.visitorId()) return {};
  Text out = "[";
  appendString(out, visitorId_);
  for (const Text& name : exposed_) {
    out += ',';
    appendString(out, name);
  }
  return out + "]";
}

}  // namespace vitrine
