#include "services/doofinder/stats.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "http/replies.h"
#include "services/doofinder/errors.h"
#include "store/ids.h"
#include "store/row.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

constexpr double kMaxAmount = 1e6, kMaxPrice = 1e9;
constexpr std::int64_t kMaxCartRows = 10'000;

json readParameters(const httplib::Request& request, const std::string& body) {
  json parameters = parseDoofinderBody(body);
  json query = parametersOf(request);
  query.erase("random");  // only prevents caching
  parameters.update(query);
  return parameters;
}

}  // namespace

// The parameters of one request; reads those that all requests share.
struct DoofinderStats::Call {
  Call(const httplib::Request& request, const std::string& body)
      : parameters(readParameters(request, body)), form(parameters, kDoofinderStyle) {
    if (segmentOf(request.path, 2) != kDoofinderHashid) throw Refusal{404, "not-found", "Not found"};
    const std::string pathSession = segmentOf(request.path, 5);
    if (!pathSession.empty()) parameters["session_id"] = pathSession;
    sessionId = form.text("session_id", kMaxSessionIdLength);
    userId = form.optionalText("user_id", kMaxUserIdLength);
  }

  StoredEvent event(StoredEventKind kind) const {
    StoredEvent event;
    event.service = "doofinder";
    event.eventId = newUuid();
    event.kind = kind;
    event.atMs = now();
    event.visitorId = event.sessionId = sessionId;
    event.userId = userId;
    return event;
  }

  json parameters;
  mutable Form form;
  std::string sessionId, userId;
};

void DoofinderStats::mount(Router& router, Faults& faults) {
  using Act = void (DoofinderStats::*)(const Call&) const;
  const auto on = [&](const char* method, const char* path, Act act) {
    router.on(method, std::string("/doofinder/6/*/stats/") + path,
              faults.inject(
                  "doofinder", "events",
                  [this, act](const httplib::Request& request, const std::string& body, httplib::Response& response) {
                    (this->*act)(Call(request, body));
                    sendJson(response, {{"status", "registered"}});
                  }));
  };
  on("PUT", "init", &DoofinderStats::init);
  on("PUT", "click", &DoofinderStats::click);
  on("PUT", "cart/*", &DoofinderStats::addToCart);
  on("PATCH", "cart/*", &DoofinderStats::removeFromCart);
  on("DELETE", "cart/*", &DoofinderStats::emptyCart);
  on("PUT", "checkout", &DoofinderStats::checkOut);
}

void DoofinderStats::init(const Call& call) const {
  call.form.finish();
  StoredEvent event = call.event(StoredEventKind::kSessionInit);
  event.eventId = "init:" + call.sessionId + ":" + call.userId;
  describe(event, call.parameters);
  engine_.accept({event});
}

void DoofinderStats::click(const Call& call) const {
  const std::string dfid = call.form.text("dfid");
  const auto position = call.form.optionalNumber("position", 1, kMaxAmount);
  for (const char* name : {"query", "custom_results_id", "resource_id"}) call.form.optionalText(name);
  call.form.finish();
  StoredEvent event = call.event(StoredEventKind::kClick);
  event.items.push_back({dfids_.itemOf(dfid), 1, 0});
  // Rows count positions from 0, the service counts from 1.
  describe(event, call.parameters,
           position ? json{{"position", static_cast<std::int64_t>(*position) - 1}} : json::object());
  engine_.accept({event});
}

void DoofinderStats::addToCart(const Call& call) const {
  const bool isDfid = call.parameters.contains("dfid");
  const std::string id = call.form.text(isDfid ? "dfid" : "id");
  const double amount = call.form.optionalNumber("amount", 1, kMaxAmount).value_or(1);
  const std::optional<double> sentPrice = call.form.optionalNumber("price", 0, kMaxPrice);
  for (const char* name : {"index", "title"}) call.form.optionalText(name);
  call.form.finish();
  StoredEvent event = call.event(StoredEventKind::kAddToCart);
  const auto item = engine_.catalog.find(dfids_.itemOf(id));
  const double price = sentPrice.value_or(item ? engine_.catalog[*item].price : 0);
  event.items.push_back({dfids_.itemOf(id), amount, price});
  describe(event, call.parameters, {{"unitPrice", price}});
  engine_.accept({event});
}

void DoofinderStats::removeFromCart(const Call& call) const {
  const bool isDfid = call.parameters.contains("dfid");
  const std::string id = call.form.text(isDfid ? "dfid" : "id");
  const double amount = call.form.optionalNumber("amount", 1, kMaxAmount).value_or(1);
  call.form.finish();
  StoredEvent event = call.event(StoredEventKind::kRemoveFromCart);
  event.items.push_back({dfids_.itemOf(id), amount, 0});
  describe(event, call.parameters, {{"quantity", amount}});
  engine_.accept({event});
}

void DoofinderStats::emptyCart(const Call& call) const {
  call.form.finish();
  std::vector<StoredEvent> events;
  for (const EventItem& line : cartOf(call.sessionId)) {
    events.push_back(call.event(StoredEventKind::kRemoveFromCart));
    events.back().items.push_back(line);
    describe(events.back(), call.parameters, {{"quantity", line.quantity}});
  }
  engine_.accept(events);
}

void DoofinderStats::checkOut(const Call& call) const {
  call.form.finish();
  StoredEvent event = call.event(StoredEventKind::kPurchase);
  event.items = cartOf(call.sessionId);
  if (event.items.empty()) return;
  double value = 0;
  for (const EventItem& line : event.items) value += line.quantity * line.unitPrice;
  describe(event, call.parameters, {{"value", value}});
  engine_.accept({event});
}

std::vector<EventItem> DoofinderStats::cartOf(const std::string& sessionId) const {
  engine_.catchUp();
  EventQuery query;
  query.service = "doofinder";
  query.sessionId = sessionId;
  query.limit = kMaxCartRows;
  std::vector<EventItem> cart;
  for (const EventRow& stored : engine_.store.list(query).events) {
    const json row = json::parse(stored.body, nullptr, false);
    const std::string type = row.value("type", "");
    if (type == nameOf(StoredEventKind::kPurchase)) cart.clear();
    if (type != nameOf(StoredEventKind::kAddToCart) && type != nameOf(StoredEventKind::kRemoveFromCart)) continue;
    const double sign = type == nameOf(StoredEventKind::kAddToCart) ? 1 : -1;
    const EventItem change{row.value("itemId", ""), sign * row.value("quantity", 1.0), row.value("unitPrice", 0.0)};
    const auto line =
        std::find_if(cart.begin(), cart.end(), [&](const EventItem& item) { return item.itemId == change.itemId; });
    if (line == cart.end())
      cart.push_back(change);
    else
      line->quantity += change.quantity;
    std::erase_if(cart, [](const EventItem& item) { return item.quantity <= 0; });
  }
  return cart;
}

}  // namespace vitrine::demo
