// Connects the simulated world with Catch2: the faults of a world that ends fail the test that made the world.
#include <catch2/catch_test_macros.hpp>

#include "simulation/world.h"

namespace {

const bool isConnected = [] {
  vitrine::test::World::report = [](const std::string& fault) {
    FAIL_CHECK("a fault of the simulated world: " << fault);
  };
  return true;
}();

}  // namespace
