#include "services/reply.h"

#include <catch2/catch_test_macros.hpp>

using namespace vitrine;

namespace {

constexpr ProductFields kFields = {.id = "id",
                                   .title = "name",
                                   .url = "url",
                                   .price = "price",
                                   .originalPrice = "was",
                                   .rating = "rating",
                                   .badges = "badges"};

std::string cutUp(std::string_view object) {
  Cut cut;
  if (!cutList(object, "list", cut)) return "no";
  std::string out = cut.frame;
  for (const std::string_view element : cut.elements) out.append("|").append(element);
  return out;
}

Slate slateOf(std::string_view object, const Slate* last = nullptr, ProductFields fields = kFields) {
  Cut cut;
  Slate slate;
  REQUIRE(cutList(object, "list", cut));
  readProducts(cut, fields, last, slate);
  return slate;
}

double priceOf(std::string_view json) {
  const Slate slate = slateOf(R"({"list":[{"id":"a","price":)" + std::string(json) + "}]}");
  return slate.products.empty() ? -2 : slate.products[0]->price;
}

}  // namespace

TEST_CASE("A reply is cut into its products and the rest") {
  CHECK(cutUp(R"({"a":1,"list":[{"id":"x"},{"id":"y"}],"b":[2,{}]})") ==
        R"({"a":1,"list":[],"b":[2,{}]}|{"id":"x"}|{"id":"y"})");
  CHECK(cutUp(R"({"list":[]})") == R"({"list":[]})");
  CHECK(cutUp(" { \"list\" : [ 1 , [2,3] ,\"]\" , {\"a\":\"}\\\"\"} ] } ") ==
        " { \"list\" : [] } |1 |[2,3]|\"]\"|{\"a\":\"}\\\"\"}");
  CHECK(cutUp(R"({"in":{"list":[1]},"list":[2]})") == R"({"in":{"list":[1]},"list":[]}|2)");
}

TEST_CASE("Of two lists with the same name the last counts") {
  CHECK(cutUp(R"({"list":[1],"list":[2]})") == R"({"list":[1],"list":[]}|2)");
}

TEST_CASE("Text without a complete object and list is not cut") {
  for (const char* text : {"",
                           " ",
                           "null",
                           "[]",
                           "{",
                           "{}",
                           R"({"list":{}})",
                           R"({"list":1})",
                           R"({"list":"[]"})",
                           R"({"list")",
                           R"({"list":)",
                           R"({"list":[)",
                           R"({"list":[1)",
                           R"({"list":[1,)",
                           R"({"list":[1])",
                           R"({"list":["a)",
                           R"({"list":["a\)",
                           R"({"list":[{)",
                           R"({"list":[]]})",
                           R"({"list":[,]})",
                           R"({"list":[1}})",
                           "<html>",
                           "\xFF",
                           R"({"lis\u0074":[]})"}) {
    CAPTURE(text);
    CHECK(cutUp(text) == "no");
  }
  CHECK(cutUp(std::string(kMaxJsonBytes + 1, ' ')) == "no");
  CHECK(cutUp(R"({"list":[)" + std::string(100000, '[')) == "no");
}

TEST_CASE("A bad entry is rejected alone") {
  const Slate slate =
      slateOf(R"({"list":[{"id":"a"},{"id":}, {"id":"b"}{"id":"c"},nul,{"id":"\uD800"},{"id":7},{"id":""},
    {"id":1.5},{"id":true},{},[],"x",7,{"id":"d","x":)" +
              std::string(80, '[') + std::string(80, ']') + R"(},{"id":"e","price":1e400}]})");
  CHECK(slate.rejected == 13);
  REQUIRE(slate.products.size() == 2);
  CHECK(slate.products[0]->id == "a");
  CHECK(slate.products[1]->id == "7");
  CHECK(slateOf("{\"list\":[{\"id\":\"\xC3(\"}]}").products[0]->id == "\xEF\xBF\xBD(");
}

TEST_CASE("A product whose id an attribute cannot carry is rejected alone") {
  const Slate slate = slateOf(
      R"({"list":[{"id":"\u0001"},{"id":"a\nb"},{"id":"a\tb"},
    {"id":"\u007f"},{"id":"a\u0000b"},{"id":" a b "},{"id":"c"}]})");
  CHECK(slate.rejected == 5);
  REQUIRE(slate.products.size() == 2);
  CHECK(slate.products[0]->id == " a b ");
  CHECK(slate.products[1]->id == "c");
}

TEST_CASE("Of members of the same name the last counts") {
  CHECK(slateOf(R"({"list":[{"id":"a","id":"b"}]})").products[0]->id == "b");
}

TEST_CASE("An enormous list is read up to 1000 products") {
  std::string text = R"({"list":[{"id":"p"})";
  for (int i = 0; i < 2000; ++i) text += R"(,{"id":"p"})";
  const Slate slate = slateOf(text + "]}");
  CHECK(slate.products.size() == kMaxProducts);
  CHECK(slate.rejected == 1001);
}

TEST_CASE("A price is a number, or a string that contains only a number") {
  CHECK(priceOf("12.5") == 1250);
  CHECK(priceOf("0") == 0);
  CHECK(priceOf(R"("12.50")") == 1250);
  CHECK(priceOf(R"("999")") == 99900);
  for (const char* none : {"null", R"("12,50")", "-1", R"("-1")", R"("")", R"("1 EUR")", R"(" 1")", "true", "{}", "[]",
                           R"("NaN")", R"("Infinity")", R"("1e400")", R"("0x10")", "1e17"}) {
    CAPTURE(none);
    CHECK(priceOf(none) == -1);
  }
  CHECK(priceOf("NaN") == -2);  // not JSON, so the entry is rejected
  CHECK(priceOf("1e400") == -2);
}

TEST_CASE("Prices in hundredths are converted to the minor unit of the currency") {
  ProductFields cents = kFields;
  cents.isCents = true;
  Cut cut;
  REQUIRE(cutList(R"({"list":[{"id":"a","price":[6900,7900]},{"id":"b","price":[]}]})", "list", cut));
  Slate euros;
  readProducts(cut, cents, nullptr, euros);
  CHECK(euros.products[0]->price == 6900);
  CHECK(euros.products[1]->price == -1);
  Slate yen;
  yen.currency = "JPY";
  readProducts(cut, cents, nullptr, yen);
  CHECK(yen.products[0]->price == 69);
}

TEST_CASE("A product with only a former price has that price") {
  const Slate slate =
      slateOf(R"({"list":[{"id":"a","was":9},{"id":"b","price":9,"was":9},{"id":"c","price":8,"was":9}]})");
  CHECK(slate.products[0]->price == 900);
  CHECK(slate.products[0]->originalPrice == -1);
  CHECK(slate.products[1]->originalPrice == -1);
  CHECK(slate.products[2]->originalPrice == 900);
}

TEST_CASE("Badges and ratings of a wrong type are left out") {
  const Slate slate =
      slateOf(R"({"list":[{"id":"a","badges":["New",7,"","Sale"],"rating":4.5},{"id":"b","badges":"New","rating":-1},)"
              R"({"id":"c","rating":"5"}]})");
  CHECK(slate.products[0]->badges == List<Text>{"New", "Sale"});
  CHECK(slate.products[0]->rating == 4.5);
  CHECK(slate.products[1]->badges.empty());
  CHECK(slate.products[1]->rating == -1);
  CHECK(slate.products[2]->rating == -1);
}

TEST_CASE("An entry with the same text as in the last reply is the same product object") {
  const Slate last = slateOf(R"({"list":[{"id":"a","name":"A"},{"id":"b"},{"id":"c"}]})");
  const Slate next = slateOf(R"({"list":[{"id":"b"},{"id":"a","name":"A"},{"id":"c","price":1}]})", &last);
  CHECK(next.products[0] == last.products[1]);
  CHECK(next.products[1] == last.products[0]);
  CHECK(next.products[2] != last.products[2]);
  CHECK(next.products[2]->price == 100);
  Slate yen;
  yen.currency = "JPY";
  Cut cut;
  REQUIRE(cutList(R"({"list":[{"id":"a","name":"A"}]})", "list", cut));
  readProducts(cut, kFields, &last, yen);
  CHECK(yen.products[0] != last.products[0]);  // the formatted price differs
}
