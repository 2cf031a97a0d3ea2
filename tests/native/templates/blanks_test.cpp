#include <catch2/catch_test_macros.hpp>
#include <string>

#include "cards/tokens.h"
#include "templates/html.h"
#include "templates/template_cache.h"

using namespace vitrine;

TEST_CASE("The blanks are the five of the HTML standard") {
  for (int c = 0; c < 256; ++c) {
    const auto sign = static_cast<char>(c);
    CHECK(isBlank(sign) == (std::string_view("\t\n\f\r ").find(sign) != std::string_view::npos));
  }
}

TEST_CASE("Both readers of HTML take every blank between attributes, a form feed too") {
  TemplateCache cache;
  for (const char blank : std::string("\t\n\f\r ")) {
    const std::string attributes = std::string("class=\"1\"") + blank + "title=\"2\"";
    CHECK(readAttributes(attributes).size() == 2);
    const std::string markup = "<i " + attributes + ">x</i>";
    CHECK(cache.validate(markup, "{}") == cache.validate("<i class=\"1\" title=\"2\">x</i>", "{}"));
  }
}
