// The other end of the wire: the services and the shop's collector. Each event is stored once, where its id allows to
// recognise it. Failures are ordered by tests.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "simulation/services.h"

namespace vitrine::test {

struct Reply {
  int status = 200;
  bool isStored = true;  // only used with 2xx, and with replies that get lost
  std::string retryAfter;
  std::string body = R"({"status":"success"})";
};

// The collector stores the events, then its reply gets lost.
inline Reply lostReply() { return {0, true, {}, {}}; }
inline Reply failure(int status, std::string retryAfter = {}) { return {status, false, std::move(retryAfter), {}}; }

class Collector {
 public:
  // Replies to batches from now on. By default: 400 if there is a bad item in it (services.h), else 200.
  std::function<Reply(const Json& batch)> rule;
  // Replies to the next requests, before the rule is used.
  std::vector<Reply> next;
  std::map<std::string, int> statusOfItem;  // replies to every request that holds the item, before anything else
  std::size_t maxBytes = 10u << 20;         // larger bodies get 413

  Reply post(const Wire& wire, std::size_t bodyBytes);

  bool has(const std::string& itemId) const { return stored.contains(itemId) || counted.contains(itemId); }
  // Returns the item ids of the events stored, in the order of their first arrival.
  std::vector<std::string> itemIds() const;
  std::vector<Json> events;             // the events stored, each once
  std::vector<std::size_t> batchSizes;  // events per request, stored or not
  std::map<std::string, int> arrivals;  // by event id: arrivals in a request that was stored
  std::map<std::string, int> stored;    // by item id (of a purchase: order id): events stored
  std::map<std::string, int> counted;   // by item id: times a service that counts every time counted it
  std::vector<std::string> faults;      // malformed requests
  int disorders = 0;                    // events that stand behind newer ones of their page in one batch

 private:
  void check(const Json& batch);
};

}  // namespace vitrine::test
