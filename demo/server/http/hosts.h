// Decides which requests are served: by the host that they name, and by the page that sent them.
//
// The server listens on the loopback interface, but any page in a browser on this machine can send requests there. A
// host name of an attacker that resolves to 127.0.0.1 (DNS rebinding) would make the server's replies readable.
#pragma once

#include <httplib.h>

#include <string>
#include <vector>

namespace vitrine::demo {

class Hosts {
 public:
  // `names`: hosts to serve besides 127.0.0.1, localhost and [::1] with the server's own port. "shop.test" is served
  // with any port and without one, "shop.test:8080" with that port only. Upper and lower case are equal.
  explicit Hosts(std::vector<std::string> names = {});

  // Returns true if the request has one Host header, and the header names a host that is served.
  bool serves(const httplib::Request& request) const;
  // Replies 421 (Misdirected Request) in one line of text, which names the option --host.
  static void refuse(const httplib::Request& request, httplib::Response& response);

 private:
  std::vector<std::string> names_;
};

// Returns true if a page of another origin sent the request. Browsers send Origin with every request that can change
// something, and Sec-Fetch-Site with the others; clients that are no browsers send neither.
bool isFromForeignPage(const httplib::Request& request);

}  // namespace vitrine::demo
