#include "model/ids.h"

#include <catch2/catch_test_macros.hpp>

using namespace vitrine;

TEST_CASE("An id is a text that is not blank and not a value that JavaScript made a text of") {
  for (const char* id :
       {"a", " a", "0", "-", "Undefined", "nullable", "NaN1", "object", "[objects]", "\u00A0a", "日本"})
    CHECK(isId(id));
  for (const char* text : {"", " ", "\t\r\n", "\u00A0", " \u3000", "\uFEFF", "\u2003", "\u200B", "undefined", "null",
                           "NaN", "[object Object]", "[object Promise]"})
    CHECK_FALSE(isId(text));
  CHECK_FALSE(isId(std::string_view("\0", 1)));
  CHECK(isId("\xC2"));  // half a character is none that is blank
  CHECK(isId("\xE2\x80"));
}

TEST_CASE("An id is read from a text or from the digits of a number, and from nothing else") {
  const Json json =
      parseJson(R"({"text":"a","number":1001,"half":0.5,"yes":true,"none":null,"list":["a"],"mark":"\u0000\u0000",
    "bad":"undefined","most":9007199254740991,"rounded":9007199254740992,"below":-9007199254740992,"huge":1e21})");
  CHECK(readId(member(json, "text")) == "a");
  CHECK(readId(member(json, "number")) == "1001");
  CHECK(readId(member(json, "half")) == "0.5");
  CHECK(readId(member(json, "most")) == "9007199254740991");
  for (const char* name : {"yes", "none", "list", "mark", "bad", "missing", "rounded", "below", "huge"})
    CHECK(readId(member(json, name)).empty());
}

TEST_CASE("The ids of a query are made texts, in its fallbacks and its order too") {
  Json query = parseJson(R"({"anchorId":7,"configId":1,"anchorIds":[1,"b"],"excludeIds":[2],"topK":3,"itemIds":null,
    "fallback":[{"kind":"category","categoryId":5}],"order":{"orderId":9,"items":[{"itemId":4,"quantity":2}]},
    "filters":[{"field":"itemId","itemId":6}]})");
  REQUIRE_FALSE(readIds(query, false));
  Text text;
  appendJson(text, query);
  CHECK(text == R"({"anchorId":"7","configId":"1","anchorIds":["1","b"],"excludeIds":["2"],"topK":3,"itemIds":null,)"
                R"("fallback":[{"kind":"category","categoryId":"5"}],"order":{"orderId":"9",)"
                R"("items":[{"itemId":"4","quantity":2}]},)"
                R"("filters":[{"field":"itemId","itemId":6}]})");
}

TEST_CASE("A query with a value that is no id is refused with its field") {
  const auto refused = [](std::string_view text, bool isMarkup = false) {
    Json query = parseJson(text);
    const Problem problem = readIds(query, isMarkup);
    return problem ? problem->field : "none";
  };
  CHECK(refused(R"({"anchorId":{}})") == "anchorId");
  CHECK(refused(R"({"categoryId":" "})") == "categoryId");
  CHECK(refused(R"({"configId":true})") == "configId");
  CHECK(refused(R"({"anchorIds":"a"})") == "anchorIds");
  CHECK(refused(R"({"itemIds":["a",null]})") == "itemIds[1]");
  CHECK(refused(R"({"excludeIds":["undefined"]})") == "excludeIds[0]");
  CHECK(refused(R"({"fallback":[{},{"anchorId":"null"}]})") == "fallback[1].anchorId");
  CHECK(refused(R"({"order":{"items":[{"itemId":"a"},{"itemId":[]}]}})") == "order.items[1].itemId");
  CHECK(refused(R"({"anchorId":""})") == "anchorId");
  CHECK(refused(R"({"anchorId":"","fallback":[{"categoryId":""}]})", true) == "none");
  CHECK(refused(R"({"anchorId":"undefined"})", true) == "anchorId");
}
