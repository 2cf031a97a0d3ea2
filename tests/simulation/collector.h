// The other end of the wire: the services and the shop's collector, which store each event once, where they can tell,
// and fail as they are told to.
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
  bool isStored = true;  // only looked at for 2xx, and for answers that get lost
  std::string retryAfter;
  std::string body = R"({"status":"success"})";
};

// Stored before the answer got lost on its way.
inline Reply lostReply() { return {0, true, {}, {}}; }
inline Reply failure(int status, std::string retryAfter = {}) { return {status, false, std::move(retryAfter), {}}; }

class Collector {
 public:
  // How to answer batches from now on. By default: 400 if there is a bad item in it (services.h), else 200.
  std::function<Reply(const Json& batch)> rule;
  // Answers for the next posts, before the rule.
  std::vector<Reply> next;
  std::size_t maxBytes = 10u << 20;  // larger bodies are answered 413

  Reply post(const Wire& wire, std::size_t bodyBytes);

  bool has(const std::string& itemId) const { return stored.contains(itemId) || counted.contains(itemId); }
  // Of the events stored, in the order of their first arrival.
  std::vector<std::string> itemIds() const;
  std::vector<Json> events;             // each once
  std::vector<std::size_t> batchSizes;  // of every post, stored or not
  std::map<std::string, int>
      arrivals;                        // by event id, how often it was stored or would have been, but for deduplication
  std::map<std::string, int> stored;   // by item id (of a purchase: order id), how many events
  std::map<std::string, int> counted;  // by item id, how often a service that cannot tell counted it
  std::vector<std::string> faults;     // what no post may be
  int disorders = 0;                   // events before older ones of their page in one batch

 private:
  void check(const Json& batch);
};

}  // namespace vitrine::test
