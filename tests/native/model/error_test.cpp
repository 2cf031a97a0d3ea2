#include "model/error.h"

#include <catch2/catch_test_macros.hpp>

using namespace vitrine;

TEST_CASE("A validation error names the field and may not be tried again") {
  CHECK(errorJson(*validationError("topK", "bad-argument", "topK must be \"1\".")) ==
        R"({"type":"validation","code":"bad-argument","message":"topK must be \"1\".","retryable":false,)"
        R"("field":"topK"})");
}

TEST_CASE("A reply's error carries its status and how long to wait") {
  Error error;
  error.type = ErrorType::kRateLimit;
  error.code = "too-many";
  error.message = "slow down";
  error.status = 429;
  error.retryAfterMs = 2000;
  CHECK(errorJson(error) ==
        R"({"type":"rateLimit","code":"too-many","message":"slow down","retryable":true,"status":429,)"
        R"("retryAfter":2000})");
}

TEST_CASE("Each type has its name, and says whether another try may help") {
  struct Row {
    ErrorType type;
    const char* name;
    bool isRetryable;
  };
  for (const Row& row : {Row{ErrorType::kValidation, "validation", false}, Row{ErrorType::kAuth, "auth", false},
                         Row{ErrorType::kForbidden, "forbidden", false}, Row{ErrorType::kNotFound, "notFound", false},
                         Row{ErrorType::kRateLimit, "rateLimit", true}, Row{ErrorType::kTimeout, "timeout", true},
                         Row{ErrorType::kServer, "server", true}, Row{ErrorType::kNetwork, "network", true},
                         Row{ErrorType::kAbort, "abort", false}}) {
    Error error;
    error.type = row.type;
    CHECK(error.isRetryable() == row.isRetryable);
    CHECK(errorJson(error).find(std::string("\"type\":\"") + row.name + "\"") != std::string::npos);
  }
}
