#include "render/money.h"

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
  CHECK(formatMoney(12.9, "EUR", none) == "12.90 EUR");
  CHECK(formatMoney(1234567.5, "USD", none) == "1,234,567.50 USD");
  CHECK(formatMoney(5, "", none) == "5.00");
}

TEST_CASE("A shop's own currency is written its way") {
  CHECK(formatMoney(1234.5, "EUR", format(kGerman)) == "1.234,50 €");
  CHECK(formatMoney(1234.5, "", format(kGerman)) == "1.234,50 €");
  CHECK(formatMoney(1234567.89, "USD", format(kAmerican)) == "$1,234,567.89");
}

TEST_CASE("Another currency is written with its code") {
  CHECK(formatMoney(12.9, "GBP", format(kAmerican)) == "12.90 GBP");
  CHECK(formatMoney(12.9, "GBP", format(kGerman)) == "12,90 GBP");
}

TEST_CASE("Digits follow the currency") {
  CHECK(formatMoney(1200, "JPY", format(R"({"currency":"JPY","prefix":"¥","digits":0})")) == "¥1,200");
  CHECK(formatMoney(1.5, "KWD", format(R"({"currency":"KWD","suffix":" KD","digits":3})")) == "1.500 KD");
}

TEST_CASE("Prices written in cents keep their cents") {
  const MoneyFormat none;
  for (int cents = 0; cents < 30000; ++cents) {
    std::string expected;
    expected = std::to_string(cents / 100) + "." + std::to_string(cents % 100 / 10) + std::to_string(cents % 10);
    REQUIRE(formatMoney(cents / 100.0, "", none) == expected);
  }
}

TEST_CASE("Groups are of three, from the right") {
  const MoneyFormat none;
  CHECK(formatMoney(999, "", none) == "999.00");
  CHECK(formatMoney(1000, "", none) == "1,000.00");
  CHECK(formatMoney(100000, "", none) == "100,000.00");
  CHECK(formatMoney(9e12, "", none) == "9,000,000,000,000.00");
}

TEST_CASE("An amount that is no price is not written") {
  for (const double amount :
       {-0.01, 1e20, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    CHECK(formatMoney(amount, "EUR", MoneyFormat()).empty());
  }
  CHECK(formatMoney(0, "EUR", MoneyFormat()) == "0.00 EUR");
}

TEST_CASE("A format with members out of place keeps its defaults") {
  const MoneyFormat odd = format(R"({"currency":7,"decimal":[],"digits":9,"group":null})");
  CHECK(formatMoney(1234.5, "EUR", odd) == "1,234.50 EUR");
  CHECK(format("[]").digits == 2);
  CHECK(format(R"({"digits":-1})").digits == 2);
  CHECK(format(R"({"digits":1.5})").digits == 2);
}
