#include <catch2/catch_test_macros.hpp>

#include "simulation/world.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

using Lines = std::vector<std::string>;

// Returns the console lines since the last call.
Lines logged(Tab& tab) {
  Lines out;
  for (const Effect& effect : tab.take("log")) out.push_back(effect["code"] + " " + effect["message"]);
  return out;
}

}  // namespace

TEST_CASE("Each error of a slot is logged behind the slot's name") {
  World world;
  Tab& tab = world.open();
  tab.act("openSlot", &Runtime::openSlot, 1.0, std::string(R"({"kind":"popular","name":"<a>: "})"));
  CHECK(logged(tab) == Lines{"bad-argument <a>: kind must be similarItems, forVisitor, forUser, boughtTogether, "
                             "trending, category, searchText or searchCategory."});
  tab.act("openSlot", &Runtime::openSlot, 2.0,
          std::string(R"({"kind":"similarItems","query":{"topK":2,"anchorId":"a"},"template":"cube",)"
                      R"("partials":{"card":"{{#x}}"},"name":"<b>: "})"));
  const Lines refused = logged(tab);
  REQUIRE(!refused.empty());
  for (const std::string& line : refused) CHECK(line.find(" <b>: ") != std::string::npos);
  tab.requestDone(tab.take("ask").back().number("requestId"), 403, {}, "{}");
  const Lines failed = logged(tab);
  REQUIRE(failed.size() == 1);
  CHECK(failed[0].find(" <b>: ") != std::string::npos);
}
