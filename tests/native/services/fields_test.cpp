#include "services/fields.h"

#include <catch2/catch_test_macros.hpp>

using namespace vitrine;

namespace {

// What is found of id, a, b; "slow" where parseJson() has to say what the text is. Checked against it otherwise.
std::string fieldsOf(std::string_view text, std::string_view inner = {}) {
  Field names[] = {{"id"}, {"a"}, {"b"}};
  std::string_view inside;
  if (!readFields(text, inner, names, std::size(names), inside)) return "slow";
  const Json whole = parseJson(text);
  REQUIRE(whole.isObject());
  const Json* from = inner.empty() ? &whole : member(whole, inner);
  if (!inner.empty()) {
    std::string read, expected;
    appendJson(read, parseJson(inside));
    appendJson(expected, *from);
    CHECK(read == expected);
  }
  std::string out;
  for (const Field& field : names) {
    const Json* value = member(&field == names ? whole : *from, field.name);
    CHECK((field.type != Json::Type::kInvalid) == (value != nullptr));
    if (!value) continue;
    std::string expected;
    appendJson(expected, *value);
    std::string read;
    if (field.isString())
      appendString(read, field.text());
    else
      appendJson(read, parseJson(field.raw));
    CHECK(read == expected);
    CHECK(field.type == value->type);
    if (field.isNumber()) CHECK(field.number() == value->number);
    out += read + ' ';
  }
  return out;
}

}  // namespace

TEST_CASE("Fields are read as they are in the tree of the same text") {
  CHECK(fieldsOf(R"({"id":"x","a":12.50,"c":{"a":1},"b":[1,{"a":2}]})") == R"("x" 12.50 [1,{"a":2}] )");
  CHECK(fieldsOf(" { \"a\" : true , \"b\" : null } ") == "true null ");
  CHECK(fieldsOf("{}").empty());
  CHECK(fieldsOf(R"({"a":1,"a":"2"})") == "\"2\" ");
  CHECK(fieldsOf(R"({"a":"\"\\\/\b\f\n\r\t","b":"\u0041\u00e9\u20AC","id":"é€😀"})") ==
        R"("é€😀" "\"\\/\u0008\u000c\n\r\t" "Aé€" )");
  CHECK(fieldsOf(R"({"a":0,"b":-7.25,"id":123456789012345,"c":[]})") == "123456789012345 0 -7.25 ");
}

TEST_CASE("Fields of an inner object stand beside the first of the outer one") {
  CHECK(fieldsOf(R"({"id":1,"a":0,"in":{"id":2,"a":"x","in":{"b":0}},"b":0})", "in") == "1 \"x\" ");
  CHECK(fieldsOf(R"({"in":{},"id":1})", "in") == "1 ");
  for (const char* text : {R"({"id":1})", R"({"id":1,"in":null})", R"({"in":{"a":1},"in":{}})"}) {
    CAPTURE(text);
    CHECK(fieldsOf(text, "in") == "slow");
  }
}

TEST_CASE("What is not plain JSON is left to the reader of all JSON") {
  for (const char* text : {"",
                           "[]",
                           "{",
                           "{]",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{\"a\":1,}",
                           "{\"a\":1}x",
                           "{\"a\":01}",
                           "{\"a\":1.}",
                           "{\"a\":.5}",
                           "{\"a\":+1}",
                           "{\"a\":-}",
                           "{\"a\":1e5}",
                           "{\"a\":1E400}",
                           "{\"a\":-0}",
                           "{\"a\":1234567890123456}",
                           "{\"a\":nul}",
                           "{\"a\":truex}",
                           "{\"a\":\"\\x\"}",
                           "{\"a\":\"\\u12\"}",
                           "{\"a\":\"\\uD83D\\uDE00\"}",
                           "{\"a\":\"\x01\"}",
                           "{\"a\":\"\xC3(\"}",
                           "{\"a\":\"\xED\xA0\x80\"}",
                           "{\"a\":\"b}",
                           "{\"\\u0061\":1}",
                           "{a:1}",
                           "{\"a\":[1,]}",
                           "{\"a\":[1 2]}",
                           "{\"a\":1 \"b\":2}",
                           "{\"a\":\"\\"}) {
    CAPTURE(text);
    CHECK(fieldsOf(text) == "slow");
  }
  CHECK(fieldsOf("{\"c\":" + std::string(70, '[') + std::string(70, ']') + "}") == "slow");
}
