#include "services/richrelevance/cookie.h"

#include <cstdint>

#include "base/hash.h"

namespace vitrine::demo {
namespace {

constexpr std::string_view kPrefix = "eF5j";
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// The hash detects a changed cookie. The real service encrypts it; the demo has no secret to keep.
std::string withCheck(std::string_view shopperId) {
  const std::uint32_t check = hash32(shopperId);
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) text += static_cast<char>(check >> shift & 0xff);
  return text.append(shopperId);
}

}  // namespace

std::string sealCookie(std::string_view shopperId) {
  std::string rcs(kPrefix);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : withCheck(shopperId)) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (count += 8; count >= 6; count -= 6) rcs += kAlphabet[bits >> (count - 6) & 63];
  }
  if (count > 0) rcs += kAlphabet[bits << (6 - count) & 63];
  return rcs;
}

std::string openCookie(std::string_view rcs) {
  if (!rcs.starts_with(kPrefix)) return {};
  std::string text;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : rcs.substr(kPrefix.size())) {
    const std::size_t value = kAlphabet.find(c);
    if (value == std::string_view::npos) return {};
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    text += static_cast<char>(bits >> count & 0xff);
  }
  if (text.size() <= 4) return {};
  const std::string shopperId = text.substr(4);
  return withCheck(shopperId) == text ? shopperId : std::string();
}

}  // namespace vitrine::demo
