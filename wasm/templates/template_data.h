// The data that a template reads: values found by name, without building a tree for them.
//
// A rendering (template.h) asks Data for members and elements. There are two implementations: CardData (card_data.h)
// reads a slate, JsonData (json_data.h) reads JSON.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/block.h"
#include "base/text.h"

namespace vitrine {

class Data;

// One key of a dotted name: "rating.stars" has two. `field` is looked up once, when the template is compiled
// (TemplateOptions::fieldOf), so that a rendering compares numbers instead of text.
struct Key {
  Text text;
  std::uint8_t field = 0;  // the number that the data gives this key; 0 if it has none
};

// One value of the data.
struct Value {
  std::string_view text;       // the text that {{name}} writes; "" for lists and objects
  const Data* data = nullptr;  // finds members and elements; null if the value has none
  const void* node = nullptr;  // identifies the value to `data`
  std::size_t count = 0;       // number of elements of a list
  bool isFound = false;        // false: the name is looked up in the next outer scope
  bool isTrue = false;         // whether the section of this name is rendered
  bool isList = false;
  bool isClean = false;  // the text is an address that needs no further check (isCleanUrl)
};

class Data {
 public:
  Data() = default;
  Data(const Data&) = delete;
  Data& operator=(const Data&) = delete;
  virtual ~Data() = default;

  // Returns the member `key` of `node`; a value with isFound false if there is none.
  // scratch: may hold the text of the returned value, which then lasts until the next call.
  virtual Value member(const void* node, const Key& key, Text& scratch) const = 0;
  // Returns element `index` of the list `node`. index: from 0, below the list's count.
  virtual Value element(const void* node, std::size_t index, Text& scratch) const = 0;
};

// Returns a found value that writes `text`, and shows its section unless the text is empty.
VITRINE_ONCE inline Value textValue(std::string_view text) {
  Value value;
  value.text = text;
  value.isFound = true;
  value.isTrue = !text.empty();
  return value;
}

}  // namespace vitrine
