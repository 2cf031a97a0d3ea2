#include "model/currency.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

using namespace vitrine;

TEST_CASE("A currency is an ISO 4217 code in capital letters") {
  for (const char* code : {"EUR", "USD", "JPY", "KWD", "CLF", "AED", "ZWG", "XCG", "SLE", "VED", "XPF", "ZAR"})
    CHECK(isCurrency(code));
  for (const char* code : {"", "E", "EU", "EURO", "eur", "Eur", "E R", "ABC", "DEM", "EURUSD", "UREUS", "978"})
    CHECK_FALSE(isCurrency(code));
}

TEST_CASE("Metals and test codes are no currency, recently withdrawn codes still are") {
  for (const char* code : {"XAU", "XAG", "XBA", "XDR", "XSU", "XUA", "XTS", "XXX"}) CHECK_FALSE(isCurrency(code));
  for (const char* code : {"ANG", "BGN", "HRK", "SLL", "ZWL"}) CHECK(isCurrency(code));
}

TEST_CASE("All 169 currencies are found, and no text between two codes is") {
  int count = 0;
  std::string code = "AAA";
  for (code[0] = 'A'; code[0] <= 'Z'; ++code[0]) {
    for (code[1] = 'A'; code[1] <= 'Z'; ++code[1]) {
      for (code[2] = 'A'; code[2] <= 'Z'; ++code[2]) count += isCurrency(code) ? 1 : 0;
    }
  }
  CHECK(count == 169);
}

TEST_CASE("Minor units have zero, two, three or four digits") {
  for (const char* code : {"JPY", "KRW", "CLP", "ISK", "XOF", "UYI"}) CHECK(minorDigits(code) == 0);
  for (const char* code : {"EUR", "USD", "HUF", "MGA", "", "DEM", "PYJPY"}) CHECK(minorDigits(code) == 2);
  for (const char* code : {"BHD", "KWD", "TND"}) CHECK(minorDigits(code) == 3);
  for (const char* code : {"CLF", "UYW"}) CHECK(minorDigits(code) == 4);
}
