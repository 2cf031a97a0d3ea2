// Failures on demand: a test orders them for the next requests to a service.
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

// The code of a Refusal that was ordered. Its status reaches the client, also from a service that reports errors with
// status 200.
constexpr char kOrderedFault[] = "ordered-fault";

class Faults {
 public:
  // Appends a fault to the queue of its target; each fault is used up before the next one begins. `order` is a JSON
  // object:
  //   target: "events" | "recs" | "search" | "all"
  //   service: "refine" | "depict" | "richrelevance" | "doofinder"; default any
  //   status: 200..599 reply with this status and the service's error body; 0 closes the connection without a reply;
  //     absent: the request is handled normally (for a delay alone)
  //   delayMs: 0..60000, wait this long first; default 0
  //   retryAfter: the text of a Retry-After header; default none
  //   count: how many requests, default 1
  //   when: "before" (default): the request has no effect; "after": it is performed, and only its reply is lost
  //   body: the reply's text instead of an error body; default none
  // Throws Refusal (400) that names the wrong member.
  void order(const nlohmann::json& order);
  void clear();
  nlohmann::json pending() const;
  // The number of requests so far by target, failed ones included; and the same by service, then target.
  nlohmann::json counts() const;
  nlohmann::json countsByService() const;

  // Wraps a handler: faults ordered for this service and target happen before or after it.
  Router::Handler inject(const std::string& service, const std::string& target, Router::Handler handler);

  // Ends all delays, so that the server can stop at once.
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
  static void fail(const Fault& fault, int status, const httplib::Request& request, httplib::Response& response);

  mutable std::mutex mutex_;
  std::condition_variable stopping_;
  bool isStopping_ = false;
  std::deque<Fault> faults_;
  std::map<std::string, std::map<std::string, std::int64_t>> counts_;  // service -> target -> requests
};

}  // namespace vitrine::demo
