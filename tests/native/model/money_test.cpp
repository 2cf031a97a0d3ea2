#include "model/money.h"

#include <catch2/catch_test_macros.hpp>
#include <limits>

#include "model/currency.h"

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

TEST_CASE("A price in the shop's currency is written in the shop's format") {
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

TEST_CASE("A minor unit has as many digits as its currency") {
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
  CHECK(formatMoney(1.5, "KWD", format(R"({"currency":"EUR","suffix":" €","decimal":","})")) == "1,500 KWD");
  CHECK(formatMoney(12.5, "EUR", format(R"({"currency":"EUR","suffix":" €","digits":0})")) == "13 €");
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

TEST_CASE("An amount that is no price is written as an empty text") {
  for (const double amount :
       {-0.01, 1e21, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    CHECK(formatMoney(amount, "EUR", MoneyFormat()).empty());
  }
  CHECK(formatMoney(0, "EUR", MoneyFormat()) == "0.00 EUR");
}

TEST_CASE("A format with members of a wrong type keeps its defaults") {
  const MoneyFormat odd = format(R"({"currency":7,"decimal":[],"digits":9,"group":null})");
  CHECK(formatMoney(1234.5, "EUR", odd) == "1,234.50 EUR");
  CHECK(format("[]").digits == 2);
  CHECK(format(R"({"digits":-1})").digits == 2);
  CHECK(format(R"({"digits":1.5})").digits == 2);
}

TEST_CASE("An amount is rounded half up, from the decimal that was meant") {
  const MoneyFormat none;
  // In binary 1.005 and 2.675 are below what they say.
  CHECK(formatMoney(1.005, "", none) == "1.01");
  CHECK(formatMoney(2.675, "", none) == "2.68");
  CHECK(formatMoney(1.0049999, "", none) == "1.00");
  CHECK(formatMoney(9.995, "", none) == "10.00");
  CHECK(formatMoney(999.995, "", none) == "1,000.00");
  CHECK(formatMoney(0.0000001, "", none) == "0.00");
  CHECK(formatMoney(123456789012345680000.0, "", none) == "123,456,789,012,345,680,000.00");
  CHECK(formatMoney(0.5, "JPY", none) == "1 JPY");
  CHECK(formatMoney(0.49, "JPY", none) == "0 JPY");
}

TEST_CASE("Groups have the sizes of the locale") {
  const MoneyFormat indian = format(R"({"currency":"INR","prefix":"₹","grouping":324})");
  CHECK(formatMoney(123456, "INR", indian) == "₹1,23,456.00");
  CHECK(formatMoney(123456789, "INR", indian) == "₹12,34,56,789.00");
  CHECK(formatMoney(999, "INR", indian) == "₹999.00");
  const MoneyFormat spanish = format(R"({"currency":"EUR","suffix":" €","decimal":",","group":".","grouping":335})");
  CHECK(formatMoney(1234.5, "EUR", spanish) == "1234,50 €");
  CHECK(formatMoney(12345.5, "EUR", spanish) == "12.345,50 €");
  CHECK(formatMoney(1234567, "BGN", format(R"({"currency":"BGN","suffix":" лв.","decimal":",","group":""})")) ==
        "1234567,00 лв.");
}

TEST_CASE("Digits are those of the locale, of any length in bytes") {
  CHECK(formatMoney(1234.5, "", format(R"({"numerals":"٩٨٧٦٥٤٣٢١٠","group":"٬","decimal":"٫"})")) == "١٬٢٣٤٫٥٠");
  CHECK(formatMoney(907, "JPY", format(R"({"currency":"JPY","prefix":"¥","numerals":"𑄿𑄾𑄽𑄼𑄻𑄺𑄹𑄸𑄷𑄶"})")) == "¥𑄿𑄶𑄽");
  CHECK(formatMoney(1, "", format(R"({"numerals":"123"})")) == "1.00");
}

TEST_CASE("A currency is read in small letters") {
  CHECK(formatMoney(5, "EUR", format(R"({"currency":" eur ","suffix":" €"})")) == "5.00 €");
  CHECK(currencyCode("usd") == "USD");
  for (const char* none : {"", "EU", "EURO", "€", "E1R", "[UR", "12", "us dollar"}) CHECK(currencyCode(none).empty());
  CHECK(format(R"({"currency":"JPY"})").digits == 0);
  CHECK(format(R"({"currency":"KWD"})").digits == 3);
}

namespace {
struct Written {
  const char* text;
  double amount;
};
}  // namespace

TEST_CASE("A price is read as people write it") {
  for (const auto& [text, amount] : {Written{"12.50", 12.5},
                                     {"12,50", 12.5},
                                     {" 12.50 ", 12.5},
                                     {"€12.50", 12.5},
                                     {"12,50 €", 12.5},
                                     {"12.5000", 12.5},
                                     {"1.299,00", 1299},
                                     {"1,299.00", 1299},
                                     {"1 299,00 €", 1299},
                                     {"1\u00a0299,00\u00a0€", 1299},
                                     {"1\u202f299,00 €", 1299},
                                     {"1'299.00", 1299},
                                     {"CHF 1’299.50", 1299.5},
                                     {"Rs. 1,23,456.00", 123456},
                                     {"Rs.12", 12},
                                     {"US$1,234,567.89", 1234567.89},
                                     {"1.234.567", 1234567},
                                     {"1 299", 1299},
                                     {"12,-", 12},
                                     {"12.50.", 12.5},
                                     {"12.– Fr.", 12},
                                     {"1234.567", 1234.567},
                                     {"1234,567", 1234.567},
                                     {"0.299", 0.299},
                                     {"0", 0},
                                     {"007", 7},
                                     {"", -1},
                                     {" \t", -1}}) {
    CAPTURE(text);
    CHECK(readAmount(std::string_view(text), 2) == amount);
    CHECK(readAmount(std::string_view(text), 3) == amount);
    CHECK(readAmount(std::string_view(text), -1) == amount);
  }
}

TEST_CASE("One sign with three digits behind it is read by the currency, or not at all") {
  for (const std::string_view text : {"1.299", "1,299", "€1.299", "1,299 KD", "12.500"}) {
    const double group = readAmount(text, 2);
    CAPTURE(text);
    CHECK(group == readAmount(text, 0));
    CHECK(readAmount(text, 3) == group / 1000);
    CHECK(readAmount(text, 4) == group / 1000);
    CHECK(readAmount(text, -1) == kUnreadableAmount);
  }
  CHECK(readAmount(std::string_view("1.299"), 2) == 1299);
}

TEST_CASE("A text that is no single amount is not read") {
  for (const std::string_view text :
       {"ask us",        "-1",       "−5",    "- 5",     "+5",        "1e400",    "0x10",      "1e3",      "10-20",
        "12.50 - 15.00", "12.50/15", "12 50", "1.29,00", "1,2345.00", "1234 567", "1,299 000", "1.299.00", "1,299,5",
        "1,,299",        ".50.5",    ".99",   "$.99",    ",5",        "20%",      "20 %",      "1 for 10", "12 EUR 50",
        "NaN",           "Infinity", "１２",  "1٬299"}) {
    CAPTURE(text);
    CHECK(readAmount(text, 2) == kUnreadableAmount);
  }
}

TEST_CASE("An amount may be a number, a text or the first of a list") {
  const auto read = [](const char* json) { return readAmount(parseJson(json), 2); };
  CHECK(read("12.5") == 12.5);
  CHECK(read(R"("12,50")") == 12.5);
  CHECK(read("[6900,7900]") == 6900);
  CHECK(read(R"(["12,50"])") == 12.5);
  for (const char* none : {"null", "[]", R"("")", "[null]"}) CHECK(read(none) == -1);
  for (const char* bad : {"-1", "true", "{}", "[{}]", "[-1]"}) CHECK(read(bad) == kUnreadableAmount);
}
