// Where the shop is that a service answers: services know product pages by their whole address.
#pragma once

#include <httplib.h>

#include <string>

namespace vitrine::demo {

// "http://127.0.0.1:8787": the page's origin as its browser names it, else the host that was asked.
inline std::string shopOrigin(const httplib::Request& request) {
  const std::string origin = request.get_header_value("Origin");
  return origin.starts_with("http") ? origin : "http://" + request.get_header_value("Host");
}

}  // namespace vitrine::demo
