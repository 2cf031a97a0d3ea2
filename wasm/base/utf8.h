// UTF-8, as Unicode 15 defines it in table 3-7.
#pragma once

#include <cstddef>
#include <string_view>

namespace vitrine {

// Returns the length of the well-formed sequence that starts at text[i], or 0 if there is none.
std::size_t sequenceLength(std::string_view text, std::size_t i);

// Returns the first byte that is not plain in a JSON string: a quote, a backslash, a control character, or a byte of a
// longer sequence. Returns `end` if there is none.
const char* plainEnd(const char* at, const char* end);

}  // namespace vitrine
