#include "shopper/experiments.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>

#include "simulation/world.h"

using namespace vitrine;

TEST_CASE("A visitor's variant never changes") {
  // A change of these figures would give every shopper another variant.
  CHECK(std::floor(bucketOf("layout", "v_0123456789") * 1e6) == 47633);
  CHECK(bucketOf("layout", "v_a") != bucketOf("layout", "v_b"));
  CHECK(bucketOf("layout", "v_a") != bucketOf("colour", "v_a"));
}

TEST_CASE("Visitors are spread evenly, and independently between experiments") {
  constexpr int kVisitors = 40000;
  int tenths[10] = {};
  int both[2][2] = {};
  for (int i = 0; i < kVisitors; ++i) {
    const std::string visitor = "v_" + std::to_string(i);
    const double first = bucketOf("layout", visitor);
    const double second = bucketOf("price", visitor);
    REQUIRE((first >= 0 && first < 1));
    ++tenths[static_cast<int>(first * 10)];
    ++both[first < 0.5 ? 0 : 1][second < 0.5 ? 0 : 1];
  }
  // Five standard deviations of a binomial are 300 of 4000 and 433 of 10000.
  for (const int count : tenths) CHECK(std::abs(count - kVisitors / 10) < 300);
  for (const auto& row : both) {
    for (const int count : row) CHECK(std::abs(count - kVisitors / 4) < 433);
  }
}

namespace {

using vitrine::test::Tab;
using vitrine::test::TabOptions;
using vitrine::test::World;

TabOptions trying(const char* more = "") {
  return {.config = vitrine::test::configWith(
              std::string(R"("experiments":{"layout":{"variants":[{"name":"grid"},{"name":"row","weight":3,)"
                          R"("slot":{"template":"carousel","kind":"forVisitor","query":{"configId":"b"}}}]},)"
                          R"("none":{},"nothing":{"variants":[{"name":"a","weight":0},{"name":"b","weight":-1}]}})") +
              more)};
}

std::vector<std::string> exposures(const World& world) {
  std::vector<std::string> found;
  for (const Json& event : world.collector.events) {
    if (stringMember(event, "type") != "exposure") continue;
    found.push_back(std::string(stringMember(event, "experiment")) + "=" + std::string(stringMember(event, "variant")));
  }
  return found;
}

std::string variant(Tab& tab, const char* experiment) {
  return tab.act("variant", &Runtime::variant, std::string(experiment));
}

}  // namespace

TEST_CASE("A visitor has one variant and one exposure event, over all pages and tabs") {
  World world;
  Tab& first = world.open(trying());
  const std::string name = variant(first, "layout");
  CHECK((name == "grid" || name == "row"));
  CHECK(variant(first, "layout") == name);
  world.advance(10000);
  Tab& second = world.open(trying());
  CHECK(variant(second, "layout") == name);
  world.close(first);
  Tab& third = world.open(trying());
  CHECK(variant(third, "layout") == name);
  world.advance(10000);
  CHECK(exposures(world) == std::vector<std::string>{"layout=" + name});
  CHECK(variant(third, "none").empty());
  CHECK(variant(third, "unheard of").empty());
  CHECK(variant(third, "nothing") == "a");
}

TEST_CASE("A visitor with several open tabs has one exposure event") {
  World world;
  Tab& first = world.open(trying());
  Tab& second = world.open(trying());
  Tab& cached = world.open(trying());
  cached.suspend();
  const std::string name = variant(first, "layout");
  world.advance(100);  // the storage event reaches the second tab
  CHECK(variant(second, "layout") == name);
  cached.restore();
  CHECK(variant(cached, "layout") == name);
  world.advance(10000);
  CHECK(exposures(world) == std::vector<std::string>{"layout=" + name});
  first.reset();
  world.advance(100);
  const std::string next = variant(second, "layout");
  world.advance(10000);
  CHECK(exposures(world) == std::vector<std::string>{"layout=" + name, "layout=" + next});
}

TEST_CASE("A new visitor has an exposure event again") {
  World world;
  Tab& tab = world.open(trying());
  variant(tab, "layout");
  tab.reset();
  variant(tab, "layout");
  world.advance(10000);
  CHECK(exposures(world).size() == 2);
}

TEST_CASE("A visitor who has not agreed to ids gets the first variant, and nothing is sent or stored") {
  for (const char* consent : {R"(,"consent":"denied")", R"(,"consent":"anonymous")"}) {
    World world;
    for (int i = 0; i < 8; ++i) CHECK(variant(world.open(trying(consent)), "layout") == "grid");
    world.advance(10000);
    CHECK(exposures(world).empty());
    CHECK(world.disk.keysOf("vitrine:1:exposed") == 0);
  }
}

TEST_CASE("An exposure waits for the consent decision, and is dropped if that is denied") {
  World world;
  Tab& tab = world.open(trying(R"(,"consent":"unknown")"));
  variant(tab, "layout");
  world.advance(10000);
  CHECK(exposures(world).empty());
  CHECK(world.disk.keysOf("vitrine:1:exposed") == 0);
  tab.setConsent("granted");
  world.advance(10000);
  CHECK(exposures(world).size() == 1);
  CHECK(world.disk.keysOf("vitrine:1:exposed") == 1);
  tab.setConsent("denied");
  world.advance(10000);
  CHECK(world.disk.keysOf("vitrine:1:exposed") == 0);
}

TEST_CASE("A slot in an experiment makes its request and shows its cards as its variant says") {
  bool isSeen[2] = {};
  for (int i = 0; i < 40; ++i) {
    World world(std::to_string(i));
    std::string asked;
    world.onAsk = [&](const std::string&, const std::string& body) {
      asked = body;
      return vitrine::test::Reply{200, true, {}, R"({"serveId":"s","results":[{"productId":"a","title":"A"}]})"};
    };
    Tab& tab = world.open(trying());
    tab.act("openSlot", &Runtime::openSlot, 1.0,
            std::string(
                R"({"kind":"similarItems","experiment":"layout","query":{"anchorId":"x","configId":"a","topK":4}})"));
    world.advance(10000);
    const bool isRow = variant(tab, "layout") == "row";
    isSeen[isRow ? 1 : 0] = true;
    const auto shown = tab.take("show");
    REQUIRE_FALSE(shown.empty());
    INFO(asked << shown.back()["html"]);
    CHECK((asked.find("\"b\"") != std::string::npos) == isRow);
    CHECK((shown.back()["html"].find("data-vitrine-scroller") != std::string::npos) == isRow);
    CHECK(exposures(world).size() == 1);
  }
  CHECK(isSeen[0]);
  CHECK(isSeen[1]);
}
