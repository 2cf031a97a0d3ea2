#include "render/stamp.h"

#include <catch2/catch_test_macros.hpp>

#include "core/json.h"
#include "render/json_view.h"
#include "render/template.h"

using namespace vitrine;

namespace {

// What the cards of this template and data come to, a | before each field; "no" if cloning does not pay.
std::string stamps(std::string_view text, std::string_view list) {
  Template code;
  REQUIRE_FALSE(Template::compile("{{#items}}" + std::string(text) + "{{/items}}", {}, code));
  const Json data = parseJson(list);
  const Json none = parseJson("{}");
  const JsonView view;
  Stamps made;
  for (const Json& item : data.children) {
    std::string html;
    Trace trace;
    REQUIRE(code.render(code.section("items"), view.of(none), view.of(item), html, &trace));
    made.add(html, trace);
  }
  if (!made.isWorthIt()) return "no";
  std::string out = made.take();
  for (char& c : out) c = c == '\x1f' ? '|' : c;
  return out;
}

}  // namespace

TEST_CASE("A card is told by the values in its texts and attributes") {
  CHECK(stamps("<li id=\"i{{a}}-x\"><b class=\"c\">No. {{a}}, {{b}}</b><i title=\"{{b}}\"></i></li>",
               R"([{"a":1,"b":"x"},{"a":2,"b":"<&>"},{"a":30,"b":"x"}])") ==
        "|@|0|3||id|i1-x|0.0||No. 1, x|1|title|x|=|0|i2-x|No. 2, <&>|<&>|=|0|i30-x|No. 30, x|x");
}

TEST_CASE("A card of another kind is told whole, and may be a model") {
  CHECK(stamps("<li>{{a}}{{#s}}<u>{{s}}</u>{{/s}}</li>",
               R"([{"a":1},{"a":2,"s":"n"},{"a":3},{"a":4,"s":"m"},{"a":5,"s":"o"}])") ==
        "|+|<li>2<u>n</u></li>|@|0|1|0||1|=|0|3|@|1|2|0||2|1.0||n|=|1|4|m|=|1|5|o");
  CHECK(stamps("<li>{{#s}}!{{/s}}</li>", R"([{"s":1},{}])") == "no");
}

TEST_CASE("A text that is nothing has no node") {
  // In the card as in its model.
  CHECK(stamps("<li><b>{{b}}</b>{{a}}</li>", R"([{"a":1,"b":""},{"a":2,"b":""},{"a":3,"b":""}])") ==
        "|@|0|1|1||1|=|0|2|=|0|3");
  CHECK(stamps("<li>{{a}}</li>", R"([{"a":1},{"a":""},{"a":3},{"a":4}])") == "|@|0|1|0||1|+|<li></li>|=|0|3|=|0|4");
  CHECK(stamps("<li>{{a}}</li>", R"([{"a":""},{"a":1},{"a":2},{"a":3}])") ==
        "|@|0|0|+|<li>1</li>|@|1|1|0||1|=|1|2|=|1|3");
}

TEST_CASE("Cards that are not one element each are not told this way") {
  CHECK(stamps("<li>{{a}}</li><li></li>", R"([{"a":1},{"a":2}])") == "no");
  CHECK(stamps(" <li>{{a}}</li>", R"([{"a":1},{"a":2}])") == "no");
}
