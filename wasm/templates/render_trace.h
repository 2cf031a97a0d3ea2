// How a rendering came about: two with the same operations differ in nothing but their values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine {

struct RenderTrace {
  // Marks the operation of a value that is empty: an empty text is no node.
  static constexpr std::uint32_t kEmpty = 1u << 31;

  std::vector<std::uint32_t> operations;  // in order
  std::string text;                       // of the values, one behind the other, as a browser will read them
  std::vector<std::size_t> ends;          // of each value in `text`
  std::vector<std::size_t> places;        // of a sample: where each stands in its markup
  bool isText = true;                     // false: one of them is markup, or it grew out of bounds

  // The next card is traced; values stay.
  void next() {
    operations.clear();
    isText = true;
  }
  // Forgets all values but so many.
  void keep(std::size_t values) {
    ends.resize(values);
    text.resize(values == 0 ? 0 : ends.back());
  }
  std::string_view value(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends[i - 1];
    return std::string_view(text).substr(begin, ends[i] - begin);
  }
};

}  // namespace vitrine
