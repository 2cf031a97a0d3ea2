#include <catch2/catch_test_macros.hpp>

#include "world.h"

using namespace vitrine;
using namespace vitrine::test;

TEST_CASE("Events wait for company and leave together") {
  World world;
  Tab& tab = world.open();
  tab.serve();
  for (int i = 0; i < 3; ++i) tab.track("click", "i" + std::to_string(i));
  world.advance(4999);
  CHECK(world.receiver.batchSizes.empty());
  world.advance(200);
  CHECK(world.receiver.batchSizes == std::vector<std::size_t>{4});
  CHECK(tab.metric("sent") == 4);
  CHECK(tab.metric("queued") == 0);
  CHECK(world.disk.keysOf("vitrine:1:j:") == 0);
  CHECK(world.faults.empty());
}
