// Maps paths to handlers, and does what all replies share: hosts and origins, bounded bodies, errors, CORS.
#pragma once

#include <httplib.h>

#include <functional>
#include <map>
#include <string>
#include <utility>

#include "http/connections.h"
#include "http/hosts.h"
#include "http/replies.h"

namespace vitrine::demo {

// The largest request body: sixteen times the 64 KiB that a browser sends with keepalive.
constexpr std::size_t kMaxBodyBytes = 1024 * 1024;

// The common parts of all replies of one service.
struct Dialect {
  // Writes an error in the service's own format.
  std::function<void(httplib::Response& response, const Refusal& refusal)> refuse = demo::refuse;
  // Request headers that pages of other origins may send ("A, B"). If "", every request of such a page to an endpoint
  // is refused with 403, also one that needs no preflight. Files are no endpoints.
  std::string sharedHeaders;
};

class Router {
 public:
  // Fills the response. A thrown Refusal becomes the error of the dialect, any other exception a 500.
  using Handler =
      std::function<void(const httplib::Request& request, const std::string& body, httplib::Response& response)>;

  // Registers a handler. A segment `*` of the path stands for any text. A known path with another method gets 405 and
  // `Allow`.
  void on(const std::string& method, const std::string& path, Handler handler);
  // Registers the handler of GET and HEAD on all other paths.
  void onOtherPaths(Handler handler) { otherPaths_ = std::move(handler); }
  // Sets the dialect of all paths under this prefix ("/refine/").
  void setDialect(const std::string& prefix, Dialect dialect) { dialects_[prefix] = std::move(dialect); }

  // Handles a request of this process itself, without a socket. `target`: path and query.
  void handle(const std::string& method, const std::string& target, const httplib::Headers& headers,
              const std::string& body, httplib::Response& response) const;

  // Handles all requests of the server, which the router, `hosts` and `connections` must outlive.
  void mount(httplib::Server& server, const Hosts& hosts, Connections& connections);

 private:
  void dispatch(const httplib::Request& request, const std::string& body, httplib::Response& response) const;
  void refuseForeignPage(const httplib::Request& request) const;
  void sendPreflight(const httplib::Request& request, httplib::Response& response) const;
  using Methods = std::map<std::string, Handler>;
  const Methods* endpointAt(const std::string& path) const;  // nullptr if none
  const Dialect& dialectOf(const std::string& path) const;

  std::map<std::string, Methods> endpoints_;  // by path
  std::map<std::string, Dialect> dialects_;   // by prefix
  Dialect ownDialect_;
  Handler otherPaths_;
};

// Returns the `index`th segment of a path, counted from 0: segment 1 of "/a/b" is "b"; "" beyond the end.
std::string segmentOf(const std::string& path, std::size_t index);

}  // namespace vitrine::demo
