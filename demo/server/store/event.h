// An act of a shopper in the form that all protocols pass to the store and the recommender.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::demo {

using EpochMs = std::int64_t;

enum class StoredEventKind {
  kItemsServed,
  kView,
  kClick,
  kAddToCart,
  kPurchase,
  kIdentify,
  kPageView,
  kExposure,
  kViewItem,
  kRemoveFromCart,
  kClearCart,
  kSearch,
  kCustom,
  kSessionInit
};

// The names in Vitrine's own event format and in the database, in the order of the kinds. Only Doofinder sends the
// last one.
inline constexpr std::string_view kStoredEventKindNames[] = {
    "itemsServed", "view",     "click",          "addToCart", "purchase", "identify", "pageView",
    "exposure",    "viewItem", "removeFromCart", "clearCart", "search",   "custom",   "sessionInit"};

inline std::string_view nameOf(StoredEventKind kind) { return kStoredEventKindNames[static_cast<std::size_t>(kind)]; }

struct EventItem {
  std::string itemId;
  double quantity = 1;
  double unitPrice = 0;  // major units; purchases only
};

// Ids are "" if the shopper, the serve or the order is unknown.
struct StoredEvent {
  std::string service;  // the service in whose protocol it came
  std::string eventId;  // deduplicates; made here if the protocol has no such id
  StoredEventKind kind = StoredEventKind::kView;
  EpochMs atMs = 0;        // time of the act by the shopper's clock
  EpochMs receivedMs = 0;  // time of the first storing by the server's clock
  std::int64_t seq = 0;
  std::string visitorId;
  std::string sessionId;
  std::string userId;
  std::string serveId;
  std::string anchorId;  // itemsServed, pageView: the product whose page it was
  std::string orderId;
  std::vector<EventItem> items;  // one for view, click, viewItem and carts; the lines of a purchase; else empty
  std::string body;  // the row of GET /_events, a JSON object: as sent in Vitrine's own format, else see row.h
};

}  // namespace vitrine::demo
