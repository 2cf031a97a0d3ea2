#include "templates/html.h"

#include <catch2/catch_test_macros.hpp>

using namespace vitrine;

namespace {

std::string escaped(std::string_view text) {
  Text out;
  appendEscaped(out, text);
  return out;
}

}  // namespace

TEST_CASE("Text stays text, in an element and in an attribute") {
  CHECK(escaped("plain text") == "plain text");
  CHECK(escaped("<script>alert('1' & \"2\")</script>`") ==
        "&lt;script&gt;alert(&#39;1&#39; &amp; &quot;2&quot;)&lt;/script&gt;&#96;");
  CHECK(escaped("&lt;") == "&amp;lt;");
  CHECK(escaped("\xE2\x82\xAC 5") == "\xE2\x82\xAC 5");
}

TEST_CASE("Control characters are dropped, line ends become blanks") {
  CHECK(escaped(std::string_view("a\0b\x01\x1e\x1f\x7f\x63", 8)) == "abc");
  CHECK(escaped("a\nb\tc\rd") == "a b cd");
}

TEST_CASE("Web addresses and relative addresses are let through") {
  for (const char* url :
       {"", "/", "/p/1", "p/1", "?a=1:2", "#x:y", "https://shop.example/a?b=c#d", "http://shop.example",
        "HTTPS://SHOP.EXAMPLE", "//cdn.example/x.png", "../up", "/a:b", "./javascript:alert(1)"}) {
    CHECK(safeUrl(url) == url);
  }
}

TEST_CASE("Any other scheme is refused, however it is disguised") {
  for (const char* url : {"javascript:alert(1)",
                          "JaVaScRiPt:alert(1)",
                          " javascript:alert(1)",
                          "\tjavascript:alert(1)",
                          "java\tscript:alert(1)",
                          "java\nscript:alert(1)",
                          "java\r\nscript:alert(1)",
                          "\x01javascript:alert(1)",
                          "javascript\t:alert(1)",
                          "javascript :alert(1)",
                          "vbscript:msgbox(1)",
                          "data:text/html,<script>alert(1)</script>",
                          "data:image/svg+xml;base64,x",
                          "file:///etc/passwd",
                          "blob:https://x",
                          "ftp://x",
                          "about:blank",
                          "mailto:a@b",
                          "intent:x",
                          "view-source:https://x",
                          "jar:https://x",
                          ":",
                          "::",
                          "https\x01s:x",
                          "java script:alert(1)",
                          "\xEF\xBB\xBFjavascript:alert(1)",
                          "http%3A:x",
                          "java\x7fscript:alert(1)"}) {
    CAPTURE(url);
    CHECK(safeUrl(url).empty());
  }
  CHECK(safeUrl(std::string_view("java\0script:alert(1)", 20)).empty());
}

TEST_CASE("A character reference in an address is no scheme: it stays a path and is escaped") {
  CHECK(safeUrl("&#106;avascript:alert(1)") == "&#106;avascript:alert(1)");
  CHECK(escaped(safeUrl("&#106;avascript:alert(1)")) == "&amp;#106;avascript:alert(1)");
  CHECK(safeUrl("javascript&colon;alert(1)") == "javascript&colon;alert(1)");
}

TEST_CASE("Blanks around an address go, blanks within are encoded, other invisible characters go") {
  CHECK(safeUrl("  /a b  ") == "/a%20b");
  CHECK(safeUrl("/a\nb\t") == "/ab");
  CHECK(safeUrl(" \t\n ").empty());
  CHECK(safeUrl("https://x.example/\x1e\x1f") == "https://x.example/");
}
