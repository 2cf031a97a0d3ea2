// The optional modules of the Mustache specification: inheritance and dynamic names. The other modules are
// tested with the specification's own cases, in tests/boundary/mustache.test.mjs.
#include <catch2/catch_test_macros.hpp>

#include "native/templates/render_template.h"

namespace {

const RenderTemplate plain;

}  // namespace

TEST_CASE("A block shows its default content, with values and sections in it") {
  CHECK(plain("{{$heading}}Shoes{{/heading}}\n") == "Shoes\n");
  CHECK(plain("{{$heading}}All {{kind}}{{/heading}}\n", R"({"kind": "boots"})") == "All boots\n");
  CHECK(plain("{{$heading}}{{{kind}}}{{/heading}}", R"({"kind": "<b>"})") == "<b>");
  CHECK(plain("{{$b}}a {{#in}}{{name}}{{/in}} z{{/b}}", R"({"in": {"name": "x"}})") == "a x z");
  CHECK(plain("{{$b}}a {{^in}}{{name}}{{/in}} z{{/b}}", R"({"name": "x"})") == "a x z");
  CHECK(plain("{{$b}}{{in}}{{/b}}", R"({"in": "{{name}}", "name": "x"})") == "{{name}}");
}

TEST_CASE("A parent is a partial whose blocks can be replaced where it is used") {
  const RenderTemplate card{.partials = {{"card", "[{{$name}}nobody{{/name}}|{{$price}}free{{/price}}]"}}};
  CHECK(card("{{<card}}{{/card}}\n") == "[nobody|free]");
  CHECK(card("{{>card}}, {{<card}}{{/card}}") == "[nobody|free], [nobody|free]");
  CHECK(card("{{<card}}{{$name}}Ada{{/name}}{{/card}}") == "[Ada|free]");
  CHECK(card("{{<card}}{{$price}}12{{/price}}{{/card}}") == "[nobody|12]");
  CHECK(card("{{<card}} not shown {{$name}}Ada{{/name}} neither {{/card}}") == "[Ada|free]");
  CHECK(card("{{<card}} not shown {{/card}}") == "[nobody|free]");
  CHECK(card("x {{<card}}{{$name}}A{{/name}}{{/card}} {{<card}}{{$name}}B{{/name}}{{/card}}\n") ==
        "x [A|free] [B|free]\n");
  CHECK(card("{{<missing}}{{$name}}Ada{{/name}}{{/missing}}").empty());
}

TEST_CASE("A block and a data field of the same name are independent") {
  const RenderTemplate card{.partials = {{"card", "{{$name}}default{{/name}}"}}};
  CHECK(card("{{<card}}{{$name}}block{{/name}}{{/card}}", R"({"name": "data"})") == "block");
  CHECK(card("{{<card}}{{/card}}", R"({"name": "data"})") == "default");
}

TEST_CASE("The replacement of a block sees the data at the place of the block") {
  const RenderTemplate list{.partials = {{"list", "{{#items}}{{$item}}{{/item}};{{/items}}"}}};
  CHECK(list("{{<list}}{{$item}}{{name}}{{/item}}{{/list}}", R"({"items": [{"name": "a"}, {"name": "b"}]})") == "a;b;");
}

TEST_CASE("The outermost replacement of a block wins") {
  const RenderTemplate nested{.partials = {{"old", "{{$a}}grand{{/a}}"},
                                           {"mid", "{{<old}}{{$a}}old{{/a}}{{/old}}"},
                                           {"new", "{{<mid}}{{$a}}mid{{/a}}{{/mid}}"}}};
  CHECK(nested("{{<new}}{{$a}}mine{{/a}}{{/new}}") == "mine");
  CHECK(nested("{{<new}}{{/new}}") == "mid");
  CHECK(nested("{{<mid}}{{/mid}}") == "old");
}

TEST_CASE("Parents may use each other, and a replacement may hold a block of its own name") {
  const RenderTemplate pair{.partials = {{"p", "{{$a}}A{{/a}} {{$b}}{{<q}}{{/q}}{{/b}}"},
                                         {"q", "{{$a}}Q{{/a}} {{<p}}{{$b}}end{{/b}}{{/p}}"}}};
  CHECK(pair("{{<p}}{{$a}}x{{/a}}{{/p}}") == "x x x end");
  CHECK(pair("{{<p}}{{$a}}x{{$a}}y{{/a}}{{/a}}{{$b}}{{/b}}{{/p}}") == "xy ");
}

TEST_CASE("Parents and blocks that stand alone on a line remove the line") {
  const RenderTemplate s{.partials = {{"two", "one\ntwo\n"},
                                      {"place", "{{$b}}default{{/b}}"},
                                      {"inset", "Hi:\n  {{$b}}collaborate{{/b}}\n"},
                                      {"empty", "Hi:\n  {{$b}}{{/b}}\n"},
                                      {"lines", "Hi:\n  {{$b}}\n  {{/b}}\n"},
                                      {"filled", "Hi:\n{{$b}}\n  default\n{{/b}}\n"}}};
  CHECK(s("List:\n  {{<two}}{{/two}}\n") == "List:\n  one\n  two\n");
  CHECK(s("{{<place}}{{$b}}\nup\n\ndown\n{{/b}}{{/place}}") == "up\n\ndown\n");
  CHECK(s("{{<inset}}{{$b}}hammer{{/b}}{{/inset}}") == "Hi:\n  hammer\n");
  CHECK(s("{{<inset}}{{/inset}}") == "Hi:\n  collaborate\n");
  CHECK(s("{{<empty}}{{$b}}\nx\ny{{/b}}\n{{/empty}}\n") == "Hi:\n  x\n  y\n");
  CHECK(s("{{<lines}}{{$b}}\n    x\n    y\n{{/b}}{{/lines}}\n") == "Hi:\n  x\n  y\n");
  CHECK(s("{{<filled}}{{$b}}\nx\ny\n{{/b}}{{/filled}}\n") == "Hi:\n  x\n  y\n");
  CHECK(s("{{<filled}}{{/filled}}\n") == "Hi:\n  default\n");
}

TEST_CASE("A block within a replacement keeps its own indentation") {
  const RenderTemplate s{
      .partials = {{"outer", "{{$b}}default{{/b}}"},
                   {"mid", "{{<outer}}{{$b}}\n  one\n  {{$n}}\n    two\n  {{/n}}\n{{/b}}{{/outer}}\n"}}};
  CHECK(s("{{<mid}}{{$n}}\nthree\n{{/n}}{{/mid}}\n") == "one\n  three\n");
  CHECK(s("{{<mid}}{{/mid}}\n") == "one\n  two\n");
}

TEST_CASE("A dynamic name is the field that holds the partial's name") {
  const RenderTemplate s{.partials = {{"hello", "Hello, {{who}}!"}, {"wrong", "wrong"}, {"who", "no"}}};
  CHECK(s("\"{{>*which}}\"", R"({"which": "hello", "*which": "wrong", "who": "you"})") == "\"Hello, you!\"");
  CHECK(s("{{> * a.b.c }}", R"({"a": {"b": {"c": "hello"}}, "who": "you"})") == "Hello, you!");
  CHECK(s("{{<*which}}{{/*which}}", R"({"which": "hello"})") == "Hello, !");
  CHECK(s("\"{{>*which}}\"") == "\"\"");
  CHECK(s("\"{{>*which}}\"", R"({"which": "elsewhere"})") == "\"\"");
  CHECK(s("\"{{>**which}}\"", R"({"which": "who", "who": "hello"})") == "\"\"");
  CHECK(s("\"{{>*a.*b}}\"", R"({"a": "x", "b": "y", "x": {"y": "hello"}})") == "\"\"");
  CHECK(s("\"{{>*a.b.c}}\"", R"({"a": "x", "x": {"b": {"c": "hello"}}})") == "\"\"");
  CHECK(s("{{#list}}{{>*in.which}}{{/list}}",
          R"({"who": "you", "list": [1, 2], "in": {"which": "hello", "who": "me"}})") == "Hello, you!Hello, you!");
}

TEST_CASE("Partials with dynamic names stand alone, are indented and may include themselves") {
  const RenderTemplate s{.partials = {{"lines", "|\n{{{text}}}\n|\n"},
                                      {"angle", ">\n>"},
                                      {"node", "{{text}}<{{#nodes}}{{>*which}}{{/nodes}}>"}}};
  CHECK(s("\\\n {{>*which}}\n/\n", R"({"which": "lines", "text": "<\n->"})") == "\\\n |\n <\n->\n |\n/\n");
  CHECK(s("  {{text}}  {{>*which}}\n", R"({"which": "angle", "text": "|"})") == "  |  >\n>\n");
  CHECK(s("  {{>*which}}\n>", R"({"which": "angle"})") == "  >\n  >>");
  CHECK(s(">\r\n  {{>*which}}", R"({"which": "angle"})") == ">\r\n  >\n  >");
  CHECK(s("{{>*which}}", R"({"which": "node", "text": "X", "nodes": [{"text": "Y", "nodes": []}]})") == "X<Y<>>");
}

TEST_CASE("A template that would never end renders nothing") {
  CHECK(RenderTemplate{.partials = {{"self", "x{{>self}}"}}}("a{{>self}}") == "endless");
  CHECK(RenderTemplate{.partials = {{"self", "{{$b}}{{>self}}{{/b}}"}}}("{{>self}}") == "endless");
  CHECK(RenderTemplate{.partials = {{"p", "{{$b}}{{/b}}"}}}("{{<p}}{{$b}}{{>p}}{{/b}}{{/p}}").empty());
  std::string list = "[";
  for (int i = 0; i < 200; ++i) list += i > 0 ? ",1" : "1";
  const std::string data = "{\"l\": " + list + "]}";
  CHECK(plain("{{#l}}{{#l}}{{#l}}{{/l}}{{/l}}{{/l}}", data) == "endless");
}
