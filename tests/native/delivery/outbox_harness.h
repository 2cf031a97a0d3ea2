// An outbox alone, without a sender or a page.
#pragma once

#include <catch2/catch_test_macros.hpp>

#include "base/json.h"
#include "delivery/outbox.h"
#include "simulation/effect_text.h"

namespace vitrine::test {

inline constexpr TimeMs kNowMs = 1700000000000;

inline std::string text(std::string_view id, EventKind kind = EventKind::kClick, TimeMs atMs = kNowMs,
                        std::size_t padding = 0) {
  Text out;
  JsonObject json(out);
  json.add("eventId", id)
      .add("type", kEventNames[static_cast<int>(kind)])
      .add("at", atMs)
      .add("seq", 0)
      .add("pageId", "p");
  json.add("visitorId", "v_a").add("sessionId", "s_a").addNull("userId").add("x", std::string(padding, 'x'));
  json.close();
  return out;
}

inline Event event(std::string_view id, EventKind kind = EventKind::kClick, TimeMs atMs = kNowMs,
                   std::size_t padding = 0) {
  Event out;
  REQUIRE(readEvent(text(id, kind, atMs, padding), out));
  return out;
}

inline void requeueUnkept(Outbox& outbox) {
  for (QueuedEvent& queued : outbox.takeUnkept()) outbox.requeue(std::move(queued), 0);
}

struct OutboxHarness {
  explicit OutboxHarness(LaneOfKind ofKinds = {}) : lanes(ofKinds) {}

  const LaneOfKind lanes;
  DeliveryOptions options;
  Effects effects;
  Departures departures{effects};
  Outbox outbox{options, "aaa", departures, lanes};
  std::uint32_t request = 0;

  std::vector<std::string> take(std::size_t maxEvents = 100, std::size_t maxBytes = 100000, int lane = 0) {
    std::vector<std::string> ids;
    for (const auto taken : outbox.take(++request, lane, {maxEvents, maxBytes}))
      ids.emplace_back(stringMember(parseJson(taken), "eventId"));
    return ids;
  }
  std::vector<std::string> takeOf(int lane) { return take(100, 100000, lane); }
  // The ids of all waiting events.
  std::vector<std::string> waiting() {
    auto ids = take();
    outbox.release(request);
    return ids;
  }
  std::vector<Effect> saved() {
    outbox.tidy(effects);
    outbox.save(effects);
    return drained(effects);
  }
  int dropped(DropReason reason) const { return departures.dropped(reason); }
  void adopt(std::string_view journal, std::initializer_list<std::string> events) {
    std::string lines;
    for (const std::string& line : events) lines += (lines.empty() ? "" : "\n") + line;
    Text segments;
    JsonObject(segments).add("0", lines).close();
    outbox.adopt(journal, segments);
  }
};

using Ids = std::vector<std::string>;

}  // namespace vitrine::test
