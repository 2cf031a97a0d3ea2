#include "base/json.h"

#include <catch2/catch_test_macros.hpp>
#include <limits>

#include "base/random.h"
#include "json_oracle.h"

using namespace vitrine;

namespace {

std::string rewritten(std::string_view text) {
  Text out;
  appendJson(out, parseJson(text));
  return out;
}

std::string inQuotes(std::string_view text) {
  Text out;
  appendString(out, text);
  return out;
}

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
}

}  // namespace

TEST_CASE("A document is written as it was read, without white space") {
  CHECK(rewritten(R"( { "a" : [ 1 , -2.50 , true , false , null , "x" ] , "b" : { } } )") ==
        R"({"a":[1,-2.50,true,false,null,"x"],"b":{}})");
  CHECK(rewritten("[]") == "[]");
  CHECK(rewritten("\"\"") == "\"\"");
  CHECK(rewritten("12") == "12");
}

TEST_CASE("Numbers keep the digits with which they arrived") {
  CHECK(rewritten("[12.90,1e3,0.1,123456789012345678901234567890,-5,18446744073709551615,-9223372036854775808]") ==
        "[12.90,1e3,0.1,123456789012345678901234567890,-5,18446744073709551615,-9223372036854775808]");
}

TEST_CASE("Text that is not one JSON value gives an invalid value") {
  for (const char* text :
       {"",           " ",           "{",           "}",     "[1,]",    "{\"a\":}", "{'a':1}",   "01",     "1.",
        "+1",         "NaN",         "Infinity",    "nul",   "\"a",     "[1] 2",    "{\"a\" 1}", "\"\t\"", "\"\\x\"",
        "\"\\ud80\"", "\"\\u00e@\"", "\"\\u00e`\"", "1e999", "// x\n1", "\xFF",     "{a:1}"}) {
    CAPTURE(text);
    CHECK_FALSE(parseJson(text).isValid());
  }
  CHECK_FALSE(parseJson(std::string_view("[1\0]", 4)).isValid());
  CHECK(rewritten("[1,") == "null");
}

TEST_CASE("Bytes that are not UTF-8 are read as the replacement character") {
  for (const char* text : {"\"\x80\"", "\"\xFE\"", "\"\xE9\""}) CHECK(parseJson(text).text == "\xEF\xBF\xBD");
  CHECK(parseJson("\"\xED\xA0\x80\"").text == "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(parseJson("[\"Caf\xE9\",\"\xF0\x9F\x91\x9F\"]").children[1].text == "\xF0\x9F\x91\x9F");
  CHECK(parseJson("\"\xF0\x9F\x91\x9F\"").text == "\xF0\x9F\x91\x9F");
  CHECK(parseJson("\"\\ud83d\\udc5f\"").text == "\xF0\x9F\x91\x9F");
  // Half a surrogate pair is U+FFFD, as JSON.parse() reads it and UTF-8 can say it.
  for (const char* half : {"\"\\ud83d\"", "\"\\udc5f\""}) CHECK(parseJson(half).text == "\xEF\xBF\xBD");
  CHECK(parseJson("\"\\ud83d\\u0041\"").text ==
        "\xEF\xBF\xBD"
        "A");
  CHECK(parseJson("\"\\ud83d\\ud83d\\udc5f\"").text == "\xEF\xBF\xBD\xF0\x9F\x91\x9F");
  CHECK(parseJson("\"\\udc5f\\ud83d\"").text == "\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(parseJson("\"\\ud83d\\n\"").text == "\xEF\xBF\xBD\n");
}

TEST_CASE("Depth is bounded") {
  CHECK(parseJson(nested(kMaxJsonDepth)).isValid());
  CHECK_FALSE(parseJson(nested(kMaxJsonDepth + 1)).isValid());
  CHECK_FALSE(parseJson(nested(100000)).isValid());
  CHECK_FALSE(parseJson(std::string(100000, '[')).isValid());
}

TEST_CASE("Size is bounded") {
  std::string text = "\"" + std::string(kMaxJsonBytes - 2, 'x') + "\"";
  CHECK(parseJson(text).isValid());
  text.insert(1, "x");
  CHECK_FALSE(parseJson(text).isValid());
}

TEST_CASE("Of two members with one name the last counts") {
  const Json object = parseJson(R"({"a":1,"b":2,"a":3})");
  CHECK(numberMember(object, "a", 0) == 3);
  CHECK(member(object, "c") == nullptr);
}

TEST_CASE("A member of another type, or of a value that is no object, counts as missing") {
  const Json object = parseJson(R"({"text":"5","number":5,"bool":true,"null":null,"list":[1]})");
  CHECK(numberMember(object, "text", -1) == -1);
  CHECK(stringMember(object, "number", "none") == "none");
  CHECK(boolMember(object, "number", false) == false);
  CHECK(boolMember(object, "bool", false) == true);
  CHECK(numberMember(object, "bool", -1) == -1);
  CHECK(stringMember(object, "null", "none") == "none");
  CHECK(member(object, "null")->isNull());
  for (const char* text : {"[]", "1", "\"x\"", "null", "oops"}) {
    CHECK(member(parseJson(text), "text") == nullptr);
  }
}

TEST_CASE("A count that is not a whole number or does not fit an int gives the fallback") {
  const Json object = parseJson(R"({"big":1e10,"small":-1e10,"edge":2147483647,"part":3.7})");
  CHECK(intMember(object, "big", -1) == -1);
  CHECK(intMember(object, "small", -1) == -1);
  CHECK(intMember(object, "edge", -1) == 2147483647);
  CHECK(intMember(object, "part", -1) == -1);
}

TEST_CASE("A written string contains no control character") {
  CHECK(inQuotes("plain") == "\"plain\"");
  CHECK(inQuotes("a\"b\\c") == R"("a\"b\\c")");
  CHECK(inQuotes("\n\r\t") == R"("\n\r\t")");
  CHECK(inQuotes(std::string_view("\0\x01\x1e\x1f\x7f", 5)) == R"("\u0000\u0001\u001e\u001f\u007f")");
  CHECK(inQuotes("\xE2\x82\xAC \xF0\x9F\x91\x9F") == "\"\xE2\x82\xAC \xF0\x9F\x91\x9F\"");
  for (int c = 0; c < 256; ++c) {
    const std::string text = inQuotes(std::string(1, static_cast<char>(c)));
    for (const char out : text) CHECK_FALSE((static_cast<unsigned char>(out) < 0x20 || out == 0x7F));
    CHECK(parseJson(text).isString());
  }
}

TEST_CASE("Each byte that is not UTF-8 is written as one replacement character") {
  CHECK(inQuotes("a\xFFz") == "\"a\xEF\xBF\xBDz\"");
  CHECK(inQuotes("\xC3") == "\"\xEF\xBF\xBD\"");
  CHECK(inQuotes("\xED\xA0\x80") == "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
  CHECK(inQuotes("\xC0\xAF") == "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
  CHECK(inQuotes("\xF4\x90\x80\x80").size() == 2 + 4 * 3);
  CHECK(inQuotes("\xF4\x8F\xBF\xBF") == "\"\xF4\x8F\xBF\xBF\"");
  CHECK(inQuotes("\xE0\x9F\xBF").size() == 2 + 3 * 3);
}

TEST_CASE("An object is written member by member") {
  Text out = "x=";
  JsonObject object(out);
  object.add("s", "a\"b").add("n", 12.5).add("i", 3).add("b", true).addNull("z").addRaw("r", "[1]");
  object.addJson("j", parseJson("{\"k\":[]}"));
  object.key("own") += "7";
  object.close();
  CHECK(out == R"(x={"s":"a\"b","n":12.5,"i":3,"b":true,"z":null,"r":[1],"j":{"k":[]},"own":7})");
  CHECK(parseJson(out.substr(2)).isObject());
  Text empty;
  JsonObject(empty).close();
  CHECK(empty == "{}");
}

TEST_CASE("A byte order mark in front of a document is skipped") {
  CHECK(rewritten("\xEF\xBB\xBF[1]") == "[1]");
  CHECK_FALSE(parseJson("[\xEF\xBB\xBF]").isValid());
}

TEST_CASE("Random texts that are almost JSON are read, or refused, as nlohmann/json does") {
  // Pieces of JSON in a random order, some with errors; long runs of one document are often valid.
  constexpr const char* kPieces[] = {"{",           "}",           "[",       "]",           ",",
                                     ":",           " ",           "\n",      "\"a\"",       "\"a\":",
                                     "\"b\":",      "\"\"",        "1",       "-1",          "0",
                                     "-0",          "01",          "1.5",     "1.",          ".5",
                                     "1e3",         "1E-2",        "1e999",   "1e",          "true",
                                     "false",       "null",        "nul",     "\"\\u0041\"", "\"\\ud83d\\ude00\"",
                                     "\"\\ud83d\"", "\"\\n\\\"\"", "\"\\x\"", "\"é€😀\"",    "\"\t\"",
                                     "[]",          "{}",          "[1,2]",   "{\"a\":1}",   "123456789012345678901"};
  Random random("00112233445566778899aabbccddeeff");
  int valid = 0;
  for (int i = 0; i < 60000; ++i) {
    std::string text;
    const unsigned count = 1 + random.next() % 4;
    const bool isList = random.next() % 2 == 0;
    if (isList) text += '[';
    for (unsigned n = 0; n < count; ++n) {
      if (n > 0 && isList && random.next() % 8 != 0) text += ',';
      text += kPieces[random.next() % std::size(kPieces)];
    }
    if (isList) text += ']';
    CAPTURE(text);
    const Json ours = parseJson(text);
    valid += ours.isValid();
    REQUIRE(isSame(ours, oracleOf(text)));
  }
  CHECK(valid > 3000);
}
