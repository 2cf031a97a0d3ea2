// UTF-8, as Unicode 15 defines it in table 3-7.
#pragma once

#include <cstddef>
#include <string_view>

namespace vitrine {

// Length of the well-formed sequence that starts at text[i], 0 if there is none.
std::size_t sequenceLength(std::string_view text, std::size_t i);

// Where the first byte that is not plain in a JSON string stands: a quote, a backslash, a control character, or part of
// a longer sequence; `end` if there is none.
const char* plainEnd(const char* at, const char* end);

}  // namespace vitrine
