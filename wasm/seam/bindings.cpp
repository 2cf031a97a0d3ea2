// Exports the calls of the seam (seam/calls.inc) to the page under their names. No other function is exported.
#include <emscripten/bind.h>
#include <emscripten/em_js.h>

#include <memory>
#include <string_view>
#include <utility>

#include "base/list.h"
#include "base/text.h"
#include "seam/embind_pins.h"
#include "seam/seam.h"
#include "slots/prerender.h"
#include "templates/template_cache.h"

// Used by base/number.cpp: the JavaScript engine prints and reads the numbers that our own code does not cover.
EM_JS(int, vitrineNumberToText, (double value, char* out), {
  const text = String(value);
  for (let i = 0; i < text.length; i++) HEAPU8[out + i] = text.charCodeAt(i);
  return text.length;
});
EM_JS(double, vitrineTextToNumber, (const char* text, int length), { return Number(seamText(text, text + length)); });

EM_JS_DEPS(vitrine, "$seamText");

// Passes a reply as a view of the caller's bytes, which saves one copy.
template <>
struct emscripten::internal::BindingType<std::string_view> {
  using WireType = vitrine::TextOnHeap*;
  static std::string_view fromWireType(WireType given) { return {given->data, given->length}; }
};

template <>
struct emscripten::internal::BindingType<vitrine::Text> {
  using WireType = vitrine::TextOnHeap*;
  static vitrine::Text fromWireType(WireType given) { return {given->data, given->length}; }
  static WireType toWireType(const vitrine::Text& text, rvp::default_tag) {
    return BindingType<std::string>::toWireType(text, rvp::default_tag());
  }
};

namespace {

using vitrine::Text;
using vitrine::seam::Core;

// The calls are free functions whose first argument is a handle: a bound class would add 3 kB to the page.
vitrine::List<std::unique_ptr<Core>> runtimes;

double open(const Text& boot, double nowMs) {
  runtimes.push_back(std::make_unique<Core>(boot, nowMs));
  return static_cast<double>(runtimes.size() - 1);
}

// Frees the runtime. The handle must not be used again.
void close(double handle) { runtimes[static_cast<std::size_t>(handle)].reset(); }

#ifndef VITRINE_TRACKING_ONLY
vitrine::TemplateCache templates;

Text renderTemplate(const Text& text, const Text& data, const Text& options) {
  return templates.render(text, data, options);
}

Text validateTemplate(const Text& text, const Text& options) { return templates.validate(text, options); }
#endif

// Not inlined: the conversion of the handle would be repeated in each call.
VITRINE_ONCE Core& coreOf(double handle) { return *runtimes[static_cast<std::size_t>(handle)]; }

template <auto method>
struct Bound;

template <class Owner, class Result, class... Args, Result (Owner::*method)(Args...)>
struct Bound<method> {
  static Result call(double handle, Args... args) { return (coreOf(handle).*method)(args...); }
};

template <class Owner, class Result, class... Args, Result (Owner::*method)(Args...) const>
struct Bound<method> {
  static Result call(double handle, Args... args) { return (coreOf(handle).*method)(args...); }
};

template <auto method>
void bind(const char* name) {
  emscripten::function(name, &Bound<method>::call);
}

}  // namespace

EMSCRIPTEN_BINDINGS(vitrine) {
  emscripten::function("open", &open);
  emscripten::function("close", &close);
#define CALL(result, name, ...) bind<VITRINE_METHOD(result, name, __VA_ARGS__)>(#name);
#include "seam/calls.inc"
#undef CALL
#ifndef VITRINE_TRACKING_ONLY
  emscripten::function("renderTemplate", &renderTemplate);
  emscripten::function("renderWidget", &vitrine::renderWidget);
  emscripten::function("validateTemplate", &validateTemplate);
#endif
}
