// The listening side: binding a port, and the TCP connection under a request, for which httplib has no handle.
#pragma once

#include <httplib.h>

#include <atomic>

namespace vitrine::demo {

class Listener {
 public:
  // Threads and time limits suited to browsers.
  Listener();

  httplib::Server& server() { return server_; }

  // Binds 127.0.0.1. Port 0 takes a free one. Returns the port, or -1 if it is taken.
  int bind(int port);
  // Serves until stop(); requests being answered then are finished first. False if listening failed.
  bool run();
  // From any thread, also before run() has begun.
  void stop();

 private:
  httplib::Server server_;
  socket_t socket_ = INVALID_SOCKET;
  std::atomic<bool> hasEnded_ = false;
};

// Hangs up on the client of this request: nothing that is answered afterwards reaches it.
void hangUp(const httplib::Request& request);

}  // namespace vitrine::demo
