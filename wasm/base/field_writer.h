// Text that the page splits instead of parsing: fields with a separator in front of each, records with an end.
//
// Neither character can occur in a field: JSON text escapes all control characters, ids and addresses have none, and
// rendered HTML drops them. The page reads with js/core/fields.ts, the tests with tools/seam.mjs.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/number.h"
#include "base/text.h"

namespace vitrine {

class FieldWriter {
 public:
  static constexpr char kSeparator = '\x1f';
  static constexpr char kRecordEnd = '\x1e';

  explicit FieldWriter(Text& out) : out_(out) {}

  // Begins a field; the caller appends its text to the string that is returned.
  Text& begin() { return out_ += kSeparator; }
  FieldWriter& add(std::string_view text) {
    begin() += text;
    return *this;
  }
  FieldWriter& add(std::size_t number) {
    appendInteger(begin(), number);
    return *this;
  }

 private:
  Text& out_;
};

}  // namespace vitrine
