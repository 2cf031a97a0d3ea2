// A tab whose itemsServed event has been delivered: the set-up of tests of sending.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "simulation/services.h"
#include "simulation/world.h"

namespace vitrine::test {

using Sizes = std::vector<std::size_t>;

struct Shop {
  World world;
  Tab& tab;

  explicit Shop(TabOptions options = {}) : tab(world.open(std::move(options))) {
    tab.serve();
    world.advance(6000);
    REQUIRE(tab.metric("queued") == 0);
    world.collector.batchSizes.clear();
  }
  void clicks(int n, const std::string& name = "i") {
    tab.task([&] {
      for (int i = 0; i < n; ++i) tab.track("click", name + std::to_string(i));
    });
  }
};

}  // namespace vitrine::test
