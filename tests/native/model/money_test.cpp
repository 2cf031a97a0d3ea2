#include "model/money.h"

#include <catch2/catch_test_macros.hpp>
#include <limits>

using namespace vitrine;

namespace {

MoneyFormat format(std::string_view json) { return readMoneyFormat(parseJson(json)); }

const char kGerman[] = R"({"currency":"EUR","prefix":"","suffix":" €","decimal":",","group":".","digits":2})";
const char kAmerican[] = R"({"currency":"USD","prefix":"$","suffix":"","decimal":".","group":",","digits":2})";

}  // namespace

TEST_CASE("Without a format a price reads as a number and a currency") {
  const MoneyFormat none;
  CHECK(formatMoney(1290, "EUR", none) == "12.90 EUR");
  CHECK(formatMoney(123456750, "USD", none) == "1,234,567.50 USD");
  CHECK(formatMoney(500, "", none) == "5.00");
}

TEST_CASE("A price in the shop's currency is written in the shop's format") {
  CHECK(formatMoney(123450, "EUR", format(kGerman)) == "1.234,50 €");
  CHECK(formatMoney(123450, "", format(kGerman)) == "1.234,50 €");
  CHECK(formatMoney(123456789, "USD", format(kAmerican)) == "$1,234,567.89");
}

TEST_CASE("Another currency is written with its code") {
  CHECK(formatMoney(1290, "GBP", format(kAmerican)) == "12.90 GBP");
  CHECK(formatMoney(1290, "GBP", format(kGerman)) == "12,90 GBP");
}

TEST_CASE("Digits follow the currency") {
  CHECK(formatMoney(1200, "JPY", format(R"({"currency":"JPY","prefix":"¥","digits":0})")) == "¥1,200");
  CHECK(formatMoney(1500, "KWD", format(R"({"currency":"KWD","suffix":" KD","digits":3})")) == "1.500 KD");
}

TEST_CASE("A price is whole minor units, of as many digits as its currency has") {
  CHECK(minorUnits(12.9, "EUR") == 1290);
  CHECK(minorUnits(0.29, "USD") == 29);
  CHECK(minorUnits(1200, "JPY") == 1200);
  CHECK(minorUnits(1.5, "KWD") == 1500);
  CHECK(minorUnits(12.9, "") == 1290);
  CHECK(majorUnits(1290, "EUR") == 12.9);
  CHECK(majorUnits(1200, "KRW") == 1200);
  CHECK(majorUnits(1501, "TND") == 1.501);
  // A shop that shows no cents rounds what has them.
  // A currency that the format is not for keeps its own digits.
  CHECK(formatMoney(1500, "JPY", MoneyFormat()) == "1,500 JPY");
  CHECK(formatMoney(1500, "KWD", format(R"({"currency":"EUR","suffix":" €","decimal":","})")) == "1,500 KWD");
  CHECK(formatMoney(1250, "EUR", format(R"({"currency":"EUR","suffix":" €","digits":0})")) == "13 €");
}

TEST_CASE("Prices written in cents keep their cents") {
  const MoneyFormat none;
  for (int cents = 0; cents < 30000; ++cents) {
    std::string expected;
    expected = std::to_string(cents / 100) + "." + std::to_string(cents % 100 / 10) + std::to_string(cents % 10);
    REQUIRE(formatMoney(cents, "", none) == expected);
  }
}

TEST_CASE("Groups are of three, from the right") {
  const MoneyFormat none;
  CHECK(formatMoney(99900, "", none) == "999.00");
  CHECK(formatMoney(100000, "", none) == "1,000.00");
  CHECK(formatMoney(10000000, "", none) == "100,000.00");
  CHECK(formatMoney(9e14, "", none) == "9,000,000,000,000.00");
}

TEST_CASE("An amount that is no price is written as an empty text") {
  for (const double amount :
       {-0.01, 1e20, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    CHECK(formatMoney(amount, "EUR", MoneyFormat()).empty());
  }
  CHECK(formatMoney(0, "EUR", MoneyFormat()) == "0.00 EUR");
}

TEST_CASE("A format with members of a wrong type keeps its defaults") {
  const MoneyFormat odd = format(R"({"currency":7,"decimal":[],"digits":9,"group":null})");
  CHECK(formatMoney(123450, "EUR", odd) == "1,234.50 EUR");
  CHECK(format("[]").digits == 2);
  CHECK(format(R"({"digits":-1})").digits == 2);
  CHECK(format(R"({"digits":1.5})").digits == 2);
}
