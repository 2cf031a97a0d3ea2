// A number for a text, good enough to tell texts of one page apart.
#pragma once

#include <cstdint>
#include <string_view>

namespace vitrine {

// FNV-1a, 64 bits: among the 10,000 items of a long page two collide once in 10^11 pages. `seed`: an answer to go on
// from.
inline std::uint64_t hash(std::string_view text, std::uint64_t seed = 14695981039346656037ull) {
  for (const char c : text) seed = (seed ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return seed;
}

}  // namespace vitrine
