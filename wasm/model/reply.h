// How a request ended.
#pragma once

#include <string_view>

namespace vitrine {

struct HttpReply {
  int status = 0;               // an HTTP status, or one of the three of retry.h that no server sends
  std::string_view retryAfter;  // the Retry-After header; "" if absent
  std::string_view body;        // "" where nobody reads it
};

}  // namespace vitrine
