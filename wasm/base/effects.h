// Effects: the commands of the core to the page, as a list that the host performs in order.
//
// One string crosses per drain. Each effect is a record (base/field_writer.h): its verb, then all its fields in the
// order of base/effects.inc, which says what each effect means.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "base/for_each.h"
#include "base/list.h"
#include "base/text.h"

namespace vitrine {

enum class LogLevel { kInfo, kWarn, kError };

// The kinds of base/effects.inc, and a struct for each effect: effect::send{.requestId = 7, .url = url, …}.
namespace effect {

using number = double;
using flag = bool;
using text = std::string_view;
struct fields {
  std::string_view written;  // each field with its separator in front
};

#define VITRINE_MEMBER(entry) VITRINE_DECLARE(entry){};
#define EFFECT(verb, ...)                         \
  struct verb {                                   \
    VITRINE_FOR_EACH(VITRINE_MEMBER, __VA_ARGS__) \
  };
#include "base/effects.inc"
#undef EFFECT
#undef VITRINE_MEMBER

}  // namespace effect

class Effects {
  using number = effect::number;
  using flag = effect::flag;
  using text = effect::text;
  using fields = effect::fields;

 public:
  // For each effect two methods of its name: one takes the fields, one takes them as a struct.
#define VITRINE_FROM_STRUCT(entry) given.VITRINE_NAME(entry)
#define EFFECT(verb, ...)                                                                                             \
  void verb(VITRINE_LIST(VITRINE_DECLARE, __VA_ARGS__)) { record(#verb, {VITRINE_LIST(VITRINE_NAME, __VA_ARGS__)}); } \
  void verb([[maybe_unused]] const effect::verb& given) {                                                             \
    record(#verb, {VITRINE_LIST(VITRINE_FROM_STRUCT, __VA_ARGS__)});                                                  \
  }
#include "base/effects.inc"
#undef EFFECT
#undef VITRINE_FROM_STRUCT

  // A line for the console, written once: the same line again, or a line after the first hundred, is left out.
  void log(LogLevel level, std::string_view code, std::string_view message, std::string_view error = {});

  bool empty() const { return text_.empty(); }
  Text drain() {
    ++drains_;
    return std::exchange(text_, {});
  }
  std::uint32_t drains() const { return drains_; }  // how often drain() was called

 private:
  struct Field {
    enum class Kind { kText, kNumber, kFields };
    Field(std::string_view value) : kind(Kind::kText), text(value) {}
    Field(double value) : kind(Kind::kNumber), number(value) {}
    Field(bool value) : Field(static_cast<double>(value)) {}
    Field(effect::fields value) : kind(Kind::kFields), text(value.written) {}

    Kind kind;
    union {
      std::string_view text;
      double number;
    };
  };

  void record(std::string_view verb, std::initializer_list<Field> values);

  Text text_;
  std::uint32_t drains_ = 0;
  List<std::uint32_t> loggedLines_;  // hashes
};

}  // namespace vitrine
