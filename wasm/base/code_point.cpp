#include "base/code_point.h"

#include "base/block.h"

namespace vitrine {

VITRINE_ONCE void appendCodePoint(Text& out, std::uint32_t code) {
  if (code >= 0xD800 && code < 0xE000) code = 0xFFFD;
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

VITRINE_ONCE int hexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 32);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

VITRINE_ONCE std::uint32_t readCode(std::string_view digits, std::uint32_t base) {
  std::uint32_t code = digits.empty() ? kNoCode : 0;
  for (const char c : digits) {
    const auto digit = static_cast<std::uint32_t>(hexValue(c));
    if (digit >= base || code > 0x10FFFF) return kNoCode;
    code = code * base + digit;
  }
  return code;
}

}  // namespace vitrine
