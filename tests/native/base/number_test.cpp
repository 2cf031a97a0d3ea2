#include "base/number.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#include "base/random.h"

using namespace vitrine;

namespace {

std::string written(double value) {
  Text out;
  appendNumber(out, value);
  return out;
}

double read(const std::string& text) {
  std::size_t length = 0;
  const double value = readNumber(text, &length);
  REQUIRE(length == text.size());
  return value;
}

bool isSame(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

int significantDigits(std::string_view text) {
  std::string digits;
  for (const char c : text.substr(0, text.find_first_of("eE"))) {
    if (c >= '0' && c <= '9') digits += c;
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (text.find('.') == std::string_view::npos) digits.resize(digits.find_last_not_of('0') + 1);
  return static_cast<int>(digits.size());
}

int shortestDigits(double value) {
  char text[40];
  const auto result = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific);
  return significantDigits({text, static_cast<std::size_t>(result.ptr - text)});
}

double randomDouble(Random& random) {
  const std::uint64_t bits = (static_cast<std::uint64_t>(random.next()) << 32) | random.next();
  double value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

}  // namespace

TEST_CASE("Numbers are laid out as ECMAScript lays them out") {
  struct Row {
    double value;
    const char* text;
  };
  const auto row = GENERATE(
      Row{0, "0"}, Row{-0.0, "0"}, Row{1, "1"}, Row{-1, "-1"}, Row{12.9, "12.9"}, Row{-12.05, "-12.05"},
      Row{0.1, "0.1"}, Row{0.1 + 0.2, "0.30000000000000004"}, Row{1e21, "1e+21"}, Row{1e20, "100000000000000000000"},
      Row{123456789012345680000.0, "123456789012345680000"}, Row{1.5e300, "1.5e+300"}, Row{1e-6, "0.000001"},
      Row{1.5e-6, "0.0000015"}, Row{1e-7, "1e-7"}, Row{1.5e-7, "1.5e-7"}, Row{9.99e-7, "9.99e-7"},
      Row{5e-324, "5e-324"}, Row{2.2250738585072014e-308, "2.2250738585072014e-308"},
      Row{1.7976931348623157e308, "1.7976931348623157e+308"}, Row{9007199254740991, "9007199254740991"},
      Row{9007199254740992, "9007199254740992"}, Row{9007199254740994, "9007199254740994"},
      Row{-9007199254740993.0, "-9007199254740992"}, Row{1700000000000, "1700000000000"},
      Row{1700000000000.25, "1700000000000.25"}, Row{2251799813685249.5, "2251799813685249.5"},
      Row{1.0 / 3, "0.3333333333333333"}, Row{100, "100"}, Row{1e5, "100000"}, Row{0.000123, "0.000123"});
  CHECK(written(row.value) == row.text);
}

TEST_CASE("What JSON cannot say becomes null") {
  CHECK(written(std::numeric_limits<double>::infinity()) == "null");
  CHECK(written(-std::numeric_limits<double>::infinity()) == "null");
  CHECK(written(std::numeric_limits<double>::quiet_NaN()) == "null");
}

TEST_CASE("Any double reads back as itself, in the fewest digits that do") {
  Random random("0123456789abcdef0123456789abcdef");
  int checked = 0;
  while (checked < 50000) {
    const double value = randomDouble(random);
    if (!std::isfinite(value)) continue;
    ++checked;
    const std::string text = written(value);
    REQUIRE(isSame(read(text), value));
    REQUIRE(significantDigits(text) == shortestDigits(value));
  }
}

TEST_CASE("Prices, times and counts read back as themselves, in the fewest digits that do") {
  Random random("fedcba9876543210fedcba9876543210");
  for (int i = 0; i < 50000; ++i) {
    const double whole = random.next();
    const double value = i % 4 == 0   ? whole / 100
                         : i % 4 == 1 ? whole * 4194304.0 + random.next() % 4194304
                         : i % 4 == 2 ? whole / std::pow(10, random.next() % 12)
                                      : (whole * 1048576.0 + random.next() % 1048576) / std::pow(10, random.next() % 8);
    const std::string text = written(value);
    REQUIRE(isSame(read(text), value));
    REQUIRE(significantDigits(text) == shortestDigits(value));
  }
}

TEST_CASE("Integers around the powers of two and ten read back as themselves") {
  for (int bits = 0; bits < 1024; ++bits) {
    const double power = std::ldexp(1, bits);
    for (const double value : {power, power - 1, power + 1, std::nextafter(power, 0), -power}) {
      REQUIRE(isSame(read(written(value)), value));
    }
  }
  for (int exponent = -324; exponent <= 308; ++exponent) {
    const double power = std::strtod(("1e" + std::to_string(exponent)).c_str(), nullptr);
    for (const double value : {power, std::nextafter(power, 0), std::nextafter(power, 1e300), power / 7}) {
      REQUIRE(read(written(value)) == value);
    }
  }
}

TEST_CASE("Reading rounds to the nearest double, whatever the number of digits") {
  for (const char* text : {"0",
                           "-0",
                           "0.0",
                           "1",
                           "12.50",
                           "1e3",
                           "1E+3",
                           "1e-3",
                           "123456789012345678901234567890",
                           "0.1",
                           "1e22",
                           "1e23",
                           "9007199254740993",
                           "9007199254740992.9999999999999999999",
                           "9007199254740993.0000000000000000001",
                           "2.4703282292062327208e-324",
                           "4.9406564584124654e-324",
                           "1.7976931348623158e308",
                           "1e-400",
                           "0.000000000000000000000000000001",
                           "8.41e21",
                           "9.5367431640625e-7",
                           "179769313486231570000",
                           "100000000000000000000000",
                           "5e-324",
                           "2.2250738585072011e-308",
                           "0.3",
                           "0.30000000000000004",
                           "1234567890123456789e-10",
                           "12345.678e-290"}) {
    CAPTURE(text);
    CHECK(isSame(read(text), std::strtod(text, nullptr)));
  }
}

TEST_CASE("Random decimal texts are read as the C library reads them") {
  Random random("00000000000000000000000000000001");
  for (int i = 0; i < 30000; ++i) {
    std::string text = random.next() % 2 ? "-" : "";
    const auto digits = [&](unsigned most) {
      for (unsigned n = 1 + random.next() % most; n > 0; --n) text += static_cast<char>('0' + random.next() % 10);
    };
    digits(22);
    if (random.next() % 2) digits((text += '.', 22));
    if (random.next() % 2) digits((text += random.next() % 2 ? "e-" : "E+", 2));
    REQUIRE(isSame(read(text), std::strtod(text.c_str(), nullptr)));
  }
}

TEST_CASE("Reading stops behind the number and takes nothing where there is none") {
  std::size_t length = 0;
  CHECK(readNumber("12.5,", &length) == 12.5);
  CHECK(length == 4);
  for (const char* none : {"", "-", ".5", "e5", "x"}) {
    CHECK(readNumber(none, &length) == 0);
    CHECK(length == 0);
  }
  CHECK(readNumber("3.", &length) == 3);
  CHECK(length == 1);
  CHECK(readNumber("3e+", &length) == 3);
  CHECK(length == 1);
}

TEST_CASE("Reading stops at the end of the text, whatever stands behind it") {
  CHECK(readNumber(std::string_view("1234", 2)) == 12);
  CHECK(readNumber(std::string_view("1.25", 3)) == 1.2);
  CHECK(readNumber(std::string_view("1e12", 3)) == 10);
}

TEST_CASE("Integers are written with at least the number of digits given") {
  const auto integer = [](std::uint64_t value, int digits) {
    Text out = ":";
    appendInteger(out, value, digits);
    return out;
  };
  CHECK(integer(0, 1) == ":0");
  CHECK(integer(7, 3) == ":007");
  CHECK(integer(1234, 2) == ":1234");
  CHECK(integer(18446744073709551615u, 1) == ":18446744073709551615");
  CHECK(integer(0, 0) == ":");
}
