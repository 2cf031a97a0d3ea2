// The shop's configuration, read once. A wrong option never stops the page: the default is used and the developer is
// told.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/effects.h"
#include "base/json.h"
#include "base/time.h"
#include "model/consent.h"
#include "shopper/attribution.h"
#include "shopper/privacy.h"
#include "tracking/rate.h"
#include "tracking/viewability.h"

namespace vitrine {

struct EventOptions {
  // The first seven are the Refine SDK's documented options and defaults.
  bool enabled = true;
  int batchSize = 10;                        // so many waiting events are sent without waiting for the interval
  double flushIntervalMs = 5 * kSecondMs;    // the longest an event waits for company
  int maxQueueSize = 1000;                   // events
  int maxRetries = 3;                        // in one burst; then a cool-down
  bool isPersistent = true;                  // persistence: 'localStorage' | 'memory'
  double sessionTimeoutMs = 30 * kMinuteMs;  // of inactivity

  int maxBatchSize = 100;             // a backlog travels in batches of up to this many events
  double maxQueueBytes = 512 * 1024;  // a tenth of what browsers give an origin; 1000 clicks are about 330 kB
  double maxBatchBytes = 48 * 1024;   // leaves a second request room in the 64 KiB that keepalive requests share
  double maxAgeMs = 7 * kDayMs;       // older events are of no use to attribution windows, and are dropped
  double requestTimeoutMs = 15 * kSecondMs;
  std::string url;         // a collector of the shop's own, for events that the service has no place for; "" for none
  RateOptions rate;        // rateLimit: {burst, perSecond}
  bool dropsBots = false;  // bots: 'tag' | 'drop'
};

struct CallOptions {
  double timeoutMs = 10 * kSecondMs;  // of a question, further tries included
  int retries = 1;                    // after what may be over in a moment (calls.cpp)
  double maxAgeMs = 1 * kMinuteMs;    // a reply this young answers the same question without asking
  double staleMs = 4 * kMinuteMs;     // so much older ones too, while the next is fetched
};

struct Config {
  std::string provider = "refine";
  Json providerOptions;  // as given; the provider's own room reads it
  EventOptions events;
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

// Reads `config` (the object given to `new Vitrine`); each unknown or ill-typed option becomes one log effect.
Config readConfig(const Json& config, Effects& effects);

// The consent to start with, where the browser may send Global Privacy Control.
Consent consentWith(const Config& config, bool hasGpc);

}  // namespace vitrine
