#include "templates/strings.h"

#include <catch2/catch_test_macros.hpp>

using namespace vitrine;

namespace {

Strings with(std::string_view texts) {
  Strings strings;
  strings.add(parseJson(texts));
  return strings;
}

}  // namespace

TEST_CASE("English is built in, and each text can be replaced") {
  CHECK(Strings().find("addToCart") == "Add to cart");
  CHECK(Strings().find("nothing").empty());
  const Strings own = with(R"({"addToCart": "Buy", "quantity": 7})");
  CHECK(own.find("addToCart") == "Buy");
  CHECK(own.find("quantity") == "Quantity");
}

TEST_CASE("Placeholders in braces are filled in") {
  const Strings strings = with(R"({"a": "{x} of {y}, {z} {x", "b": "}{", "c": "{}"})");
  CHECK(strings.fill("a", {{"x", "1"}, {"y", "{x}"}}) == "1 of {x}, {z} {x");
  CHECK(strings.fill("b", {{"x", "1"}}) == "}{");
  CHECK(strings.fill("c", {}) == "{}");
  CHECK(strings.fill("none", {{"x", "1"}}).empty());
}

TEST_CASE("The rules of a language decide which number takes which plural form") {
  const Strings english;
  CHECK(english.pluralOf(1) == "one");
  for (const unsigned n : {0u, 2u, 11u, 21u, 1000000u}) CHECK(english.pluralOf(n) == "other");

  const Strings french = with(R"({"plural.one": "n = 0,1", "plural.many": "n != 0 and n % 1000000 = 0"})");
  CHECK(french.pluralOf(0) == "one");
  CHECK(french.pluralOf(1) == "one");
  CHECK(french.pluralOf(2) == "other");
  CHECK(french.pluralOf(2000000) == "many");

  const Strings polish = with(R"({"plural.one": "i = 1",
      "plural.few": "i % 10 = 2..4 and i % 100 != 12..14",
      "plural.many": "i != 1 and i % 10 = 0..1 or i % 10 = 5..9 or i % 100 = 12..14"})");
  const char* const expected[] = {"many", "one", "few", "few", "few", "many", "many", "many", "many", "many", "many"};
  for (unsigned n = 0; n <= 10; ++n) CHECK(polish.pluralOf(n) == expected[n]);
  for (const unsigned n : {11u, 12u, 13u, 14u, 15u, 19u, 20u, 21u, 25u, 101u, 112u})
    CHECK(polish.pluralOf(n) == "many");
  for (const unsigned n : {22u, 23u, 24u, 32u, 102u, 124u}) CHECK(polish.pluralOf(n) == "few");

  const Strings japanese = with(R"({"plural.other": ""})");
  CHECK(japanese.pluralOf(1) == "other");
}

TEST_CASE("A plural rule that cannot be parsed holds for no number") {
  for (const char* rule :
       {"", "n", "n =", "n = x", "= 1", "n = 1 and", "n = 1 or", "n = 1 xor n = 2", "n % = 1", "m = 1"})
    CHECK_FALSE(holdsFor(rule, 1));
  CHECK(holdsFor("n % 0 = 0", 5));
  CHECK(holdsFor("  n   =  1 ,2..3 ", 3) == true);
}
