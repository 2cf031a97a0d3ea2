#include "control/control_api.h"

#include <charconv>

#include "http/replies.h"
#include "stream/stream.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

constexpr std::int64_t kDefaultLimit = 1000, kMaxLimit = 10'000;

std::int64_t wholeNumber(const std::string& name, const std::string& text, std::int64_t high) {
  std::int64_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size() || value < 0 || value > high)
    throw invalidField(name, "must be a whole number up to " + std::to_string(high));
  return value;
}

EventQuery readQuery(const httplib::Request& request) {
  EventQuery query;
  query.limit = kDefaultLimit;
  const std::pair<std::string_view, std::string*> texts[] = {
      {"service", &query.service}, {"visitorId", &query.visitorId}, {"sessionId", &query.sessionId},
      {"userId", &query.userId},   {"type", &query.type},           {"eventId", &query.eventId},
      {"serveId", &query.serveId}, {"orderId", &query.orderId},     {"itemId", &query.itemId},
  };
  for (const auto& [name, value] : request.params) {
    bool isText = false;
    for (const auto& [known, target] : texts)
      if (name == known) {
        *target = value;
        isText = true;
      }
    if (isText) continue;
    // An unknown parameter is an error: ignoring a misspelt filter would list all events, and a test would not notice.
    if (name == "since")
      query.sinceMs = wholeNumber(name, value, INT64_MAX);
    else if (name == "limit")
      query.limit = wholeNumber(name, value, kMaxLimit);
    else
      throw Refusal{400, "unknown-parameter", "there is no parameter " + name, name};
  }
  return query;
}

json describe(const EventPage& page) {
  json events = json::array();
  for (const EventRow& stored : page.events) {
    json event = json::parse(stored.body, nullptr, false);
    event["service"] = stored.service;
    event["receivedAt"] = stored.receivedMs;
    event["deliveries"] = stored.deliveries;
    events.push_back(std::move(event));
  }
  return {{"events", std::move(events)}, {"total", page.total}, {"rawDeliveries", page.rawDeliveries}};
}

}  // namespace

void mountControlApi(Router& router, const Catalog& catalog, Store& store, Recommender& recommender, Faults& faults,
                     const Stream* stream) {
  router.on("GET", "/_events",
            [&store](const httplib::Request& request, const std::string&, httplib::Response& response) {
              sendJson(response, describe(store.list(readQuery(request))));
            });
  router.on("DELETE", "/_events", [&](const httplib::Request&, const std::string&, httplib::Response& response) {
    sendJson(response, {{"removed", store.clear([&recommender] { recommender.forget(); })}});
  });
  const auto showFaults = [&faults](httplib::Response& response) {
    sendJson(response, {{"pending", faults.pending()}});
  };
  router.on("GET", "/_faults", [showFaults](const httplib::Request&, const std::string&, httplib::Response& response) {
    showFaults(response);
  });
  router.on("POST", "/_faults",
            [&faults, showFaults](const httplib::Request&, const std::string& body, httplib::Response& response) {
              faults.order(parseObject(body));
              showFaults(response);
            });
  router.on("DELETE", "/_faults",
            [&faults, showFaults](const httplib::Request&, const std::string&, httplib::Response& response) {
              faults.clear();
              showFaults(response);
            });
  router.on("GET", "/_health", [&, stream](const httplib::Request&, const std::string&, httplib::Response& response) {
    json health = {{"status", "ok"},
                   {"products", catalog.size()},
                   {"events", store.count()},
                   {"requests", faults.counts()},
                   {"services", faults.countsByService()}};
    if (stream) health["stream"] = stream->health();
    sendJson(response, health);
  });
}

}  // namespace vitrine::demo
