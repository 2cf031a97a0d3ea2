// The operations and values of one rendering. Two renderings with the same operations have the same structure and
// differ only in their values.
//
// Template::recordTrace() and Template::renderSample() (template.h) fill it; CardShapes (card_shape.h) finds the shape
// of a card by its operations.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/list.h"
#include "base/text.h"

namespace vitrine {

// Holds the operations of one card, and the values of that card and of the cards before it.
struct RenderTrace {
  // Marks the operation of an empty value: an empty text makes no node, so the structure differs.
  static constexpr std::uint32_t kEmpty = 1u << 31;

  List<std::uint32_t> operations;  // numbers of the template's operations, in the order they ran
  Text text;                       // all values, one after the other, as a browser will read them
  List<std::size_t> ends;          // where each value ends in `text`
  List<std::size_t> positions;     // samples only: where each value stands in the markup
  bool isTextOnly = true;          // false: a value is markup, or the rendering grew out of bounds

  // Starts the next card: forgets the operations and keeps the values.
  void nextCard() {
    operations.clear();
    isTextOnly = true;
  }
  // Forgets all values but the first `count`.
  void truncate(std::size_t count) {
    ends.resize(count);
    text.resize(count == 0 ? 0 : ends.back());
  }
  std::string_view value(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends[i - 1];
    return std::string_view(text).substr(begin, ends[i] - begin);
  }
};

}  // namespace vitrine
