// RAII classes for the NATS client library: the library itself, a connection, and what belongs to it.
//
// The library starts threads of its own, which reconnect and deliver messages. Nothing of it runs before a Link exists.
#pragma once

#include <nats/nats.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

#include "stream/options.h"

namespace vitrine::demo {

// The message is for an operator: what failed, and what to do. The events that were to be published are to be sent
// again.
struct StreamError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The stream's name, the subjects in it (`vitrine.events.SERVICE.TYPE`), and how long it knows the ids of events.
inline constexpr char kStreamName[] = "VITRINE_EVENTS";
inline constexpr char kStreamSubjects[] = "vitrine.events.>";
inline constexpr std::chrono::minutes kDuplicateWindow{10};
// How long the stream keeps an event, and how long a database that follows it may be away.
inline constexpr std::chrono::hours kStreamAge{30 * 24};

template <auto destroy>
struct NatsDeleter {
  template <class T>
  void operator()(T* handle) const {
    destroy(handle);
  }
};
using NatsOptions = std::unique_ptr<natsOptions, NatsDeleter<natsOptions_Destroy>>;
using NatsConnection = std::unique_ptr<natsConnection, NatsDeleter<natsConnection_Destroy>>;
using NatsContext = std::unique_ptr<jsCtx, NatsDeleter<jsCtx_Destroy>>;
using NatsMessage = std::unique_ptr<natsMsg, NatsDeleter<natsMsg_Destroy>>;
using NatsSubscription = std::unique_ptr<natsSubscription, NatsDeleter<natsSubscription_Destroy>>;

// Opens the library. Must outlive every other object of this file; its end waits for the library's threads.
class NatsLibrary {
 public:
  NatsLibrary();
  ~NatsLibrary();
  NatsLibrary(const NatsLibrary&) = delete;
  NatsLibrary& operator=(const NatsLibrary&) = delete;
};

// Returns `doing: <the library's text>`, and JetStream's own number if there is one.
std::string natsText(const std::string& doing, natsStatus status, jsErrCode code = {});

// Prints `vitrine-demo-server: stream: <text>` to stderr.
void logStream(const std::string& text);

// A connection to one server of a cluster. If it breaks, the library connects to another server, without an end.
class Link {
 public:
  // `purpose`: for messages ("publishing"). Throws StreamError if no server of the list can be reached.
  Link(const StreamOptions& options, const char* purpose);
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;
  ~Link() { close(); }
  // Ends calls of other threads that wait for this connection. May be called twice.
  void close();

  natsConnection* connection() const { return connection_.get(); }
  NatsContext context(jsOptions& options) const;
  bool isUp() const { return downSince_.load() == Clock::time_point(); }
  // Returns for how long the connection has been broken; 0 if it is not.
  std::chrono::milliseconds downFor() const;

 private:
  using Clock = std::chrono::steady_clock;
  static void onDown(natsConnection* connection, void* self);
  static void onUp(natsConnection* connection, void* self);
  static void onClosed(natsConnection* connection, void* self);

  const std::string purpose_;
  std::atomic<Clock::time_point> downSince_{};
  std::atomic<bool> isClosing_ = false;
  std::atomic<bool> isClosed_ = false;  // the last callback has run
  NatsConnection connection_;
};

// Makes the stream if the cluster does not have it. An existing stream stays as it is. Waits up to 15 s for a cluster
// that is being started. Throws StreamError.
void ensureStream(jsCtx* context, const StreamOptions& options);

}  // namespace vitrine::demo
