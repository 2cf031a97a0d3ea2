// UTF-8, as Unicode 15 defines it in table 3-7.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/text.h"

namespace vitrine {

// Returns the length of the well-formed sequence that starts at text[i], or 0 if there is none.
std::size_t sequenceLength(std::string_view text, std::size_t i);

// Returns the first byte that is not plain in a JSON string: a quote, a backslash, a control character, or a byte of a
// longer sequence. Returns `end` if there is none.
const char* plainEnd(const char* at, const char* end);

// Appends the character of that number; for a half of a surrogate pair U+FFFD.
void appendCodePoint(Text& out, std::uint32_t code);

// Returns the number that the digits of this base (10 or 16) say. Returns kNoCode for other texts, and for numbers far
// above Unicode's.
constexpr std::uint32_t kNoCode = 0xFFFFFFFF;
std::uint32_t readCode(std::string_view digits, std::uint32_t base);

}  // namespace vitrine
