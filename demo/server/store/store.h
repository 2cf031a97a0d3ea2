// The events on disk. What was acknowledged is there after the process or the machine dies.
//
// Safe to use from several threads: one writer and one reader at a time, in turn.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/event.h"
#include "store/sqlite.h"

namespace vitrine::demo {

struct Receipt {
  std::size_t accepted = 0;    // stored now
  std::size_t duplicates = 0;  // known already, or a second time in the same batch
};

// What to list: every text given must be equal; "" asks for nothing.
struct EventQuery {
  std::string service, visitorId, sessionId, userId, type, eventId, serveId, orderId, itemId;
  EpochMs sinceMs = 0;  // received then or later
  std::int64_t limit = 1000;
};

struct StoredEvent {
  std::string service;
  std::string body;
  EpochMs receivedMs = 0;
  std::int64_t deliveries = 0;  // how often it arrived; 1 if nothing was sent twice
};

struct EventPage {
  std::vector<StoredEvent> events;  // oldest arrival first, `limit` at most
  std::int64_t total = 0;           // how many match, whatever the limit
  std::int64_t rawDeliveries = 0;   // their deliveries together
};

class Store {
 public:
  // Opens or makes the file and its folder. Throws DatabaseError, also for a file of another schema version.
  explicit Store(const std::string& path);

  // Stores a batch in one transaction, once per service and event id, and returns after the commit is on disk. `onFresh`
  // is then called for each event that was new, in order of arrival, before any other batch is stored. Throws
  // DatabaseError; nothing is stored then.
  Receipt add(const std::vector<Event>& events, EpochMs nowMs, const std::function<void(const Event&)>& onFresh);

  EventPage list(const EventQuery& query);
  // Every event in order of arrival, without its body.
  void replay(const std::function<void(const Event&)>& onEvent);
  std::int64_t count();
  // Removes all events and calls `onCleared` before any other batch is stored. Returns how many there were.
  std::int64_t clear(const std::function<void()>& onCleared);

 private:
  bool insert(const Event& event, EpochMs nowMs);  // false: known already, its delivery is counted

  std::mutex mutex_;
  Database database_;
  Statement insertEvent_;
  Statement insertItem_;
};

}  // namespace vitrine::demo
