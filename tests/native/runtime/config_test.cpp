#include "runtime/config.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "simulation/effect_text.h"

using namespace vitrine;
using vitrine::test::drained;

namespace {

struct Read {
  Config config;
  std::vector<std::string> complaints;
};

Read readText(std::string_view text) {
  Effects effects;
  Read read{readConfig(parseJson(text), effects), {}};
  for (const auto& effect : drained(effects)) {
    REQUIRE(effect.verb() == "log");
    REQUIRE(effect["level"] == "warn");
    REQUIRE(effect["code"] == "bad-option");
    read.complaints.push_back(effect["message"]);
  }
  return read;
}

}  // namespace

TEST_CASE("Without options the queue has the defaults of the Refine SDK") {
  const auto [config, complaints] = readText(R"({"provider":{"name":"refine"}})");
  CHECK(complaints.empty());
  CHECK(config.delivery.enabled);
  CHECK(config.delivery.batchSize == 10);
  CHECK(config.delivery.flushIntervalMs == 5000);
  CHECK(config.delivery.maxQueueSize == 1000);
  CHECK(config.delivery.maxRetries == 3);
  CHECK(config.isPersistent);
  CHECK(config.sessionTimeoutMs == 1800000);
  CHECK(config.consent == Consent::kGranted);
  CHECK_FALSE(config.isServer);
}

TEST_CASE("Every option is read") {
  const auto [config, complaints] = readText(R"({
    "provider": {"name": "refine", "apiKey": "k"}, "consent": "unknown", "timeout": 2500, "applicationType": "server",
    "debug": {"record": true}, "privacy": {"gpc": "ignore", "scrubParameters": ["Coupon"]},
    "events": {"enabled": false, "batchSize": 3, "flushInterval": 0, "maxQueueSize": 50, "maxRetries": 0,
      "persistence": "memory", "sessionTimeout": 60000, "maxBatchSize": 20, "maxQueueBytes": 4096,
      "maxBatchBytes": 2048, "maxAge": 60000, "requestTimeout": 1000, "rateLimit": {"burst": 5, "perSecond": 0}}})");
  CHECK(complaints.empty());
  CHECK(config.serviceName == "refine");
  CHECK(stringMember(config.serviceOptions, "apiKey") == "k");
  CHECK(config.consent == Consent::kUnknown);
  CHECK(config.calls.timeoutMs == 2500);
  CHECK(config.isServer);
  CHECK(config.privacy.withGpc == Consent::kGranted);
  CHECK(config.privacy.scrub == List<Text>{"coupon"});
  CHECK_FALSE(config.delivery.enabled);
  CHECK(config.delivery.batchSize == 3);
  CHECK(config.delivery.flushIntervalMs == 0);
  CHECK(config.delivery.maxQueueSize == 50);
  CHECK(config.delivery.maxRetries == 0);
  CHECK_FALSE(config.isPersistent);
  CHECK(config.sessionTimeoutMs == 60000);
  CHECK(config.delivery.maxBatchSize == 20);
  CHECK(config.delivery.maxQueueBytes == 4096);
  CHECK(config.delivery.maxBatchBytes == 2048);
  CHECK(config.delivery.maxAgeMs == 60000);
  CHECK(config.delivery.requestTimeoutMs == 1000);
  CHECK(config.tracking.rate.burst == 5);
  CHECK(config.tracking.rate.perSecond == 0);
}

TEST_CASE("A wrong option keeps the default and is logged by name") {
  const auto [config, complaints] = readText(R"({"provider":{"name":"refine"}, "consent":"maybe", "timeout":0,
    "applicationType":"phone", "events":{"enabled":"yes","batchSize":0,"flushInterval":-1,"maxQueueSize":"many",
    "persistence":"cloud","sessionTimeout":1}})");
  CHECK(config.consent == Consent::kUnknown);
  CHECK(config.calls.timeoutMs == 10000);
  CHECK(config.delivery.enabled);
  CHECK(config.delivery.batchSize == 10);
  CHECK(config.delivery.flushIntervalMs == 5000);
  CHECK(config.delivery.maxQueueSize == 1000);
  CHECK(config.isPersistent);
  CHECK(config.sessionTimeoutMs == 1800000);
  REQUIRE(complaints.size() == 9);
  CHECK(complaints[0].find("\"events.enabled\" must be true or false") != std::string::npos);
  CHECK(complaints[4].find("\"events.persistence\" must be one of 'localStorage', 'memory'") != std::string::npos);
}

TEST_CASE("An unknown option is logged, and control characters in its name are escaped") {
  const auto [config, complaints] =
      readText(R"({"provider":{},"evnets":{},"events":{"batchsize":1,"\u001e\u001f":2}})");
  CHECK(config.delivery.batchSize == 10);
  REQUIRE(complaints.size() == 3);
  CHECK(complaints[0] == R"("events.batchsize" is unknown and ignored. Did you mean "batchSize"?)");
  CHECK(complaints[1].find(R"(events.\\u001e)") == std::string::npos);
  CHECK(complaints[2] == R"("evnets" is unknown and ignored. Did you mean "events"?)");
}

TEST_CASE("A hook that is no function, plugins that are no list, and a misspelt hook are told of") {
  const auto [config, complaints] =
      readText(R"({"plugins":{},"beforeTrack":5,"beforetrack":"\u0000\u0000","onerror":"\u0000\u0000"})");
  REQUIRE(complaints.size() == 4);
  CHECK(complaints[0].find(R"("beforetrack" is a function)") == 0);
  CHECK(complaints[0].find(R"(Did you mean "beforeTrack"?)") != std::string::npos);
  CHECK(complaints[1].find(R"(Did you mean "onError"?)") != std::string::npos);
  CHECK(complaints[2] == R"("plugins" must be a function or list; it is ignored.)");
  CHECK(complaints[3].find(R"("beforeTrack" must be a function)") == 0);
}

TEST_CASE("A consent that cannot be read holds all events back, because a refusal may be meant") {
  for (const char* given : {"\"Denied\"", "\"unkown\"", "true", "0", "{}"}) {
    CAPTURE(given);
    const auto read = readText(std::string("{\"provider\":{\"name\":\"refine\"},\"consent\":") + given + "}");
    CHECK(read.config.consent == Consent::kUnknown);
    REQUIRE(read.complaints.size() == 1);
    CHECK(read.complaints[0].find("\"consent\" must be one of ") == 0);
    CHECK(read.complaints[0].find("nothing is sent until then.") != std::string::npos);
  }
}

TEST_CASE("A consent that is a function holds all events back too") {
  CHECK(readText(R"({"consent":"\u0000\u0000"})").config.consent == Consent::kUnknown);
}

TEST_CASE("An option that is null counts as not given") {
  const auto [config, complaints] = readText(R"({"provider":null,"events":null,"consent":null,"timeout":null})");
  CHECK(complaints.empty());
  CHECK(config.delivery.batchSize == 10);
}

TEST_CASE("A configuration of a wrong shape is logged and gives the defaults") {
  for (const char* text : {"[]", "\"x\"", "12", "null", "{}", R"({"events":[1],"privacy":7})", "oops"}) {
    CAPTURE(text);
    const auto read = readText(text);
    CHECK(read.config.delivery.maxQueueSize == 1000);
    CHECK(read.complaints.empty() == (std::string_view(text) == "{}"));
  }
}

TEST_CASE("maxBatchSize is never below batchSize, and batchSize is bounded") {
  CHECK(readText(R"({"events":{"batchSize":500}})").config.delivery.maxBatchSize == 500);
  CHECK(readText(R"({"events":{"batchSize":500,"maxBatchSize":20}})").config.delivery.maxBatchSize == 500);
  CHECK(readText(R"({"events":{"batchSize":1e300}})").config.delivery.batchSize == 1000000);
}

TEST_CASE("An option that JSON cannot express is ignored and logged, wherever it stands") {
  const auto [config, complaints] =
      readText(R"({"provider":{"name":"refine","apiUrl":"\u0000\u0000"},"timeout":"\u0000\u0000",
    "consent":"anonymous","events":{"url":"\u0000\u0000","batchSize":3},"strings":"\u0000\u0000",
    "privacy":{"scrubParameters":["mail","\u0000\u0000"]}})");
  CHECK(complaints.size() == 5);
  for (const char* name : {"provider.apiUrl", "timeout", "events.url", "strings", "privacy.scrubParameters[1]"}) {
    const std::string complaint =
        "\"" + std::string(name) + "\" is a function or another value that JSON cannot express; it is ignored.";
    CHECK(std::find(complaints.begin(), complaints.end(), complaint) != complaints.end());
  }
  CHECK(config.calls.timeoutMs == 10000);
  CHECK(config.delivery.url.empty());
  CHECK(config.delivery.batchSize == 3);
  CHECK(config.consent == Consent::kAnonymous);
  CHECK(config.privacy.scrub == List<Text>{"mail"});
  CHECK(member(config.serviceOptions, "apiUrl") == nullptr);
}

TEST_CASE("Misspelt options at every level are logged with the nearest right name") {
  const auto [config, complaints] = readText(R"({"conent":1,"events":{"flushIntreval":1,"rateLimit":{"brust":1}},
    "debug":{"verbose":true,"recrod":true},"experiments":{"a":{"variant":[]},"b":{"variants":[{"nmae":"x"}]}}})");
  const std::vector<std::string> expected = {
      R"("events.rateLimit.brust" is unknown and ignored. Did you mean "burst"?)",
      R"("events.flushIntreval" is unknown and ignored. Did you mean "flushInterval"?)",
      R"("experiments.variant" is unknown and ignored. Did you mean "variants"?)",
      R"("experiments.variants.nmae" is unknown and ignored. Did you mean "name"?)",
      R"("debug.verbose" is unknown and ignored.)",
      R"("debug.recrod" is unknown and ignored. Did you mean "record"?)",
      R"("conent" is unknown and ignored. Did you mean "consent"?)"};
  CHECK(complaints == expected);
}

TEST_CASE("Batches in another form than Vitrine's own count as larger, and the host checks the options of forms") {
  CHECK(readText(R"({"events":{"url":"/e"}})").config.delivery.growth == 1);
  CHECK(readText(R"({"events":{"format":"vitrine"}})").config.delivery.growth == 1);
  const auto [config, complaints] = readText(R"({"events":{"format":"snowplow","formatOptions":{"any":1}}})");
  CHECK(complaints.empty());
  CHECK(config.delivery.growth == kFormatGrowth);
}
