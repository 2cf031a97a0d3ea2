#include "services/fields.h"

#include <catch2/catch_test_macros.hpp>

using namespace vitrine;

namespace {

// The values of id, a and b as JSON, "no" if the text is no object. Checks that the tree of the text has the same.
std::string fieldsOf(std::string_view text, std::string_view inner = {}) {
  Field names[] = {{"id"}, {"a"}, {"b"}};
  FieldsExtent extent;
  const Json whole = parseJson(text);
  const bool isObject = readFields(text, inner, names, std::size(names), extent);
  CHECK(isObject == whole.isObject());
  if (!isObject) return "no";
  const Json* found = inner.empty() ? nullptr : member(whole, inner);
  const Json& from = found && found->isObject() ? *found : whole;
  Text read, expected;
  appendJson(read, parseJson(text.substr(extent.begin, extent.size)));
  appendJson(expected, from);
  CHECK(read == expected);
  std::string out;
  for (const Field& field : names) {
    const Json* value = member(whole, field.name);
    if (!value && &field != names) value = member(from, field.name);
    CHECK((field.type != Json::Type::kInvalid) == (value != nullptr));
    if (!value) continue;
    expected.clear();
    appendJson(expected, *value);
    read.clear();
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

TEST_CASE("Fields have the values that they have in the tree of the same text") {
  CHECK(fieldsOf(R"({"id":"x","a":12.50,"c":{"a":1},"b":[1,{"a":2}]})") == R"("x" 12.50 [1,{"a":2}] )");
  CHECK(fieldsOf(" { \"a\" : true , \"b\" : null } ") == "true null ");
  CHECK(fieldsOf("{}").empty());
  CHECK(fieldsOf(R"({"a":1,"a":"2"})") == "\"2\" ");
  CHECK(fieldsOf(R"({"a":"\"\\\/\b\f\n\r\t","b":"\u0041\u00e9\u20AC\uD83D\uDE00","id":"é€😀"})") ==
        R"("é€😀" "\"\\/\u0008\u000c\n\r\t" "Aé€😀" )");
  CHECK(fieldsOf(R"({"a":0,"b":-7.25,"id":123456789012345678901,"c":[]})") == "123456789012345678901 0 -7.25 ");
  CHECK(fieldsOf(R"({"a":1e5,"b":-0})") == "1e5 -0 ");
}

TEST_CASE("A field is found when its name is written with escapes") {
  CHECK(fieldsOf(R"({"\u0061":1,"\u0069\u0064":"x"})") == "\"x\" 1 ");
}

TEST_CASE("A field of the outer object counts over one of the inner object, whichever comes first") {
  CHECK(fieldsOf(R"({"id":1,"a":0,"in":{"id":2,"a":"x","in":{"b":0}},"b":0})", "in") == "1 0 0 ");
  CHECK(fieldsOf(R"({"in":{"a":1,"b":3},"id":1,"a":2})", "in") == "1 2 3 ");
  CHECK(fieldsOf(R"({"in":{"id":2,"a":1}})", "in") == "1 ");
}

TEST_CASE("Without the inner object all fields are read from the outer one") {
  CHECK(fieldsOf(R"({"id":1,"a":2})", "in") == "1 2 ");
  CHECK(fieldsOf(R"({"id":1,"in":null,"a":2})", "in") == "1 2 ");
  CHECK(fieldsOf(R"({"in":{"a":1},"in":7,"a":2})", "in") == "2 ");
}

TEST_CASE("Of two inner objects the last counts") {
  CHECK(fieldsOf(R"({"in":{"a":1,"b":1},"in":{"a":2}})", "in") == "2 ");
}

TEST_CASE("Bytes that are not UTF-8 are read as the replacement character and reported") {
  Field names[] = {{"id"}, {"a"}};
  FieldsExtent extent;
  REQUIRE(readFields("{\"id\":\"\xC3(\",\"a\":\"\xED\xA0\x80\"}", {}, names, 2, extent));
  CHECK(names[0].text() == "\xEF\xBF\xBD(");
  CHECK(names[1].text() == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK_FALSE(extent.isUtf8);
  REQUIRE(readFields(R"({"id":"é"})", {}, names, 2, extent));
  CHECK(extent.isUtf8);
}

TEST_CASE("Text that is not one JSON object has no fields") {
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
                           "{\"a\":1e}",
                           "{\"a\":1E400}",
                           "{\"a\":nul}",
                           "{\"a\":truex}",
                           "{\"a\":\"\\x\"}",
                           "{\"a\":\"\\u12\"}",
                           "{\"a\":\"\\uD83\"}",
                           "{\"a\":\"\x01\"}",
                           "{\"a\":\"b}",
                           "{a:1}",
                           "{\"a\":[1,]}",
                           "{\"a\":[1 2]}",
                           "{\"a\":1 \"b\":2}",
                           "{\"a\":\"\\"}) {
    CAPTURE(text);
    CHECK(fieldsOf(text) == "no");
  }
  CHECK(fieldsOf("{\"c\":" + std::string(70, '[') + std::string(70, ']') + "}") == "no");
}
