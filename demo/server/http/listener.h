// Binds a port and serves it; closes the TCP connection of a request, which httplib offers no function for.
#pragma once

#include <httplib.h>

#include <atomic>

namespace vitrine::demo {

class Listener {
 public:
  // Sets threads and time limits that suit browsers.
  Listener();

  httplib::Server& server() { return server_; }

  // Binds 127.0.0.1; port 0 takes a free port. Returns the port, or -1 if it is in use.
  int bind(int port);
  // Serves until stop() and finishes the requests that are being handled then. Returns false if listening failed.
  bool run();
  // May be called from any thread, also before run() has begun.
  void stop();

 private:
  httplib::Server server_;
  socket_t socket_ = INVALID_SOCKET;
  std::atomic<bool> hasEnded_ = false;
};

// Closes the connection of this request before any byte of a reply was sent; later writes reach nobody. Linux only: the
// socket is found by the peer's port in /proc/self/fd. A content provider of httplib that returns false is no
// substitute, because the status line and headers are sent before it runs.
void hangUp(const httplib::Request& request);

}  // namespace vitrine::demo
