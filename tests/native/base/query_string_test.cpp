#include "base/query_string.h"

#include <catch2/catch_test_macros.hpp>

using namespace vitrine;

TEST_CASE("A parameter's value cannot become another parameter") {
  Text url = "https://x.example/a";
  addParameter(url, "q", "a&b=c|d #%+/ü");
  addParameter(url, "r", "-._~09AZaz");
  addIfGiven(url, "none", "");
  addParameter(url, "empty", "");
  CHECK(url == "https://x.example/a?q=a%26b%3Dc%7Cd%20%23%25%2B%2F%C3%BC&r=-._~09AZaz&empty=");
}

TEST_CASE("A list is joined by pipes, and a pipe within an element stays within it") {
  Text url = "/a?b=1";
  addPipeList(url, "ids", {"uv2345", "xt|1&2"});
  addPipeList(url, "none", {});
  CHECK(url == "/a?b=1&ids=uv2345%7Cxt%257C1%262&none=");
}
