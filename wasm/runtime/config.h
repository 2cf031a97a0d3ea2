// The shop's configuration, read once. A wrong option never stops the page: the default is used and a warning is
// logged.
#pragma once

#include <string_view>

#include "base/effects.h"
#include "base/json.h"
#include "base/list.h"
#include "base/text.h"
#include "base/time.h"
#include "calls/call_options.h"
#include "delivery/delivery_options.h"
#include "model/consent.h"
#include "shopper/attribution.h"
#include "shopper/privacy.h"
#include "tracking/page_views.h"
#include "tracking/tracking_options.h"
#include "tracking/viewability.h"

namespace vitrine {

struct Config {
  Text serviceName;                          // "" for none; "?" if provider has no name
  Json serviceOptions;                       // as given; read by the service's own file
  bool isPersistent = true;                  // events.persistence: 'localStorage' | 'memory'
  double sessionTimeoutMs = 30 * kMinuteMs;  // events.sessionTimeout: a session ends after this inactivity
  DeliveryOptions delivery;
  TrackingOptions tracking;
  Consent consent = Consent::kGranted;
  PrivacyOptions privacy;
  ViewRule viewability;
  AttributionOptions attribution;
  bool tracksPage = false;  // autoTrack: page views are recorded, and the page's markup is read
  PageViewOptions pageViews;
  Json experiments;  // as given (experiments.h)
  Json strings;      // texts of the widgets, as given (templates/strings.h)
  CallOptions calls;
  bool isServer = false;  // applicationType: 'server'
  // identity.visitorId, sessionId and userId: the shopper for whom an instance on a server works; "" for a new one.
  Text visitorId, sessionId, userId;
};

// Reads `object`, the object given to `new Vitrine`. Logs one warning for each unknown or wrong option.
Config readConfig(Json object, Effects& effects);

// Returns the consent of a page on which setConsent() has not been called. said: the level of the last setConsent() on
// another page, kUnknown if there is none. The stricter of it and the configured level counts, and a configured
// kUnknown gives way to it. hasGpc: the browser sends Global Privacy Control, which limits the result.
Consent consentWith(const Config& config, bool hasGpc, Consent said);

}  // namespace vitrine
