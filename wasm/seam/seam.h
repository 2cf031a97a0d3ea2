// The list of all that crosses the seam, for whoever binds it by name: runtime/tracking_runtime.h and runtime/runtime.h
// have the contracts.
#pragma once

#include "runtime/runtime.h"

// X(method) once for each: those of a page that only tracks, and those that come with products.
// clang-format off
#define VITRINE_TRACKING_SEAM(X)                                                                        \
  X(serve) X(serveId) X(serveNumber) X(itemEvent) X(purchase) X(takeError)                              \
  X(watch) X(unwatch) X(itemVisible) X(look) X(viewRatios)                                              \
  X(identify) X(reset) X(setConsent) X(consent) X(optOut) X(optIn) X(visitorId) X(sessionId) X(userId)  \
  X(requestDone) X(variant)                                                                             \
  X(flush) X(flushWithin) X(pause) X(resume)                                                            \
  X(setPageState) X(leaving) X(navigate) X(pageView) X(activate) X(suspend) X(restore)                  \
  X(claimed) X(claimRefused) X(found) X(copied) X(saveFailed) X(storageChanged)                         \
  X(wake) X(nextWakeMs) X(metrics) X(drainEffects)

#define VITRINE_SEAM(X)                                                                                 \
  VITRINE_TRACKING_SEAM(X)                                                                              \
  X(request) X(abort) X(setCart) X(setViewing)                                                          \
  X(openSlot) X(refreshSlot) X(closeSlot) X(slotHtml) X(slotPatch) X(slotServe) X(slotItem) X(slotEvent) X(sampleReply)
// clang-format on
