// The private parts of Embind that this folder builds on, pinned: if a new Emscripten changes one of them, the build
// ends here with a message that names the file to change, instead of a core that reads wrong memory
// (docs/decisions/0002-embind.md).
#pragma once

#include <emscripten/bind.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace vitrine {

using emscripten::internal::BindingType;
using emscripten::internal::GenericFunction;
using emscripten::internal::TYPEID;

template <class Actual, class Expected>
constexpr bool isPinned = std::is_same_v<Actual, Expected>;

#define VITRINE_PIN(name, type)                                       \
  static_assert(isPinned<decltype(emscripten::internal::name), type>, \
                "Emscripten has changed " #name ": adapt wasm/seam/embind.js and embind.cpp to <emscripten/bind.h>")

VITRINE_PIN(_embind_register_void, void(TYPEID, const char*));
VITRINE_PIN(_embind_register_float, void(TYPEID, const char*, std::size_t));
VITRINE_PIN(_embind_register_std_string, void(TYPEID, const char*));
VITRINE_PIN(_embind_register_function,
            void(const char*, unsigned, const TYPEID*, const char*, GenericFunction, GenericFunction, bool, bool));
VITRINE_PIN(_embind_register_bindings, void(emscripten::internal::InitFunc*));
#undef VITRINE_PIN

// embind.js reads and writes a std::string as {uint32 length; char bytes[length]}; bindings.cpp passes a
// std::string_view the same way.
using TextOnHeap = std::remove_pointer_t<BindingType<std::string>::WireType>;
static_assert(isPinned<decltype(TextOnHeap::length), std::size_t> && sizeof(std::size_t) == 4 &&
                  offsetof(TextOnHeap, length) == 0 && offsetof(TextOnHeap, data) == 4,
              "Emscripten has changed how a std::string crosses: adapt wasm/seam/embind.js and bindings.cpp to "
              "<emscripten/wire.h>");
static_assert(isPinned<BindingType<double>::WireType, double>,
              "Emscripten has changed how a double crosses: adapt wasm/seam/embind.js to <emscripten/wire.h>");

}  // namespace vitrine
