// The shop's configuration, read once. A wrong option never stops the page: the default is used and the developer is
// told.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/effects.h"
#include "base/json.h"
#include "base/time.h"
#include "calls/call_options.h"
#include "delivery/delivery_options.h"
#include "model/consent.h"
#include "shopper/attribution.h"
#include "shopper/privacy.h"
#include "tracking/tracking_options.h"
#include "tracking/viewability.h"

namespace vitrine {

struct Config {
  std::string serviceName = "refine";
  Json serviceOptions;                       // as given; the service's own file reads it
  bool isPersistent = true;                  // events.persistence: 'localStorage' | 'memory'
  double sessionTimeoutMs = 30 * kMinuteMs;  // events.sessionTimeout: of inactivity
  DeliveryOptions delivery;
  TrackingOptions tracking;
  Consent consent = Consent::kGranted;
  PrivacyOptions privacy;
  ViewRule viewability;
  AttributionOptions attribution;
  bool tracksPage = false;  // autoTrack: page views are told, and what the page's markup says
  Json experiments;         // as given (experiments.h)
  Json strings;             // of the widgets (templates/strings.h)
  CallOptions calls;
  bool isServer = false;  // applicationType: 'server'
};

// Reads `object`, the argument of `new Vitrine`; each unknown or ill-typed option becomes one log effect.
Config readConfig(const Json& object, Effects& effects);

// The consent to start with, where the browser may send Global Privacy Control.
Consent consentWith(const Config& config, bool hasGpc);

}  // namespace vitrine
