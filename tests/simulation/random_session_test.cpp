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
constexpr std::uint32_t kSessions = 500;  // each takes six times as long
#else
constexpr std::uint32_t kSessions = 3000;
#endif

// VITRINE_SESSIONS=n plays n sessions of each service, VITRINE_SEED=n only the one with this seed.
std::uint32_t setting(const char* name, std::uint32_t otherwise) {
  const char* text = std::getenv(name);
  return text ? static_cast<std::uint32_t>(std::strtoul(text, nullptr, 10)) : otherwise;
}

void play(ServiceName service, std::uint32_t seed) {
  if (RandomSession(seed, service).run().faults.empty()) return;
  std::string steps, faults;
  RandomSession again(seed, service, [&](const Step& step) { steps += lineOf(step) + "\n"; });
  for (const std::string& fault : again.run().faults) faults += "\n  " + fault;
  FAIL("Print this session: " << commandFor(seed, service) << faults << "\n" << steps << again.inputs());
}

void playAll(ServiceName service, std::uint32_t sessions) {
  const std::uint32_t only = setting("VITRINE_SEED", 0);
  const std::uint32_t last = only ? only : setting("VITRINE_SESSIONS", sessions);
  for (std::uint32_t seed = only ? only : 1; seed <= last; ++seed) play(service, seed);
}

}  // namespace

TEST_CASE("In random sessions each event is delivered once, stored, or dropped with a count") {
  playAll(ServiceName::kRefine, kSessions);
}

TEST_CASE("In random sessions Depict receives each event once") { playAll(ServiceName::kDepict, kSessions); }

TEST_CASE("In random sessions RichRelevance counts an added product once, unless a page ends suddenly") {
  playAll(ServiceName::kRichRelevance, kSessions);
}

TEST_CASE("In random sessions Doofinder counts each event once, unless a page ends suddenly") {
  playAll(ServiceName::kDoofinder, kSessions);
}

TEST_CASE("Random sessions that once had a fault") {
  // The tab ended while its events were being removed from IndexedDB, because the shopper no longer agreed to storage.
  play(ServiceName::kRefine, 11961);
  play(ServiceName::kRichRelevance, 13722);
  for (const std::uint32_t seed : {11788u, 30182u, 57878u}) play(ServiceName::kDoofinder, seed);
  // A timer that was due for ever, after consent was withdrawn while writes were waiting.
  for (const ServiceName service : {ServiceName::kRefine, ServiceName::kDepict}) play(service, 34215);
  play(ServiceName::kRichRelevance, 16901);
  // Events that were not stored while many requests failed at once.
  play(ServiceName::kRefine, 19050);
  // A purchase that waited for the writes of events that had to be written at once.
  play(ServiceName::kRichRelevance, 23994);
}
