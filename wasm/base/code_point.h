// Characters by their numbers in Unicode.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/text.h"

namespace vitrine {

// Appends the character of that number; for a half of a surrogate pair U+FFFD.
void appendCodePoint(Text& out, std::uint32_t code);

// Returns the value of a hexadecimal digit; -1 for another character.
int hexValue(char c);

// Returns the number that the digits of this base (10 or 16) say. Returns kNoCode for other texts, and for numbers far
// above Unicode's.
constexpr std::uint32_t kNoCode = 0xFFFFFFFF;
std::uint32_t readCode(std::string_view digits, std::uint32_t base);

}  // namespace vitrine
