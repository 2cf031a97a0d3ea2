// What a shopper did, as every service's protocol hands it to the store and the recommender.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::demo {

using EpochMs = std::int64_t;

enum class EventKind {
  kItemsServed,
  kView,
  kClick,
  kAddToCart,
  kPurchase,
  kIdentify,
  kPageView,
  kExposure,
  kSessionInit,
  kRemoveFromCart
};

// The words of our own wire and of the database, in the order of the kinds. The last two only Doofinder has.
inline constexpr std::string_view kEventKindNames[] = {"itemsServed", "view",          "click",    "addToCart",
                                                       "purchase",    "identify",      "pageView", "exposure",
                                                       "sessionInit", "removeFromCart"};

inline std::string_view nameOf(EventKind kind) { return kEventKindNames[static_cast<std::size_t>(kind)]; }

struct EventItem {
  std::string itemId;
  double quantity = 1;
  double unitPrice = 0;  // major units; purchases only
};

// Ids are "" where the shopper, the serve or the order is not known or not given.
struct Event {
  std::string service;  // whose protocol brought it
  std::string eventId;  // what its protocol dedupes by; made here where that is nothing
  EventKind kind = EventKind::kView;
  EpochMs atMs = 0;        // when it happened, by the shopper's clock
  EpochMs receivedMs = 0;  // when it was first stored, by ours
  std::int64_t seq = 0;
  std::string visitorId;
  std::string sessionId;
  std::string userId;
  std::string serveId;
  std::string anchorId;  // itemsServed, pageView: the product whose page it was
  std::string orderId;
  std::vector<EventItem> items;  // acted on: one for view, click, addToCart; the lines of a purchase; none otherwise
  std::string body;              // the row to show of it, a JSON object: as sent by our own wire, else see row.h
};

}  // namespace vitrine::demo
