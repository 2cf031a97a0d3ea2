#include "base/text.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <string_view>
#include <utility>

using namespace vitrine;

namespace {

// Longer than the memory of a short text, so that appending it moves the bytes.
const std::string kLong(100, 'x');

}  // namespace

TEST_CASE("A new text is empty and compares with every kind of text") {
  const Text text;
  CHECK(text.empty());
  CHECK(text == "");
  CHECK(text == std::string());
  CHECK(text == std::string_view());
  CHECK(text == Text(""));
  CHECK(text != "a");
  CHECK(std::string(text.c_str()).empty());
  CHECK(text.begin() == text.end());
  CHECK(text.find("a") == Text::npos);
}

TEST_CASE("A text is built from a literal, a view, a std::string and a count, and converts back") {
  CHECK(Text("ab") == "ab");
  CHECK(Text(std::string_view("abc").substr(1)) == "bc");
  CHECK(Text(std::string("ab\0c", 4)).size() == 4);
  CHECK(Text(3, '.') == "...");
  const std::string copy = Text("ab");
  CHECK(copy == "ab");
}

TEST_CASE("A text grows by appending, also by a part of itself") {
  Text text = "ab";
  text += 'c';
  text.append("de").append(kLong).append("xyz", 1, 1);
  CHECK(text == "abcde" + kLong + "y");
  text = "0123456789abcdef";
  for (int i = 0; i < 4; ++i) text += text;
  CHECK(text.size() == 256);
  CHECK(text.substr(240) == "0123456789abcdef");
  text.append(text.data() + 1, 3);
  CHECK(text.substr(256) == "123");
}

TEST_CASE("A text is assigned, also a part of itself") {
  Text text = kLong;
  text = "abc";
  CHECK(text == "abc");
  text = text.substr(1);
  CHECK(text == "bc");
  const Text& same = text;
  text = same;
  CHECK(text == "bc");
  text = 'x';
  CHECK(text == "x");
  text = {};
  CHECK(text.empty());
}

TEST_CASE("A copy of a text is independent, and a moved text leaves an empty one behind") {
  Text text = "abc";
  Text copy = text;
  copy += "d";
  CHECK(text == "abc");
  const Text moved = std::move(copy);
  CHECK(moved == "abcd");
  CHECK(copy.empty());  // NOLINT(bugprone-use-after-move): the state is what is tested
  copy = "again";
  CHECK(copy == "again");
  text = std::move(copy);
  CHECK(text == "again");
  CHECK(std::exchange(text, {}) == "again");
  CHECK(text.empty());
}

TEST_CASE("Parts of a text are replaced, inserted and erased") {
  Text text = "abcdef";
  text.replace(1, 2, "-----");
  CHECK(text == "a-----def");
  text.replace(0, Text::npos, text.substr(5));
  CHECK(text == "-def");
  text.insert(1, text);
  CHECK(text == "--defdef");
  text.erase(0, 2);
  CHECK(text == "defdef");
  text.erase(3);
  CHECK(text == "def");
  text.pop_back();
  CHECK(text == "de");
  text.resize(4);
  CHECK(text == std::string_view("de\0\0", 4));
  text.resize(1);
  CHECK(text == "d");
  CHECK(std::string(text.c_str()) == "d");
  text.clear();
  CHECK(text.empty());
}

TEST_CASE("Texts are joined and ordered") {
  const Text a = "a";
  CHECK(a + a == "aa");
  CHECK(a + "b" + 'c' + std::string_view("d") + std::string("e") == "abcde");
  CHECK("b" + a == "ba");
  CHECK(std::string_view("b") + a == "ba");
  CHECK(a < Text("b"));
  CHECK(a < "aa");
  CHECK(a > std::string_view());
}

TEST_CASE("A text is searched as a std::string is") {
  const Text text = "one two one";
  CHECK(text.find("one", 1) == 8);
  CHECK(text.find('t') == 4);
  CHECK(text.rfind("one") == 8);
  CHECK(text.rfind('o', 7) == 6);
  CHECK(text.find_first_of("wt") == 4);
  CHECK(text.find_first_not_of("one") == 3);
  CHECK(text.find_last_of("t") == 4);
  CHECK(text.find_last_not_of("one") == 7);
  CHECK(text.starts_with("one "));
  CHECK(text.ends_with(" one"));
  CHECK(text.front() == 'o');
  CHECK(text.back() == 'e');
}
