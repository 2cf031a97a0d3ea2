// The open TCP connections, which httplib does not expose. Closes those that take too long, and that of one request.
//
// Linux only: a connection is found in /proc/self/fd by the address and port of its peer.
#pragma once

#include <httplib.h>

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>

namespace vitrine::demo {

// Gives each connection a deadline, because httplib only limits the pause between two bytes: a client that sends one
// byte a second would occupy its thread for days. A client has 5 s to send its whole request, head and body, and 30 s
// to receive the reply. The time in which a handler works, ordered delays included, counts for neither. Connections
// that a browser opens in advance and does not use are closed by the same rule; the browser opens others.
class Connections {
 public:
  Connections() = default;
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;
  ~Connections() { end(); }

  // Starts the thread that closes overdue connections of this port of the server.
  void watch(int port);
  // Ends the thread.
  void end();

  // Marks a request as received. While this lives, the connection has no deadline. May be created in any thread.
  class Handling {
   public:
    Handling(Connections& connections, const httplib::Request& request);
    ~Handling();
    Handling(const Handling&) = delete;
    Handling& operator=(const Handling&) = delete;

   private:
    Connections& connections_;
    std::pair<std::string, int> peer_;
  };

 private:
  using Peer = std::pair<std::string, int>;  // address and port
  using Clock = std::chrono::steady_clock;
  struct Deadline {
    Clock::time_point since;  // the time at which the connection was first found, or its handler was last at work
    std::chrono::seconds allowed;
  };

  void closeOverdue(int port);

  std::mutex mutex_;
  std::condition_variable ending_;
  bool isEnding_ = false;
  std::multiset<Peer> handling_;
  std::set<Peer> handled_;                              // handlers that ended since the last look
  std::map<std::pair<int, Peer>, Deadline> deadlines_;  // by file descriptor and peer
  std::thread thread_;
};

// Closes the connection of this request before any byte of a reply was sent; later writes reach nobody. A content
// provider of httplib that returns false is no substitute, because the status line and headers are sent before it runs.
void hangUp(const httplib::Request& request);

}  // namespace vitrine::demo
