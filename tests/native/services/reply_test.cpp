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
  return slate.products.empty() ? -3 : slate.products[0]->price;
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
  CHECK(slate.rejected == 12);
  REQUIRE(slate.products.size() == 3);
  CHECK(slate.products[0]->id == "a");
  CHECK(slate.products[1]->id == "\xEF\xBF\xBD");
  CHECK(slate.products[2]->id == "7");
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
  for (int i = 0; i < 2000; ++i) text += R"(,{"id":")" + std::to_string(i) + "\"}";
  const Slate slate = slateOf(text + "]}");
  CHECK(slate.products.size() == kMaxProducts);
  CHECK(slate.rejected == 1001);
}

TEST_CASE("A price is a number, or a text that holds one") {
  CHECK(priceOf("12.5") == 12.5);
  CHECK(priceOf("0") == 0);
  CHECK(priceOf(R"("12.50")") == 12.5);
  CHECK(priceOf(R"("999")") == 999);
  CHECK(priceOf(R"("1 EUR")") == 1);
  CHECK(priceOf("1e17") == 1e17);
  for (const char* none : {"null", R"("")", R"(" ")", "[]", "[null]"}) {
    CAPTURE(none);
    CHECK(priceOf(none) == -1);
  }
  for (const char* unreadable :
       {"-1", R"("-1")", "true", "{}", R"("NaN")", R"("Infinity")", R"("1e400")", R"("0x10")"}) {
    CAPTURE(unreadable);
    CHECK(priceOf(unreadable) == kUnreadableAmount);
  }
  CHECK(priceOf("NaN") == -3);  // not JSON, so the entry is rejected
  CHECK(priceOf("1e400") == -3);
}

TEST_CASE("Prices in hundredths are converted to the major unit of every currency") {
  ProductFields cents = kFields;
  cents.isCents = true;
  Cut cut;
  REQUIRE(cutList(R"({"list":[{"id":"a","price":[6900,7900]},{"id":"b","price":[]}]})", "list", cut));
  Slate euros;
  readProducts(cut, cents, nullptr, euros);
  CHECK(euros.products[0]->price == 69);
  CHECK(euros.products[1]->price == -1);
  Slate yen;
  yen.currency = "JPY";
  readProducts(cut, cents, nullptr, yen);
  CHECK(yen.products[0]->price == 69);
}

TEST_CASE("A product with only a former price has that price") {
  const Slate slate =
      slateOf(R"({"list":[{"id":"a","was":9},{"id":"b","price":9,"was":9},{"id":"c","price":8,"was":9}]})");
  CHECK(slate.products[0]->price == 9);
  CHECK(slate.products[0]->originalPrice == -1);
  CHECK(slate.products[1]->originalPrice == -1);
  CHECK(slate.products[2]->originalPrice == 9);
}

TEST_CASE("Badges and ratings of a wrong type are left out") {
  const Slate slate =
      slateOf(R"({"list":[{"id":"a","badges":["New",7,"","Sale"],"rating":4.5},{"id":"b","badges":"New","rating":-1},)"
              R"({"id":"c","rating":"best"}]})");
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
  CHECK(next.products[2]->price == 1);
  Slate yen;
  yen.currency = "JPY";
  Cut cut;
  REQUIRE(cutList(R"({"list":[{"id":"a","name":"A"}]})", "list", cut));
  readProducts(cut, kFields, &last, yen);
  CHECK(yen.products[0] != last.products[0]);  // the formatted price differs
}

TEST_CASE("No stars without reviews") {
  const Slate slate = slateOf(R"({"list":[{"id":"a","rating":0,"count":0},{"id":"b","rating":0},)"
                              R"({"id":"c","rating":0,"count":3},{"id":"d","rating":3.9,"count":0},)"
                              R"({"id":"e","rating":"4.5","count":"12"},{"id":"f","rating":"4,5","count":"1,234"},)"
                              R"({"id":"g","rating":"0","count":"0"},{"id":"h","rating":5.1,"count":2}]})",
                              nullptr, [] {
                                ProductFields fields = kFields;
                                fields.ratingCount = "count";
                                return fields;
                              }());
  const auto is = [&](std::size_t i, double rating, int count) {
    CAPTURE(i);
    CHECK(slate.products[i]->rating == rating);
    CHECK(slate.products[i]->ratingCount == count);
  };
  is(0, -1, 0);
  is(1, -1, 0);
  is(2, 0, 3);
  is(3, 3.9, 0);
  is(4, 4.5, 12);
  is(5, 4.5, 1234);
  is(6, -1, 0);
  is(7, -1, 2);
}

TEST_CASE("A sale price of 0 is none, unless the shop says that it means free") {
  const std::string_view text =
      R"({"list":[{"id":"a","price":0,"was":9},{"id":"b","price":"0.00","was":9},{"id":"c","price":0}]})";
  const Slate slate = slateOf(text);
  for (const std::size_t i : {0u, 1u}) {
    CHECK(slate.products[i]->price == 9);
    CHECK(slate.products[i]->originalPrice == -1);
  }
  CHECK(slate.products[2]->price == 0);
  Cut cut;
  Slate free;
  REQUIRE(cutList(text, "list", cut));
  readProducts(cut, kFields, nullptr, free, {.keepsZero = true});
  CHECK(free.products[0]->price == 0);
  CHECK(free.products[0]->originalPrice == 9);
}

TEST_CASE("A price that cannot be read is remarked once for each field") {
  const Slate slate = slateOf(R"({"list":[{"id":"a","price":"ask us","was":9},{"id":"b","price":"no","was":"-"},)"
                              R"({"id":"c","price":5,"was":"never"},{"id":"d","price":"1.299"},{"id":"e"}]})");
  const auto& products = slate.products;
  for (const std::size_t i : {0u, 1u, 3u}) {
    CAPTURE(i);
    CHECK(products[i]->isPriceUnreadable);
    CHECK(products[i]->price < 0);
    CHECK(products[i]->originalPrice < 0);
  }
  for (const std::size_t i : {2u, 4u}) CHECK_FALSE(products[i]->isPriceUnreadable);
  CHECK(products[2]->price == 5);
  REQUIRE(slate.remarks.size() == 4);
  CHECK(slate.remarks[0] == "price");
  CHECK(slate.remarks[1].ends_with("price: a, ask us"));
  CHECK(slate.remarks[2] == "was");
}

TEST_CASE("The currency of the service decides what one sign with three digits means") {
  Cut cut;
  REQUIRE(cutList(R"({"list":[{"id":"a","price":"1.299"},{"id":"b","price":"1,299","currency":"kwd"}]})", "list", cut));
  Slate slate;
  slate.currency = "EUR";
  readProducts(cut, kFields, nullptr, slate);
  CHECK(slate.products[0]->price == 1299);
  CHECK(slate.products[1]->price == 1.299);
  CHECK(slate.products[1]->currency == "KWD");
  CHECK(slate.remarks.empty());
}

TEST_CASE("Titles are trimmed, and one of blanks counts as none") {
  const Slate slate = slateOf(
      "{\"list\":[{\"id\":\"a\",\"name\":\"  Shoe \\n\",\"url\":\" /p/1 \"},{\"id\":\"b\",\"name\":\" \\t\"},"
      "{\"id\":\"c\",\"name\":\"\u00a0\u200b\u3000\u200f\ufeff\",\"title\":\"Boot\"},{\"id\":\"d\",\"name\":19.84},"
      "{\"id\":\"e\",\"name\":[\"First\",\"Second\"]},{\"id\":\"f\",\"name\":\"\xFF\"},{\"id\":\"g\",\"name\":{}}]}");
  const char* titles[] = {"Shoe", "b", "Boot", "19.84", "First", "\xEF\xBF\xBD", "g"};
  REQUIRE(slate.products.size() == std::size(titles));
  for (std::size_t i = 0; i < std::size(titles); ++i) CHECK(slate.products[i]->title == titles[i]);
  CHECK(slate.products[0]->url == "/p/1");
}

TEST_CASE("A picture may be a list, and sizes may be texts") {
  ProductFields fields = kFields;
  fields.imageUrl = "image";
  const Slate slate =
      slateOf(R"({"list":[{"id":"a","image":["/1.jpg","/2.jpg"],"imageWidth":"800","imageHeight":"600px"},)"
              R"({"id":"b","image":[]}]})",
              nullptr, fields);
  CHECK(slate.products[0]->imageUrl == "/1.jpg");
  CHECK(slate.products[0]->imageWidth == 800);
  CHECK(slate.products[0]->imageHeight == 600);
  CHECK(slate.products[1]->imageUrl.empty());
}

TEST_CASE("Character references are decoded once, where the service is known to send them") {
  CHECK(wordsOf("Salt &amp; Pepper", true) == "Salt & Pepper");
  CHECK(wordsOf("Salt &amp; Pepper", false) == "Salt &amp; Pepper");
  CHECK(wordsOf("L&#039;Outil &quot;A&quot; &lt;b&gt; &#x20AC;&#8364;&nbsp;1 &apos;", true) ==
        "L'Outil \"A\" <b> €€ 1 '");
  CHECK(wordsOf("&amp;lt;b&amp;gt;", true) == "&lt;b&gt;");
  for (const char* same : {"&",         "&;",     "a & b;",   "&amp",       "&AMP;",          "&#;",     "&#x;",
                           "&#0;",      "&#x1F;", "&#xD800;", "&#x110000;", "&#99999999999;", "&#-5;",   "&#x0x1;",
                           "&unknown;", "&<lt;",  "&t;",      "&p;amp",     "&ot;",           "AT&T; &&"}) {
    CAPTURE(same);
    CHECK(wordsOf(same, true) == same);
  }
  CHECK(wordsOf("&#32;&nbsp;", true).empty());
}

TEST_CASE("The same id twice is one product, and what is left out is remarked with its reason") {
  const Slate slate = slateOf(R"({"list":[{"id":"a","name":"First"},{"id":"b"},{"id":"a","name":"Second"},{"id":"b"},)"
                              R"({"name":"no id"},{"id":}]})");
  REQUIRE(slate.products.size() == 2);
  CHECK(slate.products[0]->title == "First");
  CHECK(slate.rejected == 4);
  REQUIRE(slate.remarks.size() == 6);
  CHECK(slate.remarks[0] == "its id is that of an earlier one");
  CHECK(slate.remarks[1].ends_with(R"({"id":"a","name":"Second"})"));
  CHECK(slate.remarks[2] == "it has no usable id");
  CHECK(slate.remarks[4] == "it is no JSON object");
  const Slate again = slateOf(R"({"list":[{"id":"a","name":"First"},{"id":"b"},{"id":"a","name":"First"}]})", &slate);
  CHECK(again.products.size() == 2);
}

TEST_CASE("An object whose names are numbers is a list, as PHP writes one with gaps") {
  CHECK(cutUp(R"({"a":1,"list":{"0":{"id":"x"},"2":{"id":"y"}},"b":2})") ==
        R"({"a":1,"list":{},"b":2}|{"id":"x"}|{"id":"y"})");
  for (const char* text :
       {R"({"list":{}})", R"({"list":{"a":1}})", R"({"list":{"0":1)", R"({"list":{"0" 1}})", R"({"list":{"0":1]})"}) {
    CAPTURE(text);
    CHECK(cutUp(text) == "no");
  }
  const Slate first = slateOf(R"({"list":{"0":{"id":"x"},"1":{"id":"y"}}})");
  const Slate next = slateOf(R"({"list":{"0":{"id":"x"},"1":{"id":"y"}}})", &first);
  REQUIRE(next.products.size() == 2);
  CHECK(next.products[1] == first.products[1]);
}

TEST_CASE("A byte order mark before a reply, half a surrogate pair and five megabytes are read") {
  Slate slate = slateOf("\xEF\xBB\xBF{\"list\":[{\"id\":\"a\",\"name\":\"x\\ud83d\"}]}");
  REQUIRE(slate.products.size() == 1);
  CHECK(slate.products[0]->title == "x\xEF\xBF\xBD");
  slate = slateOf(R"({"list":[{"id":"a","text":")" + std::string(5u << 20, 'x') + R"("},{"id":"b"}]})");
  CHECK(slate.products.size() == 2);
}
