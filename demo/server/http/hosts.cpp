#include "http/hosts.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace vitrine::demo {
namespace {

constexpr std::string_view kOwnNames[] = {"127.0.0.1", "localhost", "[::1]"};

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return text;
}

// Returns "shop.test" for "shop.test:8080". The colons of an address in brackets are not followed by digits alone.
std::string_view withoutPort(std::string_view host) {
  const std::size_t colon = host.find_last_not_of("0123456789");
  return colon != std::string_view::npos && colon > 0 && host[colon] == ':' ? host.substr(0, colon) : host;
}

// Returns the Host header of a request for one of the server's own names. Browsers omit the port of the scheme.
bool isOwn(std::string_view host, int port) {
  const std::string suffix = ":" + std::to_string(port);
  return std::any_of(std::begin(kOwnNames), std::end(kOwnNames), [&](std::string_view name) {
    return host.starts_with(name) && (host.substr(name.size()) == suffix || (port == 80 && host == name));
  });
}

}  // namespace

Hosts::Hosts(std::vector<std::string> names) : names_(std::move(names)) {
  for (std::string& name : names_) name = lower(std::move(name));
}

bool Hosts::serves(const httplib::Request& request) const {
  if (request.get_header_value_count("Host") != 1) return false;
  const std::string host = lower(request.get_header_value("Host"));
  return isOwn(host, request.local_port) || std::any_of(names_.begin(), names_.end(), [&](const std::string& name) {
           return host == name || withoutPort(host) == name;
         });
}

void Hosts::refuse(const httplib::Request& request, httplib::Response& response) {
  const std::string port = ":" + std::to_string(request.local_port);
  std::string text = "This server serves";
  for (const std::string_view name : kOwnNames) text.append(" ").append(name).append(port).append(",");
  response.status = 421;
  response.set_content(text + " and the names that it was started with. Start it with --host NAME to serve another.\n",
                       "text/plain; charset=utf-8");
}

bool isFromForeignPage(const httplib::Request& request) {
  const std::string host = request.get_header_value("Host");
  if (request.has_header("Origin")) {
    const std::string origin = request.get_header_value("Origin");
    return origin != "http://" + host && origin != "https://" + host;
  }
  const std::string site = request.get_header_value("Sec-Fetch-Site");
  return site == "cross-site" || site == "same-site";
}

}  // namespace vitrine::demo
