#include "cards/patch.h"

#include <catch2/catch_test_macros.hpp>

#include "cards/reorder.h"
#include "simulation/effect_text.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

std::string between(std::string_view before, std::string_view after, int item = 0) {
  Text patch;
  if (!patchMarkup(before, after, item, patch)) {
    CHECK(patch.empty());
    return "no";
  }
  return readableFields(patch);
}

std::string order(const List<int>& sources, std::size_t oldCount, const List<Text>& htmls = {}) {
  Text patch;
  patchOrder(sources, oldCount, htmls, patch);
  return readableFields(patch);
}

}  // namespace

TEST_CASE("Equal renderings need no step") {
  CHECK(between("<li>a</li>", "<li>a</li>").empty());
  CHECK(between("", "", -1).empty());
}

TEST_CASE("A changed price is one text step") {
  CHECK(between("<li><a href=\"/p\"><img src=\"a.jpg\"><b>Shoe</b> <i>12.90</i></a></li>",
                "<li><a href=\"/p\"><img src=\"a.jpg\"><b>Shoe</b> <i>9.90</i></a></li>") ==
        "|set|0|0.3.0||=12.90|=9.90");
}

TEST_CASE("Steps hold decoded texts and values") {
  CHECK(between("<li>a &amp; b</li>", "<li>a &lt; b &#39;&quot;&#96;</li>") == "|set|0|0||=a & b|=a < b '\"`");
  CHECK(between("<li title=\"&quot;\">x</li>", "<li title='it'>x</li>", 7) == "|set|7||title|=\"|=it");
}

TEST_CASE("Markup that a browser serialized equals the rendering it came from") {
  CHECK(between("<li data-x=\"\" title='it\"s'>9&nbsp;€ it's `<br></li>",
                "<li data-x title=\"it&quot;s\">9\xC2\xA0€ it&#39;s &#96;<br></li>")
            .empty());
  CHECK(between("<li>9&nbsp;€</li>", "<li>8\xC2\xA0€</li>") == "|set|0|0||=9\xC2\xA0€|=8\xC2\xA0€");
}

TEST_CASE("A character reference that only a browser can decode replaces the children") {
  CHECK(between("<li><b>a&hellip;b</b></li>", "<li><b>a&hellip;c</b></li>") == "|inner|0|0|a&hellip;c");
  CHECK(between("<li><b>a\r\n</b></li>", "<li><b>b</b></li>") == "|inner|0|0|b");
  CHECK(between("<li title=\"&hellip;\">a</li>", "<li title=\"&copy;\">a</li>") == "no");
}

TEST_CASE("Attributes are changed, added and dropped") {
  CHECK(between("<li class=\"a\" hidden>x</li>", "<li class=\"b\" id=\"i\">x</li>") ==
        "|set|0||hidden|=||set|0||class|=a|=b|set|0||id||=i");
  CHECK(between("<li><img src=\"a\" alt=\"\"></li>", "<li><img src=\"b\" alt=\"\"></li>") == "|set|0|0|src|=a|=b");
}

TEST_CASE("Where elements differ, the children of the innermost common element are replaced") {
  CHECK(between("<li><a><b>1</b></a><u>x</u></li>", "<li><a><s>2</s><b>1</b></a><u>y</u></li>") ==
        "|inner|0|0|<s>2</s><b>1</b>|set|0|1.0||=x|=y");
  CHECK(between("<li><b>1</b><a><br></a></li>", "<li><b>2</b><a></a><i>new</i></li>") ==
        "|inner|0||<b>2</b><a></a><i>new</i>");
  CHECK(between("<li><b></b></li>", "<li><b>now</b></li>") == "|inner|0|0|now");
}

TEST_CASE("An item whose own element differs is replaced as a whole") {
  CHECK(between("<li>a</li>", "<div>a</div>") == "no");
  Text patch;
  patchItem(3, patch);
  CHECK(readableFields(patch) == "|item|3");
}

TEST_CASE("Blanks around an item are ignored") {
  CHECK(between("\n  <li>a</li>\n", "  <li>b</li>") == "|set|0|0||=a|=b");
}

TEST_CASE("The frame around the items may be several elements") {
  CHECK(between("<h2>One</h2><ul class=\"x\"></ul><p>1</p>", "<h2>Two</h2><ul class=\"x\"></ul><p>2</p>", -1) ==
        "|set|-|0.0||=One|=Two|set|-|2.0||=1|=2");
  CHECK(between("<ul></ul>", "<h2>New</h2><ul></ul>", -1) == "no");
}

TEST_CASE("Within svg a slash closes an element") {
  CHECK(between("<li><svg><path d=\"a\"/><g><path d=\"b\"/></g></svg><b>1</b></li>",
                "<li><svg><path d=\"a\"/><g><path d=\"c\"/></g></svg><b>2</b></li>") ==
        "|set|0|0.1.0|d|=b|=c|set|0|1.0||=1|=2");
}

TEST_CASE("Markup that is not well-formed is not patched") {
  for (const char* html : {"<li>", "<li", "<", "<li><b></li>x", "<!-- a --><li></li>", "<li title=\"></li>", "</li>",
                           "<li></li><li></li>", "x<li></li>", "<li><!doctype></li>"}) {
    CAPTURE(html);
    CHECK(between(html, "<li>b</li>") == "no");
    CHECK(between("<li>b</li>", html) == "no");
  }
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<b>";
  for (int i = 0; i < 100; ++i) deep += "</b>";
  CHECK(between("<li>" + deep + "x</li>", "<li>" + deep + "y</li>").find("|inner|0") == 0);
}

TEST_CASE("Items that stay in their order need no step") {
  CHECK(order({0, 1, 2}, 3).empty());
  CHECK(order({}, 0).empty());
}

TEST_CASE("As few items as possible move") {
  CHECK(order({2, 0, 1}, 3) == "|order|>2 0 1");
  CHECK(order({1, 2, 0}, 3) == "|order|1 2 >0");
  CHECK(order({3, 2, 1, 0}, 4) == "|order|>3 >2 >1 0");
  CHECK(order({0, 4, 1, 2, 3}, 5) == "|order|0 >4 1 2 3");
}

TEST_CASE("Items are added and removed") {
  CHECK(order({-1, 0, 1}, 2, {"<li>x</li>"}) == "|order|+ 0 1|<li>x</li>");
  CHECK(order({1}, 2) == "|order|1");
  CHECK(order({-1, -1}, 1, {"<i></i>", "<b></b>"}) == "|order|+ +|<i></i>|<b></b>");
  CHECK(order({}, 2) == "|order|");
}
