// Data calls as the tests make them, with the service Refine by default.
#pragma once

#include "calls/calls.h"
#include "native/services/service_bench.h"
#include "services/make_service.h"
#include "simulation/effect_text.h"

namespace vitrine::test {

struct CallsHarness {
  List<Problem> problems;
  std::unique_ptr<Service> service;
  CallOptions options;
  PageProducts pageProducts;
  Random random{"0123456789abcdef0123456789abcdef"};
  Effects effects;
  std::uint32_t lastRequest = 0;
  Calls calls;
  double nowMs = 1000;

  explicit CallsHarness(const char* name = "refine",
                        std::string_view given = R"({"apiKey":"pk","organizationId":"o","catalogId":"c"})")
      : service(makeService(name, parseJson(given), problems)),
        calls(*service, options, pageProducts, random, effects, lastRequest) {
    asker.isAllowed = true;
    asker.userId = "u";
  }

  Asker asker;

  void ask(double callId, const char* kind, std::string_view query) { ask(callListener(callId), kind, query); }
  void ask(Listener listener, const char* kind, std::string_view query) {
    calls.start(listener, std::string_view(kind), parseJson(query), asker, nowMs);
  }
  // Makes the same query each time.
  void askSimilar(double callId, const char* more = "") {
    ask(callId, "similarItems", R"({"anchorId":"x","topK":2)" + std::string(more) + "}");
  }
  // Sends the requests that are due, and returns their addresses and bodies.
  std::vector<std::string> sent() {
    calls.advance(nowMs);
    std::vector<std::string> out;
    for (const auto& effect : drained(effects)) {
      if (effect.verb() == "ask") out.push_back(effect["url"] + " " + effect["body"]);
    }
    return out;
  }
  void reply(std::uint32_t request, std::string_view body, int status = 200, std::string_view retryAfter = {}) {
    calls.requestDone(request, status, retryAfter, body, nowMs, nowMs);
  }
  // Returns one line per outcome: the listener ("slot 1" for a slot) and the products, as in "1: a b", or an error, as
  // in "1! code".
  std::vector<std::string> outcomes() {
    std::vector<std::string> out;
    for (const Outcome& outcome : calls.takeOutcomes()) {
      std::string line = outcome.listener.isSlot() ? "slot " : "";
      line += std::to_string(static_cast<int>(outcome.listener.number)) + (outcome.slate ? ":" : "!");
      if (outcome.slate) {
        for (const auto& product : outcome.slate->products) line += " " + product->id;
      }
      if (outcome.problem) line += " " + outcome.problem->code;
      out.push_back(line);
    }
    return out;
  }
};

using Lines = std::vector<std::string>;

inline constexpr char kTwo[] = R"({"results":[{"productId":"a"},{"productId":"b"}]})";
inline constexpr char kMore[] = R"({"results":[{"productId":"b"},{"productId":"c"},{"productId":"d"}]})";

}  // namespace vitrine::test
