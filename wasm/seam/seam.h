// Reads the list of calls (seam/calls.inc): the kinds as C++ types, and a check that each call is a method of the core
// with the arguments and the result of the list.
#pragma once

#include <string_view>
#include <type_traits>

#include "base/for_each.h"
#include "base/text.h"
#include "runtime/runtime.h"

namespace vitrine::seam {

// The C++ type of each kind as an argument.
using number = double;
using text = const Text&;
using bytes = std::string_view;

// The C++ type of each kind as a result.
namespace result {
using number = double;
using text = Text;
using bytes = Text;
using nothing = void;
}  // namespace result

// In a build that only tracks, the linker leaves out the rest of the core.
#ifdef VITRINE_TRACKING_ONLY
using Core = TrackingRuntime;
#else
using Core = Runtime;
#endif

// The method of a call, picked by its signature: VITRINE_METHOD(number, consent) does not compile unless Core has it.
template <class Signature>
struct Method;
template <class Result, class... Args>
struct Method<Result(Args...)> {
  template <class Owner>
  static constexpr auto of(Result (Owner::*method)(Args...)) {
    return method;
  }
  template <class Owner>
  static constexpr auto of(Result (Owner::*method)(Args...) const) {
    return method;
  }
};

#define VITRINE_METHOD(kind, name, ...)                                                                 \
  vitrine::seam::Method<vitrine::seam::result::kind(VITRINE_LIST(VITRINE_SEAM_KIND, __VA_ARGS__))>::of( \
      &vitrine::seam::Core::name)
#define VITRINE_SEAM_KIND(entry) vitrine::seam::VITRINE_KIND(entry)

}  // namespace vitrine::seam
