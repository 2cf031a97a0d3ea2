#include "model/error.h"

#include "base/json.h"
#include "base/number.h"

namespace vitrine {

Text filled(const char* message, std::string_view first, std::string_view second, std::string_view third) {
  Text out;
  for (; *message != '\0'; ++message) {
    if (*message != '%') {
      out += *message;
      continue;
    }
    out += first;
    first = second;
    second = third;
  }
  return out;
}

Problem validationError(std::string_view field, std::string_view code, std::string_view message) {
  auto error = std::make_unique<Error>();
  error->type = ErrorType::kValidation;
  error->code = code;
  error->message = message;
  error->field = field;
  return error;
}

VITRINE_ONCE Problem validationError(const char* field, const char* code, const char* message) {
  return validationError(std::string_view(field), std::string_view(code), std::string_view(message));
}

VITRINE_ONCE Problem validationError(std::string_view field, const char* code, const char* message,
                                     std::string_view first, std::string_view second, std::string_view third) {
  return validationError(field, std::string_view(code), filled(message, first, second, third));
}

VITRINE_ONCE Problem argumentError(std::string_view field, std::string_view rule) {
  return validationError(field, "bad-argument", "% must be %.", field, rule);
}

VITRINE_ONCE Problem argumentError(const char* field, const char* rule) {
  return argumentError(std::string_view(field), std::string_view(rule));
}

Text indexed(std::string_view name, std::size_t index) {
  Text out(name);
  out += '[';
  appendInteger(out, index);
  out += ']';
  return out;
}

Text errorJson(const Error& error) {
  constexpr const char* kNames[] = {"validation", "auth",   "forbidden", "notFound", "rateLimit",
                                    "timeout",    "server", "network",   "abort"};
  Text out;
  JsonObject json(out);
  json.add("type", kNames[static_cast<int>(error.type)]).add("code", error.code).add("message", error.message);
  json.add("retryable", error.isRetryable());
  if (!error.field.empty()) json.add("field", error.field);
  if (error.status != 0) json.add("status", error.status);
  if (error.retryAfterMs > 0) json.add("retryAfter", error.retryAfterMs);
  if (error.line > 0) json.add("line", error.line).add("column", error.column);
  if (!error.details.empty()) {
    Text& list = json.key("details");
    for (const FieldError& detail : error.details) {
      list += &detail == &error.details.front() ? '[' : ',';
      JsonObject(list).add("field", detail.field).add("message", detail.message).close();
    }
    list += ']';
  }
  json.close();
  return out;
}

}  // namespace vitrine
