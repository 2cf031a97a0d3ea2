#include "model/retry.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <set>

using namespace vitrine;

namespace {

constexpr char kSeed[] = "00112233445566778899aabbccddeeff";
constexpr TimeMs kNowMs = 784111777000;  // Sun, 06 Nov 1994 08:49:37 GMT, RFC 9110's own example

}  // namespace

TEST_CASE("Each status has one meaning") {
  struct Row {
    Verdict verdict;
    std::initializer_list<int> statuses;
  };
  for (const Row& row :
       {Row{Verdict::kDelivered, {200, 201, 202, 204, 299}},
        Row{Verdict::kRetry, {0, -1, 408, 425, 429, 500, 501, 502, 503, 504, 599, 100, 301, 302, 304, 999}},
        Row{Verdict::kUnsent, {-2}}, Row{Verdict::kSplit, {413}}, Row{Verdict::kRefused, {401, 403, 404, 410}},
        Row{Verdict::kRejected, {400, 402, 405, 409, 415, 418, 422, 451, 499}}}) {
    for (const int status : row.statuses) {
      CAPTURE(status);
      CHECK(judge(status) == row.verdict);
    }
  }
}

TEST_CASE("Back-off doubles its bound up to the cap, is spread below it and never too short") {
  Random random(kSeed);
  for (int failures = 1; failures <= 40; ++failures) {
    const double bound = std::min(kBackoffCapMs, kBackoffBaseMs * std::pow(2, failures - 1));
    double most = 0;
    std::set<double> seen;
    for (int i = 0; i < 300; ++i) {
      const double wait = backoffMs(failures, random);
      REQUIRE(wait >= kMinBackoffMs);
      REQUIRE(wait <= bound);
      most = std::max(most, wait);
      seen.insert(wait);
    }
    CHECK(most > 0.95 * bound);
    CHECK(seen.size() > 200);
  }
}

TEST_CASE("A cool-down doubles with each failed burst, and at least half of it is waited") {
  Random random(kSeed);
  for (int trips = 1; trips <= 30; ++trips) {
    const double whole = std::min(kCoolDownCapMs, kCoolDownBaseMs * std::pow(2, trips - 1));
    for (int i = 0; i < 100; ++i) {
      const double wait = coolDownMs(trips, random);
      REQUIRE(wait >= whole / 2);
      REQUIRE(wait <= whole);
    }
  }
}

TEST_CASE("Retry-After in seconds is read, and bounded by an hour") {
  CHECK(retryAfterMs("0", kNowMs) == 0);
  CHECK(retryAfterMs("1", kNowMs) == 1000);
  CHECK(retryAfterMs(" 120 ", kNowMs) == 120000);
  CHECK(retryAfterMs("3600", kNowMs) == kRetryAfterCapMs);
  CHECK(retryAfterMs("3601", kNowMs) == kRetryAfterCapMs);
  CHECK(retryAfterMs("99999999999999999999", kNowMs) == kRetryAfterCapMs);
}

TEST_CASE("Retry-After as a date is read against the wall clock, and bounded by an hour") {
  CHECK(retryAfterMs("Sun, 06 Nov 1994 08:49:37 GMT", kNowMs) == 0);
  CHECK(retryAfterMs("Sun, 06 Nov 1994 08:49:38 GMT", kNowMs) == 1000);
  CHECK(retryAfterMs("Sun, 06 Nov 1994 08:49:36 GMT", kNowMs) == 0);
  CHECK(retryAfterMs("Sun, 06 Nov 1994 09:19:37 GMT", kNowMs) == 30 * kMinuteMs);
  CHECK(retryAfterMs("Fri, 31 Dec 1999 23:59:59 GMT", kNowMs) == kRetryAfterCapMs);
  CHECK(retryAfterMs("Thu, 29 Feb 2024 00:00:10 GMT", 1709164800000) == 10000);
  CHECK(retryAfterMs("Sat, 01 Mar 2025 00:00:10 GMT", 1740787200000) == 10000);
}

TEST_CASE("An empty, unreadable or past Retry-After is ignored") {
  for (const char* header :
       {"", " ", "soon", "-5", "1.5", "1e3", "+5", "Sun, 06 Foo 1994 08:49:38 GMT", "Sun, 06 Nov 1994 08:49:38 CET",
        "Sun, 06 Nov 1994", "Sun, xx Nov 1994 08:49:38 GMT", "Sun, 06 ovD 1994 08:49:38 GMT"}) {
    CAPTURE(header);
    CHECK(retryAfterMs(header, kNowMs) == 0);
  }
}
