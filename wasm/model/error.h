// Typed errors, as the page sees them.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine {

// Types and which of them may be tried again follow the Refine SDK's error table (docs: error handling).
enum class ErrorType { kValidation, kAuth, kForbidden, kNotFound, kRateLimit, kTimeout, kServer, kNetwork, kAbort };

// What a service complains of about one field of the request.
struct FieldError {
  std::string field;
  std::string message;
};

struct Error {
  ErrorType type = ErrorType::kServer;
  std::string code;     // stable, kebab-case: "identify-first"
  std::string message;  // for the developer: what is wrong and what to do
  std::string field;    // the argument or option at fault, dotted; "" if none
  int status = 0;       // HTTP status; 0 if no reply was had
  double retryAfterMs = 0;
  int line = 0;                     // of a template, from 1; 0 if the error is in none
  int column = 0;                   // from 1
  std::vector<FieldError> details;  // all complaints, where the service lists several

  bool isRetryable() const {
    return type == ErrorType::kRateLimit || type == ErrorType::kTimeout || type == ErrorType::kServer ||
           type == ErrorType::kNetwork;
  }
};

// What went wrong, or null if nothing did.
using Problem = std::unique_ptr<Error>;

inline Problem copyOf(const Problem& problem) { return problem ? std::make_unique<Error>(*problem) : nullptr; }

Problem validationError(std::string_view field, std::string_view code, std::string_view message);

// {type, code, message, retryable, field?, status?, retryAfter? (ms), line?, column?, details?: [{field, message}]}
std::string errorJson(const Error& error);

}  // namespace vitrine
