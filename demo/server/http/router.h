// Which room answers which path, and what every answer has in common: bounded bodies, errors, CORS.
#pragma once

#include <httplib.h>

#include <functional>
#include <map>
#include <string>
#include <utility>

#include "http/replies.h"

namespace vitrine::demo {

// The largest request body: some sixteen times the 64 KiB that a browser sends with keepalive.
constexpr std::size_t kMaxBodyBytes = 1024 * 1024;

// What is common to the answers of one service.
struct Dialect {
  // Writes an error in the service's own words.
  std::function<void(httplib::Response& response, const Refusal& refusal)> refuse = demo::refuse;
  // Request headers that pages of other origins may send ("A, B"); "" keeps other origins out.
  std::string sharedHeaders;
};

class Router {
 public:
  // Fills the response; a Refusal thrown becomes its JSON error, any other exception a 500.
  using Handler =
      std::function<void(const httplib::Request& request, const std::string& body, httplib::Response& response)>;

  // An endpoint at a path, in which a segment `*` stands for any text. A known path with another method is answered
  // with 405 and `Allow`.
  void on(const std::string& method, const std::string& path, Handler handler);
  // Answers GET and HEAD on all other paths.
  void onOtherPaths(Handler handler) { otherPaths_ = std::move(handler); }
  // How everything under this prefix ("/refine/") is answered.
  void speak(const std::string& prefix, Dialect dialect) { dialects_[prefix] = std::move(dialect); }

  // Answers a request of this process's own as if it had come from outside. `target`: path and query.
  void ask(const std::string& method, const std::string& target, const httplib::Headers& headers,
           const std::string& body, httplib::Response& response) const;

  // Takes over all requests of the server. The router must outlive it.
  void mount(httplib::Server& server);

 private:
  void dispatch(const httplib::Request& request, const std::string& body, httplib::Response& response) const;
  void answerPreflight(const httplib::Request& request, httplib::Response& response) const;
  using Methods = std::map<std::string, Handler>;
  const Methods* endpointAt(const std::string& path) const;  // nullptr if there is none
  const Dialect& dialectOf(const std::string& path) const;

  std::map<std::string, Methods> endpoints_;  // by path
  std::map<std::string, Dialect> dialects_;   // by prefix
  Dialect ownDialect_;
  Handler otherPaths_;
};

// The `index`th segment of a path, counted from 0: 1 of "/a/b" is "b"; "" beyond the end.
std::string segmentOf(const std::string& path, std::size_t index);

}  // namespace vitrine::demo
