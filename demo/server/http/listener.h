// Binds a port and serves it.
#pragma once

#include <httplib.h>

#include <atomic>

#include "http/connections.h"

namespace vitrine::demo {

class Listener {
 public:
  // Sets threads and time limits that suit browsers.
  Listener();

  httplib::Server& server() { return server_; }
  Connections& connections() { return connections_; }

  // Binds 127.0.0.1; port 0 takes a free port. Returns the port, or -1 if it is in use.
  int bind(int port);
  // Serves until stop() and finishes the requests that are being handled then. Returns false if listening failed.
  bool run();
  // May be called from any thread, also before run() has begun.
  void stop();

 private:
  httplib::Server server_;
  Connections connections_;
  int port_ = -1;
  socket_t socket_ = INVALID_SOCKET;
  std::atomic<bool> hasEnded_ = false;
};

}  // namespace vitrine::demo
