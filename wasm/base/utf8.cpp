#include "base/utf8.h"

#include <cstdint>

#include "base/block.h"

namespace vitrine {

VITRINE_ONCE std::size_t sequenceLength(std::string_view text, std::size_t i) {
  const auto at = [&](std::size_t k) { return k < text.size() ? static_cast<unsigned char>(text[k]) : 0u; };
  const unsigned first = at(i), second = at(i + 1);
  if (first < 0xC2 || first > 0xF4) return 0;
  const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  for (std::size_t k = 1; k < length; ++k) {
    if ((at(i + k) & 0xC0) != 0x80) return 0;
  }
  // Longer than needed, half of a surrogate pair, or above U+10FFFF.
  const bool isWrong = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                       (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
  return isWrong ? 0 : length;
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
