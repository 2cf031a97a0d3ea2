#include "base/number.h"

#include <cmath>
#include <cstdlib>

#ifdef __EMSCRIPTEN__
// Imported from the page (seam/bindings.cpp). The first writes String(value) to `out` and returns its length; the
// second returns Number(text).
#define IMPORTED(name) __attribute__((import_module("env"), import_name(#name)))
extern "C" {
IMPORTED(vitrineNumberToText) int vitrineNumberToText(double value, char* out);
IMPORTED(vitrineTextToNumber) double vitrineTextToNumber(const char* text, int length);
}
#undef IMPORTED
#else
#include <charconv>
#endif

namespace vitrine {
namespace {

constexpr double kExactIntegers = 9007199254740992.0;  // 2^53: below it every integer is a double
constexpr int kExactPowers = 22;                       // the powers of ten up to this one are doubles too

bool isDigit(char c) { return c >= '0' && c <= '9'; }

// `exponent` is at most kExactPowers.
double powerOfTen(int exponent) {
  double power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

#ifdef __EMSCRIPTEN__

void appendHard(Text& out, double value) {
  char text[32];
  out.append(text, static_cast<std::size_t>(vitrineNumberToText(value, text)));
}

double readHard(std::string_view text) { return vitrineTextToNumber(text.data(), static_cast<int>(text.size())); }

#else

// to_chars gives the shortest digits; ECMAScript's layout (6.1.6.1.20) writes them plain from 1e-6 up to 1e21.
void appendHard(Text& out, double value) {
  char text[40];
  const auto result = std::to_chars(text, text + sizeof text - 1, value, std::chars_format::scientific);
  *result.ptr = '\0';  // for atoi
  const std::string_view all(text, static_cast<std::size_t>(result.ptr - text));
  const std::size_t e = all.find('e');
  Text digits;
  for (const char c : all.substr(0, e)) {
    if (c == '-') out += c;
    if (isDigit(c)) digits += c;
  }
  const int exponent = std::atoi(all.data() + e + 1);
  const int count = static_cast<int>(digits.size());
  if (exponent >= 0 && exponent < 21) {
    while (static_cast<int>(digits.size()) < exponent + 1) digits += '0';
    out.append(digits, 0, static_cast<std::size_t>(exponent) + 1);
    if (count > exponent + 1) out.append(".").append(digits, static_cast<std::size_t>(exponent) + 1);
  } else if (exponent < 0 && exponent >= -6) {
    out.append("0.").append(static_cast<std::size_t>(-exponent - 1), '0').append(digits);
  } else {
    out += digits[0];
    if (count > 1) out.append(".").append(digits, 1);
    out.append(exponent < 0 ? "e-" : "e+").append(std::to_string(std::abs(exponent)));
  }
}

double readHard(std::string_view text) {
  const Text copy(text);
  return std::strtod(copy.c_str(), nullptr);
}

#endif

}  // namespace

void appendInteger(Text& out, std::uint64_t value, int minimumDigits) {
  char digits[24];
  char* const end = digits + sizeof digits;
  char* first = end;
  for (; value != 0 || end - first < minimumDigits; value /= 10) *--first = static_cast<char>('0' + value % 10);
  out.append(first, end);
}

void appendNumber(Text& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  const double size = std::fabs(value);
  // Times, counts and prices are an integer of up to 53 bits over 10^k. The division of two exact doubles is correctly
  // rounded, so if the quotient is the value, these digits read back as the value.
  double power = 1;
  for (int k = 0; k <= 6; ++k, power *= 10) {
    const double scaled = std::nearbyint(size * power);
    if (scaled >= kExactIntegers) break;
    if (scaled / power != size) continue;
    if (value < 0) out += '-';
    const auto digits = static_cast<std::uint64_t>(scaled);
    const auto unit = static_cast<std::uint64_t>(power);
    appendInteger(out, digits / unit);
    if (k > 0) {
      out += '.';
      appendInteger(out, digits % unit, k);
    }
    return;
  }
  appendHard(out, value);
}

double readNumber(std::string_view text, std::size_t* length) {
  const char* p = text.data();
  const char* const end = p + text.size();
  const auto isAt = [end](const char* at, char c) { return at < end && *at == c; };
  const auto isDigitAt = [end](const char* at) { return at < end && isDigit(*at); };
  const bool negative = isAt(p, '-');
  if (negative) ++p;
  const char* const start = p;
  std::uint64_t mantissa = 0;
  int digits = 0;
  int scale = 0;
  const auto take = [&] {
    for (; isDigitAt(p); ++p) {
      if (digits < 19) mantissa = mantissa * 10 + static_cast<std::uint64_t>(*p - '0');
      if (mantissa != 0) ++digits;
    }
  };
  take();
  if (p == start) {
    if (length) *length = 0;
    return 0;
  }
  if (isAt(p, '.') && isDigitAt(p + 1)) {
    const char* const fraction = ++p;
    take();
    scale -= static_cast<int>(p - fraction);
  }
  if (isAt(p, 'e') || isAt(p, 'E')) {
    const char* q = p + 1;
    const bool minus = isAt(q, '-');
    if (minus || isAt(q, '+')) ++q;
    if (isDigitAt(q)) {
      int exponent = 0;
      for (; isDigitAt(q); ++q) exponent = exponent < 10000 ? exponent * 10 + (*q - '0') : exponent;
      scale += minus ? -exponent : exponent;
      p = q;
    }
  }
  const std::size_t used = static_cast<std::size_t>(p - text.data());
  if (length) *length = used;
  // Clinger's fast path: both the mantissa and the power of ten are exact doubles, so one rounding is all there is.
  if (digits <= 15 && std::abs(scale) <= kExactPowers) {
    const auto exact = static_cast<double>(mantissa);
    const double power = powerOfTen(std::abs(scale));
    const double value = scale < 0 ? exact / power : exact * power;
    return negative ? -value : value;
  }
  return readHard(text.substr(0, used));
}

}  // namespace vitrine
