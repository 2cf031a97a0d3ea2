// Tests that what the shopper said about consent is remembered, in all tabs, and that a refusal leaves nothing behind.
#include <catch2/catch_test_macros.hpp>

#include "simulation/services.h"
#include "simulation/world.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

TabOptions configured(const std::string& level, bool hasGpc = false, const std::string& gpc = "deny") {
  return {.config = configWith("\"consent\":\"" + level + R"(","privacy":{"gpc":")" + gpc + "\"}"), .gpc = hasGpc};
}

constexpr const char* kLevels[] = {"unknown", "denied", "anonymous", "granted"};

}  // namespace

TEST_CASE("A later page starts with the stricter of what is configured and what the shopper said") {
  struct Row {
    const char* configured;
    const char* expected[4];  // by what was said
  };
  for (const Row& row : {Row{"unknown", {"unknown", "denied", "anonymous", "granted"}},
                         Row{"denied", {"denied", "denied", "denied", "denied"}},
                         Row{"anonymous", {"anonymous", "denied", "anonymous", "anonymous"}},
                         Row{"granted", {"granted", "denied", "anonymous", "granted"}}}) {
    for (int i = 0; i < 4; ++i) {
      CAPTURE(row.configured, kLevels[i]);
      World world;
      Tab& first = world.open();
      first.setConsent("denied");
      first.setConsent(kLevels[i]);
      world.advance(1000);
      CHECK(world.disk.local.contains(kConsentKey) == (i > 0));
      CHECK(world.disk.copiedRecords.contains(kConsentKey) == (i > 0));
      world.close(first);
      Tab& next = world.open(configured(row.configured));
      CHECK(next.runtime->consent() == row.expected[i]);
      next.setConsent("granted");
      CHECK(next.runtime->consent() == "granted");
    }
  }
}

TEST_CASE("Global Privacy Control limits what was said on an earlier page, as configured") {
  World world;
  world.open().setConsent("granted");
  world.advance(1000);
  CHECK(world.open(configured("unknown", true)).runtime->consent() == "denied");
  CHECK(world.open(configured("unknown", true, "anonymous")).runtime->consent() == "anonymous");
  CHECK(world.open(configured("unknown", true, "ignore")).runtime->consent() == "granted");
}

TEST_CASE("What the shopper says counts in all tabs, and no tab writes the ids back") {
  World world;
  Tab& tab = world.open();
  Tab& other = world.open();
  other.serve();
  other.track("click", "a");
  world.advance(1000);
  for (const char* level : {"denied", "granted", "anonymous", "unknown", "granted"}) {
    CAPTURE(level);
    tab.setConsent(level);
    world.advance(100);
    CHECK(other.runtime->consent() == (level == std::string("unknown") ? "granted" : level));  // as configured
    CHECK(world.disk.local.contains(kIdentityKey) == other.runtime->consent().starts_with("granted"));
    other.track("click", "a");
    world.advance(9000);
  }
  other.setConsent("anonymous");
  world.advance(100);
  CHECK(tab.runtime->consent() == "anonymous");
  tab.setConsent("unknown");
  world.advance(100);
  CHECK(other.runtime->consent() == "unknown");  // the other tab took its word back
}

TEST_CASE("What the shopper said gets into the mirror again after another page has removed the mirror") {
  for (const char* level : {"denied", "anonymous"}) {
    World world;
    Tab& tab = world.open(configured("unknown"));
    tab.setConsent(level);
    world.disk.copiedRecords.clear();
    world.advance(3000);
    CHECK(world.disk.copiedRecords.contains(kConsentKey));
  }
}

TEST_CASE("What the shopper said outlives a script that clears localStorage") {
  for (const bool isOpen : {true, false}) {
    World world;
    Tab& first = world.open();
    first.setConsent("denied");
    world.advance(1000);
    if (!isOpen) world.kill(first);
    world.clearStorage(nullptr);
    world.advance(1000);
    if (isOpen) CHECK(world.disk.local == Table{{kConsentKey, "denied"}});
    Tab& next = world.open();
    world.advance(1000);
    CHECK(next.runtime->consent() == "denied");
    CHECK(world.disk.local == Table{{kConsentKey, "denied"}});
  }
}

TEST_CASE("With persistence 'memory' nothing is remembered") {
  World world;
  Tab& tab = world.open({.config = configWith(R"("events":{"persistence":"memory"})")});
  tab.setConsent("denied");
  world.advance(1000);
  CHECK(tab.runtime->consent() == "denied");
  CHECK(world.disk.local.empty());
  CHECK(world.disk.copiedRecords.empty());
}

TEST_CASE("A refusal removes what a killed page left as soon as its lock is free") {
  World world;
  Tab& first = world.open();
  first.act("pause", &Runtime::pause);
  first.serve();
  world.advance(1000);
  world.kill(first);
  const std::string key = world.disk.local.lower_bound(kJournalPrefix)->first;
  const std::string journal = key.substr(sizeof kJournalPrefix - 1, 10);
  world.disk.locks[journal] = -1;  // the browser has not noticed yet
  world.open(configured("denied"));
  world.advance(1000);
  CHECK(world.disk.local.size() == 1);
  CHECK(world.disk.local.contains(key));
  world.disk.locks.clear();
  world.advance(1000);
  CHECK(world.disk.local.empty());
  CHECK(world.disk.copy.empty());
  CHECK(world.disk.copiedRecords.empty());
}

TEST_CASE("reset() leaves nothing of the shopper before, also where nothing may be written") {
  for (const char* level : {"granted", "unknown"}) {
    CAPTURE(level);
    World world;
    const std::string experiment = R"("experiments":{"e":{"variants":[{"name":"x"},{"name":"y"}]}},"consent":")";
    Tab& first = world.open({.config = configWith(experiment + "granted\"")});
    first.identify("u1");
    first.act("variant", &Runtime::variant, std::string("e"));
    first.serve();
    first.track("click", "a");
    world.advance(9000);
    const std::string visitor = first.runtime->visitorId();
    REQUIRE(world.disk.local.contains(kExposedKey));
    world.close(first);
    Tab& tab = world.open({.config = configWith(experiment + level + "\"")});
    tab.act("variant", &Runtime::variant, std::string("e"));
    tab.reset();
    world.advance(9000);
    for (const Table* table : {&world.disk.local, &world.disk.copiedRecords, &world.disk.copy}) {
      for (const auto& [key, value] : *table) {
        CAPTURE(key, value);
        CHECK(value.find(visitor) == std::string::npos);
        CHECK(value.find("u1") == std::string::npos);
      }
    }
    CHECK_FALSE(world.disk.local.contains(kExposedKey));
    CHECK(world.disk.local.contains(kIdentityKey) == (level == std::string("granted")));
  }
}
