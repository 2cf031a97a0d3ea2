#include "shopper/attribution.h"

#include <catch2/catch_test_macros.hpp>

using namespace vitrine;

namespace {

constexpr TimeMs kNowMs = 1700000000000;
constexpr char kHome[] = R"("serveId":"sv_1","surface":"home_page","source":"for-you")";
constexpr char kSearch[] = R"("serveId":"sv_2","surface":"search_results","source":"search")";

std::string described(const Attribution& attribution, std::string_view itemId, TimeMs wallMs = kNowMs) {
  Text out;
  JsonObject json(out);
  attribution.describe(itemId, wallMs, json);
  json.close();
  return out;
}

}  // namespace

TEST_CASE("The last touch of an item says which list led to it, where and when") {
  Attribution attribution({});
  attribution.touch("a", kHome, 3, kNowMs);
  CHECK(described(attribution, "a") ==
        std::string(R"({"attribution":{)") + kHome + R"(,"position":3,"touchedAt":1700000000000}})");
  attribution.touch("a", kSearch, -1, kNowMs + 5);
  CHECK(described(attribution, "a") ==
        std::string(R"({"attribution":{)") + kSearch + R"(,"touchedAt":1700000000005}})");
  CHECK(described(attribution, "b") == "{}");
}

TEST_CASE("A touch counts within its window, to the millisecond") {
  Attribution attribution({.windowMs = 1000});
  attribution.touch("a", kHome, 0, kNowMs);
  CHECK(attribution.isTouched("a", kNowMs + 999));
  CHECK_FALSE(attribution.isTouched("a", kNowMs + 1000));
  CHECK(described(attribution, "a", kNowMs + 1000) == "{}");
  CHECK(AttributionOptions().windowMs == 7 * kDayMs);
}

TEST_CASE("A touch made after the clock was set back counts") {
  Attribution attribution({});
  attribution.touch("a", kHome, 0, kNowMs);
  attribution.touch("a", kSearch, 0, kNowMs - kHourMs);
  CHECK(described(attribution, "a", kNowMs - kHourMs).find("sv_2") != std::string::npos);
  CHECK_FALSE(attribution.isTouched("a", kNowMs - 3 * kDayMs));
}

TEST_CASE("Only the latest items are kept") {
  Attribution attribution({.maxItems = 3});
  for (int i = 0; i < 10; ++i) attribution.touch("i" + std::to_string(i), kHome, i, kNowMs + i);
  for (int i = 0; i < 10; ++i) CHECK(attribution.isTouched("i" + std::to_string(i), kNowMs) == (i >= 7));
  attribution.touch(std::string(500, 'x'), kHome, 0, kNowMs);
  CHECK_FALSE(attribution.isTouched(std::string(500, 'x'), kNowMs));
}

TEST_CASE("The stored record is read back unchanged, and needs no write then") {
  Attribution first({});
  CHECK_FALSE(first.isUnsaved());
  first.touch("a \"quoted\"", kHome, 3, kNowMs);
  first.touch("b", kSearch, -1, kNowMs + 1);
  REQUIRE(first.isUnsaved());
  const std::string record = first.record();
  CHECK_FALSE(first.isUnsaved());
  Attribution second({});
  second.merge(record, kNowMs + 10);
  CHECK_FALSE(second.isUnsaved());
  CHECK(second.record() == record);
  CHECK(described(second, "a \"quoted\"", kNowMs + 10) == described(first, "a \"quoted\"", kNowMs + 10));
}

TEST_CASE("Two tabs agree on the newest touches, and then stop writing") {
  Attribution one({.maxItems = 3}), other({.maxItems = 3});
  one.touch("a", kHome, 0, kNowMs);
  one.touch("shared", kHome, 0, kNowMs + 1);
  other.touch("shared", kSearch, 0, kNowMs + 2);
  other.touch("b", kSearch, 0, kNowMs + 3);
  other.touch("c", kSearch, 0, kNowMs);  // as old as a: both tabs must remove the same one
  std::string stored = one.record();
  int writes = 1;
  for (int round = 0; round < 10; ++round) {
    Attribution& hearing = round % 2 ? one : other;
    hearing.merge(stored, kNowMs + 10);
    if (!hearing.isUnsaved()) break;
    stored = hearing.record();
    ++writes;
  }
  CHECK(writes <= 3);
  one.merge(stored, kNowMs + 10);
  CHECK_FALSE(one.isUnsaved());
  CHECK(described(one, "shared").find("sv_2") != std::string::npos);
  for (const char* item : {"a", "b", "c", "shared"})
    CHECK(one.isTouched(item, kNowMs) == other.isTouched(item, kNowMs));
  CHECK(one.isTouched("c", kNowMs));
}

TEST_CASE("A stored record with any content is read without harm") {
  for (const char* record :
       {"", "null", "[]", "{", R"({"touches":7,"orders":"x"})", R"({"touches":[7,null,{"id":"a"}],"orders":[{}]})",
        R"({"touches":[{"id":"a","at":1700000000000,"serveId":"s","surface":"","source":"x"}]})",
        R"({"touches":[{"id":"a","at":"x","serveId":"s","surface":"y","source":"x"}]})",
        R"({"touches":[{"id":"a","at":99999999999999,"serveId":"s","surface":"y","source":"x"}]})"}) {
    CAPTURE(record);
    Attribution attribution({});
    attribution.merge(record, kNowMs);
    CHECK_FALSE(attribution.isTouched("a", kNowMs));
    CHECK_FALSE(attribution.isUnsaved());
  }
}

TEST_CASE("After clear() nothing is known and nothing is written") {
  Attribution attribution({});
  attribution.touch("a", kHome, 0, kNowMs);
  attribution.clear();
  CHECK_FALSE(attribution.isTouched("a", kNowMs));
  attribution.markUnsaved();
  CHECK_FALSE(attribution.isUnsaved());
}
