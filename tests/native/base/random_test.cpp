#include "base/random.h"

#include <catch2/catch_test_macros.hpp>
#include <set>

using namespace vitrine;

namespace {

constexpr char kSeed[] = "00112233445566778899aabbccddeeff";

}  // namespace

TEST_CASE("The same seed gives the same sequence, another seed another") {
  Random a(kSeed), b(kSeed), c("00112233445566778899aabbccddeefe");
  bool differs = false;
  for (int i = 0; i < 100; ++i) {
    const auto value = a.next();
    CHECK(value == b.next());
    differs |= value != c.next();
  }
  CHECK(differs);
}

TEST_CASE("A seed that is empty, short, long or no hexadecimal still gives ids that differ from seed to seed") {
  std::set<std::string> firsts;
  for (const char* seed : {"", "1", "0", "zz", "-", "00112233445566778899aabbccddeeff00", kSeed}) {
    firsts.insert(Random(seed).token(10));
  }
  CHECK(firsts.size() == 7);
}

TEST_CASE("unit() is spread over [0, 1)") {
  Random random(kSeed);
  double least = 1, most = 0, sum = 0;
  for (int i = 0; i < 10000; ++i) {
    const double value = random.unit();
    least = std::min(least, value);
    most = std::max(most, value);
    sum += value;
  }
  CHECK(least >= 0);
  CHECK(least < 0.01);
  CHECK(most < 1);
  CHECK(most > 0.99);
  CHECK(std::abs(sum / 10000 - 0.5) < 0.02);
}

TEST_CASE("A token has the given length and only digits and lower-case letters that are not confused with each other") {
  Random random(kSeed);
  for (int i = 0; i < 100; ++i) {
    const std::string token = random.token(24);
    CHECK(token.size() == 24);
    CHECK(token.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz") == std::string::npos);
  }
  CHECK(random.token(0).empty());
}

TEST_CASE("A ULID begins with the time in Crockford base32, as the ULID specification writes it") {
  Random random(kSeed);
  // github.com/ulid/spec gives 1469918176385 ms as 01ARYZ6S41.
  const std::string id = random.ulid(1469918176385);
  CHECK(id.size() == 26);
  CHECK(id.substr(0, 10) == "01ARYZ6S41");
  CHECK(id.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ") == std::string::npos);
}

TEST_CASE("ULIDs of one millisecond count up, and so do those made after the clock went back") {
  Random random(kSeed);
  std::string last = random.ulid(1700000000000);
  for (int i = 0; i < 2000; ++i) {
    const double wallMs = 1700000000000 - (i % 3) * 1000.0;
    const std::string next = random.ulid(wallMs);
    REQUIRE(next > last);
    last = next;
  }
  CHECK(random.ulid(1700000000001) > last);
}

TEST_CASE("ULIDs of two runtimes in the same millisecond differ") {
  Random a(kSeed), b("ffeeddccbbaa99887766554433221100");
  CHECK(a.ulid(1700000000000) != b.ulid(1700000000000));
}

TEST_CASE("A time before the epoch or no time at all still gives an id") {
  Random random(kSeed);
  CHECK(random.ulid(-5).substr(0, 10) == "0000000000");
  CHECK(random.ulid(0).size() == 26);
}
