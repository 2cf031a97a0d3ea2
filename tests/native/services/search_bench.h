// The services that search, as the tests of searches configure them.
#pragma once

#include <string>
#include <string_view>

#include "native/services/service_bench.h"

namespace vitrine {

inline ServiceBench depict() {
  return ServiceBench("depict", R"({"tenant":"t","market":"m","locale":"sv-SE","currency":"SEK"})");
}
inline ServiceBench doofinder() { return ServiceBench("doofinder", R"({"hashid":"h1","currency":"EUR"})"); }
inline ServiceBench richRelevance() {
  return ServiceBench("richrelevance",
                      R"({"apiKey":"k1","apiClientKey":"c1","currency":"EUR","params":{"lang":"en"}})");
}

// Returns the code and the field of a refusal, or "accepted".
inline std::string codeOf(const ServiceBench& bench, QueryKind kind, std::string_view query) {
  HttpRequest request;
  const Problem problem = bench.service->ask(kind, parseJson(query), bench.asker, request);
  return problem ? std::string(problem->code) + " " + std::string(problem->field) : "accepted";
}

}  // namespace vitrine
