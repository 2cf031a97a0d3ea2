#include "base/random.h"

#include <algorithm>
#include <utility>

namespace vitrine {
namespace {

constexpr char kUpper[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr char kLower[] = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::uint64_t kMask40 = (std::uint64_t{1} << 40) - 1;

std::uint32_t rotateLeft(std::uint32_t x, int k) { return (x << k) | (x >> (32 - k)); }

void appendBase32(Text& out, std::uint64_t value, int length) {
  for (int shift = (length - 1) * 5; shift >= 0; shift -= 5) out += kUpper[(value >> shift) & 31];
}

}  // namespace

Random::Random(std::string_view seedHex) : state_{0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667} {
  for (std::size_t i = 0; i < seedHex.size(); ++i) {
    const char c = seedHex[i];
    const std::uint32_t digit =
        c <= '9' ? static_cast<std::uint32_t>(c - '0') : static_cast<std::uint32_t>((c | 32) - 'a' + 10);
    std::uint32_t& word = state_[(i / 8) % 4];
    word = rotateLeft(word, 4) ^ digit;
  }
  for (int i = 0; i < 16; ++i) next();  // mix: neighbouring seeds must not give neighbouring first ids
}

std::uint32_t Random::next() {
  const std::uint32_t result = rotateLeft(state_[0] + state_[3], 7) + state_[0];
  const std::uint32_t t = state_[1] << 9;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= t;
  state_[3] = rotateLeft(state_[3], 11);
  return result;
}

double Random::unit() { return next() * (1.0 / 4294967296.0); }

Text Random::token(int length) {
  Text out;
  out.reserve(static_cast<std::size_t>(length));
  for (int i = 0; i < length; ++i) out += kLower[next() >> 27];
  return out;
}

Text Random::ulid(TimeMs wallMs) {
  const auto ms = wallMs > 0 ? static_cast<std::uint64_t>(wallMs) : 0;
  if (const bool isNew = std::exchange(isUlidNew_, false); isNew || ms > lastMs_) {
    lastMs_ = std::max(ms, lastMs_ + 1);
    tailHigh_ = ((static_cast<std::uint64_t>(next()) << 8) | (next() >> 24)) & kMask40;
    tailLow_ = ((static_cast<std::uint64_t>(next()) << 8) | (next() >> 24)) & kMask40;
  } else if (++tailLow_ > kMask40) {
    tailLow_ = 0;
    tailHigh_ = (tailHigh_ + 1) & kMask40;
  }
  Text out;
  out.reserve(26);
  appendBase32(out, lastMs_, 10);
  appendBase32(out, tailHigh_, 8);
  appendBase32(out, tailLow_, 8);
  return out;
}

}  // namespace vitrine
