// An event: something the shopper saw or did, written once as JSON text with the identity of its moment.
//
// The text is the neutral form in which events are stored, and what the Refine endpoint receives; its schema is
// docs/event.schema.json. Kind, time and id stand first and in this order, so that a stored event can be judged
// cheaply.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/time.h"

namespace vitrine {

// In order of what a shop would miss least: when the queue is full the first kinds go first.
enum class EventKind : std::uint8_t {
  kView,
  kPageView,
  kItemsServed,
  kExposure,
  kClick,
  kIdentify,
  kAddToCart,
  kPurchase
};

// Longer events are not taken: 1000 served items of 60 bytes fit, and one event is a tenth of the queue at most.
constexpr std::size_t kMaxEventBytes = 64 * 1024;

constexpr int kEventKinds = 8;
constexpr const char* kEventNames[kEventKinds] = {"view",  "pageView", "itemsServed", "exposure",
                                                  "click", "identify", "addToCart",   "purchase"};

// False if `name` is no kind of event.
bool readEventKind(std::string_view name, EventKind& kind);

struct Event {
  std::string text;  // JSON object, no control characters
  TimeMs atMs = 0;   // wall time
  EventKind kind = EventKind::kView;
};

// Writes the events of one page: each gets the page's id and the next number in it.
class EventWriter {
 public:
  EventWriter(Random& random, std::string_view pageId) : random_(random) { setPage(pageId); }

  // From here on events belong to another page view; numbering starts over.
  void setPage(std::string_view pageId);

  // identity: Identity::fragment(), or "" for an event without ids. members: `"name":value,…` of this kind, may be "".
  Event write(EventKind kind, TimeMs wallMs, std::string_view identity, std::string_view members);

 private:
  Random& random_;
  std::string pageFragment_;
  int sequence_ = 0;
};

// The event's text without visitor, session and user id.
std::string withoutIds(std::string_view text);

// Reads back what is needed of a stored event; false if the text is no event of ours.
bool readEvent(std::string_view text, Event& event);

}  // namespace vitrine
