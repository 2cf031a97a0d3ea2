// The options of the configuration's `events` that decide how events are kept and sent.
#pragma once

#include <cstddef>

#include "base/text.h"
#include "base/time.h"

namespace vitrine {

// `DeliveryOptions::growth` of every form but Vitrine's own. js/formats/formats.ts has the same number.
constexpr std::size_t kFormatGrowth = 5;

// `enabled` to `maxRetries` are documented options of the Refine SDK, with its defaults.
struct DeliveryOptions {
  bool enabled = true;                     // false: no event is queued
  int batchSize = 10;                      // this many waiting events are sent without waiting for the interval
  double flushIntervalMs = 5 * kSecondMs;  // the longest time that an event waits for others to fill a batch
  int maxQueueSize = 1000;                 // events
  int maxRetries = 3;                      // tries in one burst; a cool-down follows

  int maxBatchSize = 100;             // most events of one batch, when a backlog is sent
  double maxQueueBytes = 512 * 1024;  // a tenth of what browsers give an origin; 1000 clicks are about 330 kB
  double maxBatchBytes = 48 * 1024;   // leaves room for a second request in the 64 KiB that keepalive requests share
  double maxAgeMs = 7 * kDayMs;       // older events are useless for attribution windows, and are dropped (lifetimes.h)
  double requestTimeoutMs = 15 * kSecondMs;
  // A batch in the neutral form counts as delivered only if the reply is JSON with a number `accepted` that covers it.
  bool acknowledge = false;
  // Bytes that leave the page for each byte of a batch to `url`. More than 1 where the host converts batches into the
  // form of another pipeline (events.format). The host sends a batch that grows more without keepalive.
  std::size_t growth = 1;
  Text url;  // the shop's own collector, for events that the service does not take; "" for none
};

}  // namespace vitrine
