// The list of all that crosses the seam, for whoever binds it by name: core/runtime.h has the contracts.
#pragma once

#include "core/runtime.h"

// X(method) once for each.
// clang-format off
#define VITRINE_SEAM(X)                                                                                 \
  X(serve) X(serveId) X(serveNumber) X(itemEvent) X(purchase) X(takeError)                              \
  X(watch) X(unwatch) X(itemVisible) X(look) X(viewRatios)                                              \
  X(identify) X(reset) X(setConsent) X(consent) X(optOut) X(optIn) X(visitorId) X(sessionId) X(userId)  \
  X(request) X(abort) X(setCart) X(setViewing) X(requestDone) X(openSlot) X(refreshSlot) X(closeSlot) X(slotHtml) X(slotServe)       \
  X(slotEvent) X(variant)                                                                               \
  X(flush) X(flushWithin) X(pause) X(resume)                                                            \
  X(setPageState) X(leaving) X(navigate) X(pageView) X(activate) X(suspend) X(restore)                  \
  X(claimed) X(claimRefused) X(found) X(saveFailed) X(storageChanged)                                   \
  X(wake) X(nextWakeMs) X(metrics) X(drainEffects)
// clang-format on
