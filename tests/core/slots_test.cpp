#include "core/slots.h"

#include <catch2/catch_test_macros.hpp>

#include "world.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

void open(Tab& tab, double slot, const char* anchor) {
  std::string request = R"({"kind":"similarItems","query":{"topK":2,"anchorId":")";
  tab.act("openSlot", &Runtime::openSlot, slot, request.append(anchor).append("\"}}"));
}

std::vector<std::string> states(Tab& tab) {
  std::vector<std::string> out;
  for (const Effect& effect : tab.take("show")) out.push_back(effect[1] + " " + effect[2]);
  return out;
}

constexpr char kReply[] = R"({"serveId":"sv_1","results":[{"productId":"p1"}]})";

}  // namespace

TEST_CASE("Each slot gets the answer to its own request") {
  World world;
  Tab& tab = world.open();
  open(tab, 1, "a");
  open(tab, 2, "b");
  const auto asked = tab.take("ask");
  REQUIRE(asked.size() == 2);
  tab.requestDone(std::stod(asked[1][1]), 200, {}, kReply);
  CHECK(states(tab) == std::vector<std::string>{"1 loading", "2 loading", "2 ready"});
}

TEST_CASE("A slot opened anew forgets the request it waited for") {
  World world;
  Tab& tab = world.open();
  open(tab, 1, "a");
  open(tab, 1, "b");
  const auto asked = tab.take("ask");
  REQUIRE(asked.size() == 2);
  CHECK(tab.take("cancel") == std::vector<Effect>{{"cancel", asked[0][1]}});
  tab.requestDone(std::stod(asked[0][1]), 200, {}, kReply);
  CHECK(states(tab) == std::vector<std::string>{"1 loading", "1 loading"});
  tab.requestDone(std::stod(asked[1][1]), 200, {}, kReply);
  CHECK(states(tab) == std::vector<std::string>{"1 ready"});
}

TEST_CASE("A slot that asks for what cannot be asked shows its error") {
  World world;
  Tab& tab = world.open();
  tab.act("openSlot", &Runtime::openSlot, 1.0, std::string(R"({"kind":"popular"})"));
  tab.act("openSlot", &Runtime::openSlot, 2.0, std::string(R"({"kind":"forUser","query":{"configId":"c"}})"));
  CHECK(states(tab) == std::vector<std::string>{"1 error", "2 error"});
  CHECK(tab.take("ask").empty());
}
