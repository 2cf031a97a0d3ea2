#include "tracking/rate.h"

#include <catch2/catch_test_macros.hpp>

using namespace vitrine;

namespace {

int allowed(RateLimit& limit, EventKind kind, TimeMs nowMs, int tries) {
  int n = 0;
  for (int i = 0; i < tries; ++i) n += limit.allows(kind, nowMs);
  return n;
}

}  // namespace

TEST_CASE("A burst passes, then as many events as the rate allows") {
  RateLimit limit({100, 10});
  CHECK(allowed(limit, EventKind::kClick, 1000, 500) == 100);
  CHECK(allowed(limit, EventKind::kClick, 1000, 500) == 0);
  CHECK(allowed(limit, EventKind::kClick, 2000, 500) == 10);
  CHECK(allowed(limit, EventKind::kClick, 2050, 500) == 0);
  CHECK(allowed(limit, EventKind::kClick, 2100, 500) == 1);
}

TEST_CASE("A pause restores at most the burst") {
  RateLimit limit({100, 10});
  allowed(limit, EventKind::kClick, 1000, 500);
  CHECK(allowed(limit, EventKind::kClick, 1000 + kHourMs, 500) == 100);
}

TEST_CASE("A loop over one kind of event does not use up the limit of the others") {
  RateLimit limit({100, 10});
  allowed(limit, EventKind::kView, 1000, 5000);
  CHECK(limit.allows(EventKind::kPurchase, 1000));
  CHECK(allowed(limit, EventKind::kClick, 1000, 500) == 100);
}

TEST_CASE("A rate of zero never restores the burst") {
  RateLimit limit({1, 0});
  CHECK(limit.allows(EventKind::kView, 1));
  CHECK_FALSE(limit.allows(EventKind::kView, kDayMs));
}
