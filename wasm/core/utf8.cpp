#include "core/utf8.h"

namespace vitrine {

std::size_t sequenceLength(std::string_view s, std::size_t i) {
  const auto at = [&](std::size_t k) { return k < s.size() ? static_cast<unsigned char>(s[k]) : 0u; };
  const auto isTail = [&](std::size_t k, unsigned low = 0x80, unsigned high = 0xBF) {
    return at(k) >= low && at(k) <= high;
  };
  const unsigned c = at(i);
  if (c >= 0xC2 && c <= 0xDF) return isTail(i + 1) ? 2 : 0;
  if (c >= 0xE0 && c <= 0xEF) {
    const unsigned low = c == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = c == 0xED ? 0x9F : 0xBF;
    return isTail(i + 1, low, high) && isTail(i + 2) ? 3 : 0;
  }
  if (c >= 0xF0 && c <= 0xF4) {
    const unsigned low = c == 0xF0 ? 0x90 : 0x80;
    const unsigned high = c == 0xF4 ? 0x8F : 0xBF;
    return isTail(i + 1, low, high) && isTail(i + 2) && isTail(i + 3) ? 4 : 0;
  }
  return 0;
}

}  // namespace vitrine
