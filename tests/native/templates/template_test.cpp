// Templates in HTML mode: where values may stand, how they are escaped there, and which markup is refused, with its
// position.
#include <catch2/catch_test_macros.hpp>

#include "native/templates/render_template.h"

using namespace vitrine;

namespace {

const RenderTemplate html{.mode = TemplateMode::kHtml};

std::string with(std::string_view text, std::string_view x) {
  Text data = "{\"x\":";
  appendString(data, x);
  return html(text, data + "}");
}

}  // namespace

TEST_CASE("Between elements and in quotes a value is escaped as text") {
  CHECK(with("<p>{{x}}</p>", "<b> & \"q\" 'a' `b`") == "<p>&lt;b&gt; &amp; &quot;q&quot; &#39;a&#39; &#96;b&#96;</p>");
  CHECK(with("<p title='{{x}}'></p>", "'><script>") == "<p title='&#39;&gt;&lt;script&gt;'></p>");
  CHECK(with("<p data-x=\"a {{x}} b\" aria-label=\"{{x}}\"></p>", "\"") ==
        "<p data-x=\"a &quot; b\" aria-label=\"&quot;\"></p>");
  CHECK(with("<textarea>{{x}}</textarea>", "</textarea><script>") ==
        "<textarea>&lt;/textarea&gt;&lt;script&gt;</textarea>");
  CHECK(with("<p>{{x}}</p>", "a\x1e\x1f\nb") == "<p>a b</p>");
}

TEST_CASE("An address may be http, https or relative") {
  CHECK(with("<a href=\"{{x}}\"></a>", "https://a.b/c?d=\"e\"&f") ==
        "<a href=\"https://a.b/c?d=&quot;e&quot;&amp;f\"></a>");
  CHECK(with("<a href=\"{{x}}\"></a>", "/p/1") == "<a href=\"/p/1\"></a>");
  for (const char* url :
       {"javascript:alert(1)", " JAVA\tSCRIPT:alert(1)", "data:text/html,x", "vbscript:x", "\x01javascript:x"})
    CHECK(with("<a href=\"{{x}}\"></a>", url) == "<a href=\"\"></a>");
  CHECK(with("<img src=\"{{x}}\">", "blob:x") == "<img src=\"\">");
  CHECK(with("<svg><use xlink:href=\"{{x}}\"/></svg>", "data:x") == "<svg><use xlink:href=\"\"/></svg>");
}

TEST_CASE("Within an address a value is percent-encoded") {
  CHECK(with("<a href=\"/p/{{x}}?q={{x}}\"></a>", "a/../b?c=ä&\"") ==
        "<a href=\"/p/a%2F..%2Fb%3Fc%3D%C3%A4%26%22?q=a%2F..%2Fb%3Fc%3D%C3%A4%26%22\"></a>");
  CHECK(with("<a href=\"mailto:{{x}}\"></a>", "a@b") == "<a href=\"mailto:a%40b\"></a>");
  CHECK(html("<a href=\"{{a}}{{b}}\"></a>", R"({"a": "java", "b": "script:x"})") == "<a href=\"javascript%3Ax\"></a>");
  CHECK(html("<a href=\"{{a}}?from={{b}}\"></a>", R"({"a": "/x", "b": "/y"})") == "<a href=\"/x?from=%2Fy\"></a>");
  CHECK(html("<a href=\"{{#a}}{{a}}{{/a}}{{^a}}{{b}}{{/a}}\"></a>", R"({"b": "javascript:x"})") == "<a href=\"\"></a>");
}

TEST_CASE("A srcset keeps only safe addresses") {
  CHECK(with("<img srcset=\"{{x}}\">", "a.jpg 1x, javascript:x 2x,https://b/c,d.jpg 3x\" onerror=") ==
        "<img srcset=\"a.jpg 1x, https://b/c,d.jpg 3x \">");
  CHECK(with("<img srcset=\"{{x}} 1x, {{x}} 2x\">", "/a.jpg") == "<img srcset=\"/a.jpg 1x, /a.jpg 2x\">");
}

TEST_CASE("In a style attribute a custom property takes a plain value") {
  CHECK(with("<p style=\"--c: {{x}}; color: red\"></p>", "#ff0") == "<p style=\"--c: #ff0; color: red\"></p>");
  for (const char* css : {"url(x)", "red;background:x", "a\"b", "\\75rl", "/*", "expression(1)"})
    CHECK(with("<p style=\"--c: {{x}}\"></p>", css) == "<p style=\"--c: \"></p>");
}

TEST_CASE("A value where none may stand is refused with line and column") {
  CHECK(html("<script>{{x}}</script>") == "1:9 value-in-script");
  CHECK(html("<style>\n a { color: {{x}} }</style>") == "2:13 value-in-script");
  CHECK(html("<script>{{#x}}1{{/x}}</script>") == "1:9 value-in-script");
  CHECK(html("<p>ä</p>\n<{{x}}>") == "2:2 value-in-tag");
  CHECK(html("<p {{x}}></p>") == "1:4 value-in-tag");
  CHECK(html("<p data-{{x}}=\"1\"></p>") == "1:9 value-in-tag");
  CHECK(html("<p title={{x}}></p>") == "1:10 attribute-unquoted");
  CHECK(html("<p title=x></p>") == "1:10 attribute-unquoted");
  CHECK(html("<p onclick=\"{{x}}\"></p>") == "1:11 attribute-refused");
  CHECK(html("<p ONCLICK='x'></p>") == "1:11 attribute-refused");
  CHECK(html("<p style=\"color: {{x}}\"></p>") == "1:18 value-in-style");
  CHECK(html("<p style=\"--a: 1; {{x}}: 1\"></p>") == "1:19 value-in-style");
  CHECK(html("<p style=\"--a: url({{x}})\"></p>") == "1:20 value-in-style");
  CHECK(html("<!-- {{x}} -->") == "1:6 value-in-comment");
  CHECK(html("<p is=\"{{x}}\"></p>") == "1:8 value-in-attribute");
  CHECK(html("<p id=\"{{x}}\"></p>") == "1:8 value-in-attribute");
  CHECK(html("<p id=\"a-{{x}}\"></p>", R"({"x": 1})") == "<p id=\"a-1\"></p>");
  CHECK(html("<animate to=\"{{x}}\"></animate>") == "1:14 value-in-attribute");
}

TEST_CASE("Markup that a browser would read differently is refused") {
  CHECK(html("<p>") == "1:4 markup-unclosed");
  CHECK(html("<p></b></p>") == "1:7 markup-mismatched");
  CHECK(html("</p>") == "1:4 markup-mismatched");
  CHECK(html("<p/>") == "1:4 markup");
  CHECK(html("a < b") == "1:4 markup");
  CHECK(html("<p") == "1:3 markup");
  CHECK(html("<p title=\"a\"class=\"b\"></p>") == "1:13 markup");
  CHECK(html("<p title=\"<\"></p>") == "1:11 markup");
  CHECK(html("<!doctype html>") == "1:3 markup");
  CHECK(html("<textarea><b></textarea>") == "1:12 markup");
  for (const char* name : {"iframe", "object", "base", "meta", "link", "plaintext", "noscript", "template", "html"})
    CHECK(html("<" + std::string(name) + ">") ==
          "1:" + std::to_string(std::string(name).size() + 2) + " element-refused");
  CHECK(html("<svg><style></style></svg>") == "1:12 element-refused");
  CHECK(html("<a href=\"javascript:x\"></a>") == "1:20 url-refused");
  CHECK(html("<a href=\"java&#115;cript:x\"></a>") == "1:14 url-refused");
  CHECK(html("<a href=\"{{x}}:y\"></a>") == "1:15 url-refused");
  CHECK(html("<img srcset=\"{{x}}{{x}}\">") == "1:19 url-refused");
  CHECK(html("<p>\x01</p>") == "1:4 control-character");
}

TEST_CASE("Whole markup is accepted, and its comments are left out") {
  CHECK(html("<p hidden title='a' data-x = \"b\">a<br>b<img alt=\"\"/></p>") ==
        "<p hidden title='a' data-x = \"b\">a<br>b<img alt=\"\"/></p>");
  CHECK(html("a<!-- <b> > -->b<p><!----></p>") == "ab<p></p>");
  CHECK(html("<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/><title>x</title></svg>") ==
        "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/><title>x</title></svg>");
  CHECK(html("<script>if (a < b) x(\"</p>\")</script>") == "<script>if (a < b) x(\"</p>\")</script>");
}

TEST_CASE("A section must close the elements that it opens, and no others") {
  CHECK(html("{{#x}}<p>{{/x}}</p>") == "1:10 section-unbalanced");
  CHECK(html("<p>{{#x}}</p>{{/x}}") == "1:13 markup-mismatched");
  CHECK(html("<p {{#x}}>{{/x}}</p>") == "1:11 section-unbalanced");
  CHECK(html("<p title=\"{{#x}}\">{{/x}}</p>") == "1:19 section-unbalanced");
  CHECK(html("<p><b>{{#x}}</b><b>{{/x}}</b></p>") == "1:16 markup-mismatched");
  CHECK(html("<p{{#x}} hidden{{/x}} class=\"a{{#x}} b{{/x}}\">c</p>", R"({"x": true})") ==
        "<p hidden class=\"a b\">c</p>");
  CHECK(html("<p {{#x}}title=\"{{x}}\"{{/x}} {{^x}}hidden{{/x}}></p>", R"({"x": "y"})") == "<p title=\"y\" ></p>");
  CHECK(html("<p {{#x}}title=\"{{x}}\"{{/x}}class=\"a\"></p>") == "1:29 markup");
}

TEST_CASE("Markup from data is refused unless the field is trusted, and then it must be whole") {
  CHECK(html("<p>{{{x}}}</p>") == "1:4 raw-refused");
  CHECK(html("<p>{{&x}}</p>") == "1:4 raw-refused");
  const RenderTemplate trusting{.mode = TemplateMode::kHtml, .trusted = {"x"}};
  CHECK(trusting("<p>{{{x}}}</p>", R"({"x": "<b>a</b>"})") == "<p><b>a</b></p>");
  CHECK(trusting("<p>{{{x}}}</p>", R"({"x": "</p><b>"})") == "<p>&lt;/p&gt;&lt;b&gt;</p>");
  CHECK(trusting("<p>{{{x}}}</p>", R"({"x": "<b onclick='x'></b>"})") ==
        "<p>&lt;b onclick=&#39;x&#39;&gt;&lt;/b&gt;</p>");
  CHECK(trusting("<p title=\"{{{x}}}\"></p>") == "1:11 fragment-in-tag");
  CHECK(trusting("<p>{{x}}</p>", R"({"x": "<b>"})") == "<p>&lt;b&gt;</p>");
}

TEST_CASE("Partials, parents and blocks must be whole markup between elements") {
  const RenderTemplate s{
      .mode = TemplateMode::kHtml,
      .partials = {{"card", "<b>{{x}}</b>"}, {"open", "<p>"}, {"frame", "<ul>{{$in}}<li></li>{{/in}}</ul>"}}};
  CHECK(s("<p>{{>card}}</p>", R"({"x": "<"})") == "<p><b>&lt;</b></p>");
  CHECK(s("<p title=\"{{>card}}\"></p>") == "1:11 fragment-in-tag");
  CHECK(s("{{>open}}</p>") == "1:13 markup-mismatched");
  CHECK(s("<p>{{>open}}</p>") == "1:4 markup-unclosed");
  CHECK(s("{{<frame}}{{$in}}<li>{{x}}</li>{{/in}}{{/frame}}", R"({"x": "&"})") == "<ul><li>&amp;</li></ul>");
  CHECK(s("{{<frame}}{{$in}}<li>{{/in}}{{/frame}}") == "1:22 markup-unclosed");
  CHECK(s("<p>{{$in}}</p>{{/in}}") == "1:14 markup-mismatched");
}

TEST_CASE("Errors in tags have line and column") {
  const RenderTemplate plain;
  CHECK(plain("a\n  {{x") == "2:3 tag-unclosed");
  CHECK(plain("{{#a}}\n{{#b}}{{/a}}") == "2:7 tag-mismatched");
  CHECK(plain("{{/a}}") == "1:1 tag-unopened");
  CHECK(plain("ä{{#a}}") == "1:2 tag-unclosed");
  CHECK(plain("{{ }}") == "1:1 tag-empty");
  CHECK(plain("{{=x=}}") == "1:1 delimiters");
  CHECK(plain(std::string(200000, 'x')) == "1:1 template-too-large");
  std::string deep;
  for (int i = 0; i < 40; ++i) deep += "{{#a}}";
  CHECK(plain(deep) == "1:193 template-too-deep");
}

TEST_CASE("A section's body can be rendered on its own") {
  TemplateOptions options;
  Template compiled;
  REQUIRE_FALSE(Template::compile("<ul>{{#items}}<li>{{name}}{{of}}</li>{{/items}}</ul>", options, compiled));
  const Template::Body body = compiled.section("items");
  REQUIRE(body.isThere());
  CHECK_FALSE(compiled.section("others").isThere());
  const JsonData data;
  const Json outer = parseJson(R"({"of": "!"})");
  const Json inner = parseJson(R"({"name": "a"})");
  Text out;
  CHECK(compiled.render(body, data.of(outer), data.of(inner), out));
  CHECK(out == "<li>a!</li>");
}
