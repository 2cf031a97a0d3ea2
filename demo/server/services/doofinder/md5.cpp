#include "services/doofinder/md5.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>

namespace vitrine::demo {
namespace {

constexpr int kShifts[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};

std::uint32_t wordAt(std::string_view block, std::size_t word) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i-- > 0;) value = value << 8 | static_cast<unsigned char>(block[word * 4 + i]);
  return value;
}

// One of the 64 steps: which bits are mixed, and which word of the block is added.
std::uint32_t mixed(std::size_t step, const std::uint32_t state[4], std::string_view block) {
  const std::uint32_t b = state[1], c = state[2], d = state[3];
  switch (step / 16) {
    case 0:
      return ((b & c) | (~b & d)) + wordAt(block, step);
    case 1:
      return ((d & b) | (~d & c)) + wordAt(block, (5 * step + 1) % 16);
    case 2:
      return (b ^ c ^ d) + wordAt(block, (3 * step + 5) % 16);
    default:
      return (c ^ (b | ~d)) + wordAt(block, 7 * step % 16);
  }
}

}  // namespace

std::string md5(std::string_view text) {
  std::string padded(text);
  padded += '\x80';
  while (padded.size() % 64 != 56) padded += '\0';
  for (int shift = 0; shift < 64; shift += 8)
    padded += static_cast<char>(static_cast<std::uint64_t>(text.size()) * 8 >> shift & 0xff);

  std::uint32_t sum[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
  for (std::size_t begin = 0; begin < padded.size(); begin += 64) {
    std::uint32_t state[4] = {sum[0], sum[1], sum[2], sum[3]};
    for (std::size_t step = 0; step < 64; ++step) {
      const auto constant =
          static_cast<std::uint32_t>(std::fabs(std::sin(static_cast<double>(step + 1))) * 4294967296.0);
      const std::uint32_t value = state[0] + mixed(step, state, std::string_view(padded).substr(begin, 64)) + constant;
      state[0] = state[3];
      state[3] = state[2];
      state[2] = state[1];
      state[1] += std::rotl(value, kShifts[step / 16][step % 4]);
    }
    for (int i = 0; i < 4; ++i) sum[i] += state[i];
  }
  std::string digits;
  for (const std::uint32_t word : sum)
    for (int shift = 0; shift < 32; shift += 8) {
      char pair[3];
      std::snprintf(pair, sizeof pair, "%02x", word >> shift & 0xff);
      digits += pair;
    }
  return digits;
}

}  // namespace vitrine::demo
