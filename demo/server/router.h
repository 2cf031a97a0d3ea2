// Which room answers which path, and what every answer has in common: bounded bodies, JSON errors, CORS.
#pragma once

#include <httplib.h>

#include <functional>
#include <map>
#include <string>

namespace vitrine::demo {

// The largest request body: some sixteen times the 64 KiB that a browser sends with keepalive.
constexpr std::size_t kMaxBodyBytes = 1024 * 1024;

class Router {
 public:
  // Fills the response; a Refusal thrown becomes its JSON error, any other exception a 500.
  using Handler =
      std::function<void(const httplib::Request& request, const std::string& body, httplib::Response& response)>;

  // An endpoint at an exact path. A known path with another method is answered with 405 and `Allow`.
  void on(const std::string& method, const std::string& path, Handler handler);
  // Answers GET and HEAD on all other paths.
  void onOtherPaths(Handler handler) { otherPaths_ = std::move(handler); }
  // Pages of any origin may call the endpoints under this prefix with any of the headers listed ("A, B").
  void shareWithOtherOrigins(const std::string& prefix, const std::string& headers) { shared_[prefix] = headers; }

  // Takes over all requests of the server. The router must outlive it.
  void mount(httplib::Server& server);

 private:
  void dispatch(const httplib::Request& request, const std::string& body, httplib::Response& response) const;
  void answerPreflight(const httplib::Request& request, httplib::Response& response) const;
  const std::string* sharedHeaders(const std::string& path) const;

  std::map<std::string, std::map<std::string, Handler>> endpoints_;  // path -> method -> handler
  std::map<std::string, std::string> shared_;                        // prefix -> request headers
  Handler otherPaths_;
};

}  // namespace vitrine::demo
