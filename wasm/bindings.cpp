// The seam: what the page may call, under the same names. Nothing else crosses, and nothing else is decided here.
#include <emscripten/bind.h>
#include <emscripten/em_js.h>

#include "core/runtime.h"

// core/number.cpp: the engine's own number printer and reader, for the numbers that ours does not cover.
EM_JS(int, vitrineNumberToText, (double value, char* out, int capacity),
      { return stringToUTF8(String(value), out, capacity); });
EM_JS(double, vitrineTextToNumber, (const char* text, int length), { return Number(UTF8ToString(text, length)); });

EM_JS_DEPS(vitrine, "$UTF8ToString,$stringToUTF8");

using vitrine::Runtime;

EMSCRIPTEN_BINDINGS(vitrine) {
  emscripten::class_<Runtime>("Runtime")
      .constructor<const std::string&, double>()
      .function("serve", &Runtime::serve)
      .function("serveId", &Runtime::serveId)
      .function("itemEvent", &Runtime::itemEvent)
      .function("purchase", &Runtime::purchase)
      .function("takeError", &Runtime::takeError)
      .function("identify", &Runtime::identify)
      .function("reset", &Runtime::reset)
      .function("setConsent", &Runtime::setConsent)
      .function("consent", &Runtime::consent)
      .function("visitorId", &Runtime::visitorId)
      .function("sessionId", &Runtime::sessionId)
      .function("userId", &Runtime::userId)
      .function("request", &Runtime::request)
      .function("abort", &Runtime::abort)
      .function("requestDone", &Runtime::requestDone)
      .function("openSlot", &Runtime::openSlot)
      .function("closeSlot", &Runtime::closeSlot)
      .function("slotEvent", &Runtime::slotEvent)
      .function("optOut", &Runtime::optOut)
      .function("optIn", &Runtime::optIn)
      .function("flush", &Runtime::flush)
      .function("flushWithin", &Runtime::flushWithin)
      .function("pause", &Runtime::pause)
      .function("resume", &Runtime::resume)
      .function("setPageState", &Runtime::setPageState)
      .function("leaving", &Runtime::leaving)
      .function("navigate", &Runtime::navigate)
      .function("suspend", &Runtime::suspend)
      .function("restore", &Runtime::restore)
      .function("claimed", &Runtime::claimed)
      .function("claimRefused", &Runtime::claimRefused)
      .function("found", &Runtime::found)
      .function("saveFailed", &Runtime::saveFailed)
      .function("storageChanged", &Runtime::storageChanged)
      .function("wake", &Runtime::wake)
      .function("nextWakeMs", &Runtime::nextWakeMs)
      .function("metrics", &Runtime::metrics)
      .function("drainEffects", &Runtime::drainEffects);
}
