// FNV-1a: hashes of texts, good enough to tell the texts of one page apart, and no protection against anybody.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/block.h"

namespace vitrine {

// 64 bits: among the 10,000 items of a long page two collide once in 10^11 pages. `seed`: the hash of the text in
// front, to hash several texts as one.
VITRINE_ONCE inline std::uint64_t hash(std::string_view text, std::uint64_t seed = 14695981039346656037ull) {
  for (const char c : text) seed = (seed ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return seed;
}

// 32 bits, for short lists.
VITRINE_ONCE inline std::uint32_t hash32(std::string_view text, std::uint32_t seed = 2166136261u) {
  for (const char c : text) seed = (seed ^ static_cast<unsigned char>(c)) * 16777619u;
  return seed;
}

}  // namespace vitrine
