// The typed errors that the page receives.
#pragma once

#include <memory>
#include <string_view>

#include "base/list.h"
#include "base/text.h"

namespace vitrine {

// The types, and which of them may be tried again, follow the Refine SDK's error table (docs: error handling).
enum class ErrorType { kValidation, kAuth, kForbidden, kNotFound, kRateLimit, kTimeout, kServer, kNetwork, kAbort };

// A service's complaint about one field of the request.
struct FieldError {
  Text field;
  Text message;
};

struct Error {
  ErrorType type = ErrorType::kServer;
  Text code;       // stable, kebab-case: "identify-first"
  Text message;    // for the developer: what is wrong and what to do
  Text field;      // the argument or option at fault, dotted; "" if none
  int status = 0;  // HTTP status; 0 if there was no reply
  double retryAfterMs = 0;
  int line = 0;              // line in a template, from 1; 0 if the error is not in a template
  int column = 0;            // from 1
  List<FieldError> details;  // all complaints, if the service lists several

  bool isRetryable() const {
    return type == ErrorType::kRateLimit || type == ErrorType::kTimeout || type == ErrorType::kServer ||
           type == ErrorType::kNetwork;
  }
};

// An error, or null if nothing went wrong.
using Problem = std::unique_ptr<Error>;

inline Problem copyOf(const Problem& problem) { return problem ? std::make_unique<Error>(*problem) : nullptr; }

// Returns the message with each % replaced by the next of the names.
Text filled(const char* message, std::string_view first, std::string_view second = {}, std::string_view third = {});

Problem validationError(std::string_view field, std::string_view code, std::string_view message);
// For literals, which are passed as one pointer: many calls are smaller.
Problem validationError(const char* field, const char* code, const char* message);
// Returns the error with the message filled().
Problem validationError(std::string_view field, const char* code, const char* message, std::string_view first,
                        std::string_view second = {}, std::string_view third = {});
// Returns a `bad-argument` with the message "<field> must be <rule>."
Problem argumentError(std::string_view field, std::string_view rule);
Problem argumentError(const char* field, const char* rule);

// Returns "name[index]", the field of an element.
Text indexed(std::string_view name, std::size_t index);

// Returns {type, code, message, retryable, field?, status?, retryAfter? (ms), line?, column?, details?: [{field,
// message}]}
Text errorJson(const Error& error);

}  // namespace vitrine
