#include "base/time.h"

#include <catch2/catch_test_macros.hpp>

using namespace vitrine;

TEST_CASE("Logical time follows the wall clock forward, however far it steps") {
  Clock clock(1000);
  CHECK(clock.tick(1000) == 1000);
  CHECK(clock.tick(1250) == 1250);
  CHECK(clock.tick(1250 + 8 * kHourMs) == 1250 + 8 * kHourMs);
}

TEST_CASE("Logical time does not go back with the wall clock, and goes on from there") {
  Clock clock(10 * kHourMs);
  CHECK(clock.tick(9 * kHourMs) == 10 * kHourMs);
  CHECK(clock.tick(9 * kHourMs + 500) == 10 * kHourMs + 500);
  CHECK(clock.tick(8 * kHourMs) == 10 * kHourMs + 500);
  CHECK(clock.tick(8 * kHourMs + 1) == 10 * kHourMs + 501);
}

TEST_CASE("A logical deadline has a place on the wall clock, also after the clock was set back") {
  Clock clock(1000);
  CHECK(clock.wall(1500) == 1500);
  clock.tick(400);
  CHECK(clock.wall(1500) == 900);
  CHECK(clock.tick(900) == 1500);
}

TEST_CASE("Never stays never on either clock") {
  Clock clock(1000);
  clock.tick(10);
  CHECK(clock.wall(kNever) == kNever);
}
