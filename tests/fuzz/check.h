// Shared by the fuzzers: a check that ends the run with its reason, and text from bytes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

inline void check(bool isGood, const char* what) {
  if (isGood) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

inline std::string textOf(const std::uint8_t* data, std::size_t size) {
  std::string text(size, '\0');
  std::copy(data, data + size, text.begin());
  return text;
}

inline bool isPrintable(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}
