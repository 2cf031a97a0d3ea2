// The core's only randomness: one seed of 128 bits from outside, from which everything else follows.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/text.h"
#include "base/time.h"

namespace vitrine {

// xoshiro128++ (Blackman and Vigna, public domain). Good for ids and jitter; not for secrets.
class Random {
 public:
  // seedHex: 32 hexadecimal digits from a cryptographic source. Any other text is folded in, so
  // a host without such a source still gets different ids from different seeds.
  explicit Random(std::string_view seedHex);

  std::uint32_t next();
  double unit();  // in [0, 1)

  // `length` characters of Crockford base32 in lower case (5 bits each).
  Text token(int length);

  // A ULID (github.com/ulid/spec): 48 bits of wall time, 80 random bits, 26 characters. Ids made within one
  // millisecond, or while the clock stands behind an earlier id, count up from the last, so ids of one runtime always
  // sort by creation.
  Text ulid(TimeMs wallMs);
  // The next ulid() does not continue the one before: it is later, with another random part.
  void beginUlids() { isUlidNew_ = true; }

 private:
  std::uint32_t state_[4];
  std::uint64_t lastMs_ = 0;
  std::uint64_t tailHigh_ = 0;  // the upper and lower 40 of the 80 random bits
  std::uint64_t tailLow_ = 0;
  bool isUlidNew_ = false;
};

}  // namespace vitrine
