// Replaces Embind's compiled C++ library (-lembind), for the types that wasm/seam/embind.js supports. That library
// registers every builtin type, and links sprintf to name types that are not bound. Together with Embind's JavaScript
// half it would add 3.4 kB (brotli) to every page.
#include <emscripten/bind.h>

#include <string_view>

#include "base/text.h"
#include "seam/embind_pins.h"

// Embind calls this once, after the EMSCRIPTEN_BINDINGS block has run. wasm/seam/embind.js reads no names of types.
extern "C" void _embind_register_bindings(emscripten::internal::InitFunc*) {
  using namespace emscripten::internal;
  _embind_register_void(TypeID<void>::get(), "");
  _embind_register_float(TypeID<double>::get(), "", sizeof(double));
  _embind_register_std_string(TypeID<vitrine::Text>::get(), "");
  _embind_register_std_string(TypeID<std::string_view>::get(), "");
}
