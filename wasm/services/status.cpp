#include "services/status.h"

#include <algorithm>

#include "base/number.h"

namespace vitrine {
namespace {

// Begins our own messages, unlike those of a service.
constexpr std::string_view kOurs = "The recommendation service ";

// Refine's documented table (docs: error handling). It fits the documentation of the other services.
ErrorType typeOf(int status) {
  switch (status) {
    case 0:
    case -2:
      return ErrorType::kNetwork;
    case -1:
    case 408:
    case 504:
      return ErrorType::kTimeout;
    case 401:
      return ErrorType::kAuth;
    case 403:
      return ErrorType::kForbidden;
    case 404:
      return ErrorType::kNotFound;
    case 429:
      return ErrorType::kRateLimit;
    default:
      return status >= 400 && status < 500 ? ErrorType::kValidation : ErrorType::kServer;
  }
}

}  // namespace

Problem statusError(int status) {
  auto error = std::make_unique<Error>();
  error->type = typeOf(status);
  error->status = std::max(status, 0);
  error->code = isGood(status) ? "bad-reply" : "request-failed";
  error->message = kOurs;
  error->message += error->type == ErrorType::kNetwork ? "could not be reached."
                    : status < 0                       ? "did not answer in time."
                    : isGood(status)                   ? "sent a reply that is no list of results."
                                                       : "refused the request: HTTP ";
  if (error->message.back() == ' ') {
    appendInteger(error->message, static_cast<std::uint64_t>(status));
    error->message += '.';
  }
  return error;
}

Problem withAddress(Problem problem, std::string_view url) {
  if (problem && std::string_view(problem->message).starts_with(kOurs))
    problem->message.append(" Its address is ").append(url.substr(0, url.find('?'))) += '.';
  return problem;
}

void setDetail(Error& error, std::string_view code, std::string_view message, std::string_view field) {
  if (!code.empty()) error.code = code;
  if (!message.empty()) error.message = message;
  if (!field.empty()) error.field = field;
}

void addDetail(Error& error, std::string_view field, std::string_view message) {
  if (error.details.empty()) setDetail(error, {}, message, field);
  error.details.push_back({Text(field), Text(message)});
}

}  // namespace vitrine
