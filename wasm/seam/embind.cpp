// Embind's C++ half that is not in its header, for what wasm/seam/embind.js knows. The library's own (-lembind)
// registers every builtin type and brings sprintf along, for the names of types that are not bound. Together with its
// JavaScript half that is 3.4 kB (brotli) of every page.
#include <emscripten/bind.h>

#include <string>

#include "seam/embind_pins.h"

// Embind calls this once, after the EMSCRIPTEN_BINDINGS block has run.
extern "C" void _embind_register_bindings(emscripten::internal::InitFunc*) {
  using namespace emscripten::internal;
  _embind_register_void(TypeID<void>::get(), "void");
  _embind_register_float(TypeID<double>::get(), "double", sizeof(double));
  _embind_register_std_string(TypeID<std::string>::get(), "std::string");
  _embind_register_std_string(TypeID<std::string_view>::get(), "std::string_view");
}
