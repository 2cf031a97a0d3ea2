#include "base/utf8.h"

#include <cstdint>

#include "base/block.h"

namespace vitrine {

VITRINE_ONCE std::size_t sequenceLength(std::string_view text, std::size_t i) {
  const auto at = [&](std::size_t k) { return k < text.size() ? static_cast<unsigned char>(text[k]) : 0u; };
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

const char* plainEnd(const char* at, const char* end) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  constexpr std::uint64_t kTops = kOnes * 0x80;
  // Eight bytes at a time (Mycroft's trick): sets the top bit of each byte below `low`. Exact for plain bytes, which is
  // enough, since any other byte ends the loop.
  const auto below = [](std::uint64_t bytes, unsigned low) { return (bytes - kOnes * low) & ~bytes; };
  for (; end - at >= 8; at += 8) {
    std::uint64_t bytes;
    __builtin_memcpy(&bytes, at, 8);
    if (((bytes | below(bytes, 0x20) | below(bytes ^ (kOnes * '"'), 1) | below(bytes ^ (kOnes * '\\'), 1)) & kTops) !=
        0)
      break;
  }
  for (; at < end; ++at) {
    const auto c = static_cast<unsigned char>(*at);
    if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') break;
  }
  return at;
}

}  // namespace vitrine
