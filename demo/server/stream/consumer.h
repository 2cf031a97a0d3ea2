// Copies the events of the stream to the database, in a thread of its own.
//
// Each database follows the stream by itself: every server of a shop has all events, whichever of them received them.
// A message is acknowledged after the transaction with its event has been committed, so a server that dies receives the
// rest again when it is back. The database stores each event once, however often it arrives.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "store/event.h"
#include "store/store.h"
#include "stream/nats.h"

namespace vitrine::demo {

class Consumer {
 public:
  // Starts to copy. `store` must outlive this. `onFresh`: as in Store::add(), called in the thread of this object. The
  // stream must exist. Throws StreamError.
  Consumer(const StreamOptions& options, Store& store, std::function<void(const StoredEvent&)> onFresh);
  // Finishes the messages at hand.
  ~Consumer();
  Consumer(const Consumer&) = delete;
  Consumer& operator=(const Consumer&) = delete;

  // Waits until the database has every event that the stream has now, 2 s at most. Returns false if it has not.
  bool catchUp();

  // Under this name the stream knows how far the database is.
  const std::string& name() const { return name_; }
  // The number of events that wait in the stream, as of the last message.
  std::uint64_t behind() const { return behind_; }
  // The number of messages that were not events, since the start.
  std::uint64_t setAside() const { return setAside_; }

 private:
  using Messages = std::vector<NatsMessage>;

  void run();
  NatsSubscription subscribe();
  Messages fetch(natsSubscription* subscription);
  void keep(const Messages& messages);
  void dropUnreadable(natsMsg* message, const std::string& reason);
  bool hasStored(std::uint64_t sequence);
  void pause();  // between two attempts; ends early with this object

  const std::string name_;
  Store& store_;
  const std::function<void(const StoredEvent&)> onFresh_;
  std::atomic<std::uint64_t> behind_ = 0;
  std::atomic<std::uint64_t> setAside_ = 0;
  std::mutex mutex_;
  std::condition_variable ending_;
  bool isEnding_ = false;
  std::mutex keeping_;  // held while messages are stored and acknowledged
  Link link_;
  NatsContext context_;
  std::thread thread_;
};

}  // namespace vitrine::demo
