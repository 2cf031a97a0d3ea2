// The events on disk. Acknowledged events survive a crash of the process or the machine.
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
  std::size_t stored = 0;      // for the first time
  std::size_t duplicates = 0;  // stored before, or repeated in the same batch
};

// Which events to list: a text must be equal to the column; "" matches all.
struct EventQuery {
  std::string service, visitorId, sessionId, userId, type, eventId, serveId, orderId, itemId;
  EpochMs sinceMs = 0;  // received at this time or later
  std::int64_t limit = 1000;
};

struct EventRow {
  std::string service;
  std::string body;
  EpochMs receivedMs = 0;
  std::int64_t deliveries = 0;  // number of arrivals; 1 if it was sent once
};

struct EventPage {
  std::vector<EventRow> events;    // oldest arrival first, `limit` at most
  std::int64_t total = 0;          // number of matches, regardless of the limit
  std::int64_t rawDeliveries = 0;  // sum of the deliveries of all matches
};

class Store {
 public:
  // Opens or creates the file and its folder. Throws DatabaseError, also for a file of another schema version.
  explicit Store(const std::string& path);

  // Stores a batch in one transaction, each service and event id once, and returns after the commit is on disk. Then
  // calls `onFresh` for each new event in order of arrival, before any other batch is stored. Throws DatabaseError, and
  // stores nothing then.
  Receipt add(const std::vector<StoredEvent>& events, EpochMs nowMs,
              const std::function<void(const StoredEvent&)>& onFresh);

  EventPage list(const EventQuery& query);
  // Calls `onEvent` for every event in order of arrival, without its body.
  void replay(const std::function<void(const StoredEvent&)>& onEvent);
  std::int64_t count();
  // Removes all events and calls `onCleared` before any other batch is stored. Returns the number of removed events.
  std::int64_t clear(const std::function<void()>& onCleared);
  // Returns the name under which this database follows a stream (demo/server/stream). Made at the first call and kept
  // in the file, so that the name goes with the events.
  std::string streamName();

 private:
  bool insert(const StoredEvent& event, EpochMs nowMs);  // false: stored before; only its delivery is counted

  std::mutex mutex_;
  Database database_;
  Statement insertEvent_;
  Statement insertItem_;
};

}  // namespace vitrine::demo
