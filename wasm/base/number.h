// Reads and writes decimal numbers, with the same digits natively and in WebAssembly.
//
// In a page the JavaScript engine's own printer and reader do the hard cases, because those of the C library weigh 8 kB
// compressed. Natively the C++ library does. tests/native/base/number_test.cpp and the boundary tests hold both to the
// same text.
#pragma once

#include <cmath>
#include <cstdint>
#include <string_view>

#include "base/text.h"

namespace vitrine {

// Appends the shortest decimal that reads back as `value`, laid out as ECMAScript's Number::toString does.
// Not-a-number and infinities, which JSON cannot say, become null.
void appendNumber(Text& out, double value);

// Appends the decimal digits of `value`, at least `minimumDigits` of them.
void appendInteger(Text& out, std::uint64_t value, int minimumDigits = 1);

// Reads the JSON number at the start of `text`. `length`, if given, becomes how many characters it has: 0, and the
// result 0, if there is none.
double readNumber(std::string_view text, std::size_t* length = nullptr);

// Returns whether the number is above 0 and finite, as a quantity must be. Weights need not be whole.
inline bool isPositive(double number) { return number > 0 && std::isfinite(number); }

}  // namespace vitrine
