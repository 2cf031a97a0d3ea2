// What a shopper did, as every vendor's protocol hands it to the store and the recommender.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::demo {

using EpochMs = std::int64_t;

enum class EventKind { kItemsServed, kView, kClick, kAddToCart, kPurchase, kIdentify };

// The words of the wire and of the database, in the order of the kinds.
inline constexpr std::string_view kEventKindNames[] = {"itemsServed", "view",     "click",
                                                       "addToCart",   "purchase", "identify"};

inline std::string_view nameOf(EventKind kind) { return kEventKindNames[static_cast<std::size_t>(kind)]; }

struct EventItem {
  std::string itemId;
  double quantity = 1;
  double unitPrice = 0;  // major units; purchases only
};

// Ids are "" where the shopper, the serve or the order is not known or not given.
struct Event {
  std::string eventId;
  EventKind kind = EventKind::kView;
  EpochMs atMs = 0;        // when it happened, by the shopper's clock
  EpochMs receivedMs = 0;  // when it was first stored, by ours
  std::int64_t seq = 0;
  std::string visitorId;
  std::string sessionId;
  std::string userId;
  std::string serveId;
  std::string anchorId;  // itemsServed: the product whose page showed the items
  std::string orderId;
  std::vector<EventItem> items;  // acted on: one for view, click, addToCart; the lines of a purchase; none otherwise
  std::string body;              // the event as sent: a JSON object
};

}  // namespace vitrine::demo
