#include "cards/card_clones.h"

#include <catch2/catch_test_macros.hpp>

#include "base/json.h"
#include "simulation/effect_text.h"
#include "templates/json_data.h"
#include "templates/template.h"

using namespace vitrine;

namespace {

// Returns the model card of the frame and then the clone instructions for this template and data, with | before each
// field. "no" if a card has no usable shape.
std::string clones(std::string_view markup, std::string_view list) {
  constexpr std::string_view kItem = " data-vitrine-item";
  std::string text(markup);
  text.insert(text.find("<li") + 3, kItem);
  Template compiled;
  REQUIRE_FALSE(Template::compile("{{#items}}" + text + "{{/items}}", {}, compiled));
  const Json data = parseJson(list);
  const Json none = parseJson("{}");
  const JsonData source;
  CardShapes shapes;
  RenderTrace values;
  List<CardClone> cards;
  for (const Json& item : data.children) {
    CardClone& card = cards.emplace_back();
    card.first = values.ends.size();
    values.nextCard();
    compiled.recordTrace(compiled.section("items"), source.of(none), source.of(item), values);
    card.shape = shapes.find(values);
    if (card.shape != CardShapes::kNone) continue;
    RenderTrace sampleTrace;
    Text sample;
    compiled.renderSample(compiled.section("items"), source.of(none), source.of(item), sampleTrace, sample);
    card.shape = shapes.add(sampleTrace, sample);
    if (card.shape == CardShapes::kNone || !shapes[card.shape].isUsable) return "no";
  }
  Text out, frameCard;
  appendClones(shapes, values, cards, out, frameCard);
  out.insert(0, frameCard);
  for (std::size_t at = 0; (at = out.find(kItem)) != std::string::npos;) out.erase(at, kItem.size());
  return test::readableFields(out);
}

}  // namespace

TEST_CASE("A clone gets the values of its texts and attributes") {
  CHECK(clones("<li id=\"i{{a}}-x\"><b class=\"c\">No. {{a}}, {{b}}</b><i title=\"{{b}}\"></i></li>",
               R"([{"a":1,"b":"x"},{"a":2,"b":"<&>"},{"a":30,"b":"x"}])") ==
        "<li id=\"ix-x\"><b class=\"c\">No. x, x</b><i title=\"x\"></i></li>"
        "|@||3||id|ix-x|ff||No. x, x|pn|title|x"
        "|=|0|i1-x|No. 1, x|x|=|0|i2-x|No. 2, <&>|<&>|=|0|i30-x|No. 30, x|x");
}

TEST_CASE("Values that all cards of a shape share stay in the markup of the model") {
  CHECK(clones("<li data-id=\"{{a}}\" title=\"{{b}}!\">{{c}}</li>",
               R"([{"a":1,"b":"<\"","c":"&"},{"a":2,"b":"<\"","c":"&"}])") ==
        "<li data-id=\"x\" title=\"&lt;&quot;!\">&amp;</li>|@||1||data-id|x|=|0|1|=|0|2");
}

TEST_CASE("A card with other elements has another shape") {
  CHECK(clones("<li>{{a}}{{#s}}<u>{{s}}</u>{{/s}}</li>",
               R"([{"a":1},{"a":2,"s":"n"},{"a":3},{"a":4,"s":"m"},{"a":5,"s":"o"}])") ==
        "<li>x</li>|@||1|f||x|=|0|1|@|<li>x<u>x</u></li>|2|f||x|nf||x|=|1|2|n|=|0|3|=|1|4|m|=|1|5|o");
}

TEST_CASE("An empty text has no node") {
  CHECK(clones("<li><b>{{b}}</b>{{a}}</li>", R"([{"a":1,"b":""},{"a":2,"b":""},{"a":3,"b":"c"}])") ==
        "<li><b></b>x</li>|@||1|fn||x|=|0|1|=|0|2|@|<li><b>c</b>3</li>|0|=|1");
  CHECK(clones("<li title=\"{{b}}\">{{a}}</li>", R"([{"a":1},{"a":2}])") ==
        "<li title=\"\">x</li>|@||1|f||x|=|0|1|=|0|2");
}

TEST_CASE("Values are passed as a browser reads them") {
  CHECK(
      clones("<li><a href=\"{{u}}\" style=\"--a: {{c}}\"></a><img srcset=\"{{s}}\"></li>",
             R"([{"u":" /a b&\n\u0007","c":"#fff","s":"javascript:y 1x, /&z 2x"},{"u":"/q","c":"1px","s":"/q 1x"}])") ==
      "<li><a href=\"x\" style=\"--a: x\"></a><img srcset=\"x\"></li>"
      "|@||3|f|href|x||style|--a: x|n|srcset|x|=|0|/a%20b&|--a: #fff|/&z 2x|=|0|/q|--a: 1px|/q 1x");
}

TEST_CASE("Cards that are not exactly one element are not cloned") {
  CHECK(clones("<li>{{a}}</li><li></li>", R"([{"a":1},{"a":2}])") == "no");
  CHECK(clones(" <li>{{a}}</li>", R"([{"a":1},{"a":2}])") == "no");
}
