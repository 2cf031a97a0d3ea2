// The origin of the shop that sent a request; services name product pages by absolute URL.
#pragma once

#include <httplib.h>

#include <string>

namespace vitrine::demo {

// Returns the Origin header, such as "http://127.0.0.1:8787", or else the requested host.
inline std::string shopOrigin(const httplib::Request& request) {
  const std::string origin = request.get_header_value("Origin");
  return origin.starts_with("http") ? origin : "http://" + request.get_header_value("Host");
}

}  // namespace vitrine::demo
