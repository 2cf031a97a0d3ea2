// An event: something the shopper saw or did, written once as JSON text with the identity of its moment.
//
// Events are stored in this neutral form, and Refine's collector and the shop's own receive it (docs/wire.md,
// docs/event.schema.json). Id, type and time stand first, in this order.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/random.h"
#include "base/text.h"
#include "base/time.h"

namespace vitrine {

// Ordered by value to a shop: when the queue is full, events of the first kinds are dropped first.
enum class EventKind : std::uint8_t {
  kView,
  kPageView,
  kViewItem,
  kItemsServed,
  kExposure,
  kSearch,
  kClick,
  kIdentify,
  kCustom,
  kRemoveFromCart,
  kClearCart,
  kAddToCart,
  kPurchase
};

// Longer events are refused, and lists are divided (tracking/serve.h). One event is a tenth of the queue at most.
constexpr std::size_t kMaxEventBytes = 64 * 1024;
// An order may be longer, because nothing of it can be left out: about 3000 lines.
constexpr std::size_t kMaxOrderBytes = 256 * 1024;

constexpr int kEventKinds = 13;
constexpr const char* kEventNames[kEventKinds] = {"view",      "pageView",  "viewItem", "itemsServed", "exposure",
                                                  "search",    "click",     "identify", "custom",      "removeFromCart",
                                                  "clearCart", "addToCart", "purchase"};

// Returns false if `name` is no kind of event.
bool readEventKind(std::string_view name, EventKind& kind);

struct Event {
  Text text;        // JSON object, no control characters
  TimeMs atMs = 0;  // wall time
  EventKind kind = EventKind::kView;
};

// Writes the events of one page: each gets the page's id and the next number in it.
class EventWriter {
 public:
  EventWriter(Random& random, std::string_view pageId) : random_(random) { setPage(pageId); }

  // Starts another page view: later events have its id and are numbered from 0.
  void setPage(std::string_view pageId);

  // identity: Identity::fragment(), or "" for an event without ids. members: `"name":value,…` of this kind, may be
  // "".
  Event write(EventKind kind, TimeMs wallMs, std::string_view identity, std::string_view members);

 private:
  Random& random_;
  Text pageFragment_;
  int sequence_ = 0;
};

// Returns the event's text without visitor, session and user id, and without the user id before (previousUserId).
Text withoutIds(std::string_view text);

// Returns the event's text without anything that says whose it is or joins it with earlier pages: as withoutIds(),
// and without the touch that led to its items and without a service's reference that contains the session id.
Text unrecognised(std::string_view text, EventKind kind);

// Returns the part of an event's text that names its visitor, or its page if it has no ids.
std::string_view ownerOf(std::string_view text);

// Reads a stored event. Returns false if the text is no event of ours. An event of a type that this version does not
// know, stored by a later version, is kept as it is and counts as kCustom: the shop's own collector may know it.
bool readEvent(std::string_view text, Event& event);

}  // namespace vitrine
