// What a template may look at: values found by name, without a tree being built for them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vitrine {

class Data;

// One part of a dotted name. `field` is the number that a view's own names have, found once when a template is
// compiled.
struct Step {
  std::string text;
  std::uint8_t field = 0;  // 0: of no view's own names
};

struct Value {
  std::string_view text;       // how it is written; "" for lists and objects
  const Data* data = nullptr;  // finds its members and elements; null if it has none
  const void* node = nullptr;  // what `view` knows it by
  std::size_t count = 0;       // elements of a list
  bool isFound = false;        // false: look further out
  bool isTrue = false;         // whether its section is rendered
  bool isList = false;
  bool isClean = false;  // the text is an address that may stand anywhere (isCleanUrl)
};

class Data {
 public:
  Data() = default;
  Data(const Data&) = delete;
  Data& operator=(const Data&) = delete;
  virtual ~Data() = default;

  // `scratch` may hold the text of the answer, until the next call.
  virtual Value member(const void* node, const Step& name, std::string& scratch) const = 0;
  virtual Value element(const void* node, std::size_t index, std::string& scratch) const = 0;
};

inline Value textValue(std::string_view text) {
  Value value;
  value.text = text;
  value.isFound = true;
  value.isTrue = !text.empty();
  return value;
}

}  // namespace vitrine
