// Failures on demand: what a test orders for the next requests to an endpoint.
#pragma once

#include <httplib.h>

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "http/router.h"

namespace vitrine::demo {

// The code of the Refusal that an order makes: its status is meant, also where a service would hide it.
constexpr char kOrderedFault[] = "ordered-fault";

class Faults {
 public:
  // Appends to the faults of its target; each is used up before the next begins. The order is a JSON object:
  //   target: "events" | "recs" | "search" | "all"
  //   service: "refine" | "depict" | "richrelevance" | "doofinder"; default any
  //   status: 200..599 answer with it, in the service's shape, instead of working; 0 hang up without an answer;
  //     absent: work as ever (a mere delay)
  //   delayMs: 0..60000, wait that long first; default 0
  //   retryAfter: the text of a Retry-After header; default none
  //   count: how many requests, default 1
  //   when: "before" (default) the request has any effect, or "after": it is performed, and only its answer is lost
  //   body: the text to answer with instead of an error; default none
  // Throws Refusal (400) naming the member at fault.
  void order(const nlohmann::json& order);
  void clear();
  nlohmann::json pending() const;
  // Requests so far by target, failed ones included; and the same by service, then target.
  nlohmann::json counts() const;
  nlohmann::json countsByService() const;

  // The handler with the faults of this service's `target` before (or after) it.
  Router::Handler exposed(const std::string& service, const std::string& target, Router::Handler handler);

  // Ends all delays, for a prompt stop.
  void shutDown();

 private:
  struct Fault {
    nlohmann::json order;
    std::string target;
    std::string service;  // "" for any
    std::optional<std::int64_t> status;
    std::int64_t delayMs = 0;
    std::string retryAfter;
    std::int64_t left = 1;
    bool isAfter = false;
    std::optional<std::string> body;
  };

  std::optional<Fault> take(const std::string& service, const std::string& target);
  void wait(std::int64_t delayMs);
  static void fail(const Fault& fault, const httplib::Request& request, httplib::Response& response);

  mutable std::mutex mutex_;
  std::condition_variable stopping_;
  bool isStopping_ = false;
  std::deque<Fault> faults_;
  std::map<std::string, std::map<std::string, std::int64_t>> counts_;  // service -> target -> requests
};

}  // namespace vitrine::demo
