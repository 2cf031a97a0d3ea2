#include "simulation/random_session.h"

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>

using namespace vitrine::test;

namespace {

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define VITRINE_SANITIZED
#endif
#endif

#ifdef VITRINE_SANITIZED
constexpr std::uint32_t kSchedules = 500;  // each takes six times as long
#else
constexpr std::uint32_t kSchedules = 3000;
#endif

// VITRINE_SCHEDULES: how many; VITRINE_SEED: only this one.
std::uint32_t setting(const char* name, std::uint32_t otherwise) {
  const char* text = std::getenv(name);
  return text ? static_cast<std::uint32_t>(std::strtoul(text, nullptr, 10)) : otherwise;
}

void playAll(ServiceName service, std::uint32_t schedules) {
  const std::uint32_t only = setting("VITRINE_SEED", 0);
  const std::uint32_t last = only ? only : setting("VITRINE_SCHEDULES", schedules);
  for (std::uint32_t seed = only ? only : 1; seed <= last; ++seed) {
    RandomSession schedule(seed, service);
    const auto faults = schedule.run();
    if (faults.empty()) continue;
    std::string all;
    for (const std::string& fault : faults) all += "\n  " + fault;
    FAIL("VITRINE_SEED=" << seed << all << "\n" << schedule.story());
  }
}

}  // namespace

TEST_CASE("Whatever happens, each event is delivered once, or stored, or given up with a count") {
  playAll(ServiceName::kRefine, kSchedules);
}

TEST_CASE("Whatever happens, Depict has each event once") { playAll(ServiceName::kDepict, kSchedules / 3); }

TEST_CASE("Whatever happens, RichRelevance is not told twice of a cart by a page that knows its end") {
  playAll(ServiceName::kRichRelevance, kSchedules / 3);
}

TEST_CASE("Whatever happens, Doofinder is told nothing twice by a page that knows its end") {
  playAll(ServiceName::kDoofinder, kSchedules / 3);
}
