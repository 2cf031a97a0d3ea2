#include "delivery/outbox.h"

#include <catch2/catch_test_macros.hpp>
#include <set>

#include "base/json.h"
#include "simulation/effect_text.h"

using namespace vitrine;
using vitrine::test::drained;
using vitrine::test::Effect;
using vitrine::test::named;

namespace {

constexpr TimeMs kNowMs = 1700000000000;

std::string text(std::string_view id, EventKind kind = EventKind::kClick, TimeMs atMs = kNowMs,
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

Event event(std::string_view id, EventKind kind = EventKind::kClick, TimeMs atMs = kNowMs, std::size_t padding = 0) {
  Event out;
  REQUIRE(readEvent(text(id, kind, atMs, padding), out));
  return out;
}

struct Harness {
  explicit Harness(LaneOfKind ofKinds = {}) : lanes(ofKinds) {}

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
}  // namespace

TEST_CASE("Events are taken in the order in which they were added, and count until they are delivered") {
  Harness q;
  for (const char* id : {"a", "b", "c"}) q.outbox.add(event(id));
  CHECK(q.outbox.size() == 3);
  CHECK(q.take(2) == Ids{"a", "b"});
  CHECK(q.outbox.size() == 3);
  CHECK(q.outbox.waiting(0) == 1);
  CHECK(q.take() == Ids{"c"});
  CHECK(q.outbox.remove(1) == 2);
  CHECK(q.outbox.size() == 1);
  CHECK(q.outbox.bytes() == text("c").size() + 1);
  CHECK(q.outbox.remove(2) == 1);
  CHECK(q.outbox.bytes() == 0);
  CHECK(q.outbox.oldestAtMs() == kNever);
}

TEST_CASE("The events of a failed request wait again at their old place") {
  Harness q;
  for (const char* id : {"a", "b", "c"}) q.outbox.add(event(id));
  q.take(2);
  q.outbox.release(1);
  CHECK(q.take() == Ids{"a", "b", "c"});
}

TEST_CASE("A batch is bounded by bytes, but holds at least one event") {
  Harness q;
  for (const char* id : {"a", "b", "c"}) q.outbox.add(event(id, EventKind::kClick, kNowMs, 1000));
  const std::size_t one = text("a", EventKind::kClick, kNowMs, 1000).size() + 1;
  CHECK(q.take(100, 2 * one) == Ids{"a", "b"});
  CHECK(q.take(100, 1) == Ids{"c"});
}

TEST_CASE("A segment in flight is not written again for new events, so its delivery removes whole segments") {
  Harness q;
  q.outbox.add(event("a"));
  q.saved();
  q.take();
  q.outbox.add(event("b"));
  CHECK(q.saved() == std::vector<Effect>{{"save", "vitrine:1:j:aaa:1", text("b")}});
  q.outbox.remove(1);
  CHECK(q.saved() == std::vector<Effect>{{"forget", "vitrine:1:j:aaa:0"}});
}

TEST_CASE("A queue that is too long drops views first and purchases last, the oldest of a kind first") {
  Harness q;
  q.options.maxQueueSize = 10;
  int n = 0;
  for (const EventKind kind : {EventKind::kPurchase, EventKind::kView, EventKind::kAddToCart, EventKind::kClick,
                               EventKind::kView, EventKind::kItemsServed, EventKind::kRemoveFromCart,
                               EventKind::kCustom, EventKind::kViewItem, EventKind::kSearch})
    q.outbox.add(event("e" + std::to_string(n++), kind));
  // Dropped in this order: older view, other view, viewItem, itemsServed, search, click, custom, removeFromCart,
  // addToCart, then the oldest of the purchases.
  for (const char* gone : {"e1", "e4", "e8", "e5", "e9", "e3", "e7", "e6", "e2", "e0"}) {
    REQUIRE(q.outbox.add(event("p" + std::to_string(n++), EventKind::kPurchase)) == 1);
    const auto ids = q.waiting();
    CHECK(std::find(ids.begin(), ids.end(), gone) == ids.end());
  }
  CHECK(q.outbox.size() == 10);
  CHECK(q.dropped(DropReason::kQueueFull) == 10);
}

TEST_CASE("A queue is bounded by bytes as well") {
  Harness q;
  q.options.maxQueueBytes = 5000;
  for (int i = 0; i < 20; ++i) q.outbox.add(event("e" + std::to_string(i), EventKind::kView, kNowMs, 1000));
  CHECK(q.outbox.bytes() <= 5000);
  CHECK(q.outbox.size() == 4);
  CHECK(q.dropped(DropReason::kQueueFull) == 16);
  CHECK(q.take()[0] == "e16");
}

TEST_CASE("A long queue drops a whole segment at once, so that not every event rewrites one") {
  Harness q;
  q.options.maxQueueSize = 1000;
  for (int i = 0; i < 1000; ++i) CHECK(q.outbox.add(event("e" + std::to_string(i), EventKind::kView)) == 0);
  CHECK(q.outbox.add(event("one more", EventKind::kView)) == 8);
  CHECK(q.outbox.size() == 993);
  for (int i = 0; i < 7; ++i) CHECK(q.outbox.add(event("f" + std::to_string(i), EventKind::kView)) == 0);
  CHECK(q.outbox.add(event("and one", EventKind::kView)) == 8);
}

TEST_CASE("Events in flight are never dropped to make room") {
  Harness q;
  q.options.maxQueueSize = 2;
  q.outbox.add(event("a", EventKind::kView));
  q.outbox.add(event("b", EventKind::kView));
  q.take();
  q.outbox.add(event("c", EventKind::kPurchase));
  CHECK(q.outbox.size() == 2);
  CHECK(q.outbox.remove(1) == 2);
  CHECK(q.dropped(DropReason::kQueueFull) == 1);
}

TEST_CASE("Events of an adopted journal leave before younger ones, and its lock is released when it is empty") {
  Harness q;
  q.outbox.add(event("z"));
  q.adopt("bbb", {text("x", EventKind::kClick, kNowMs - 5000), text("y", EventKind::kClick, kNowMs + 5000)});
  CHECK(q.outbox.owns("bbb"));
  CHECK(q.outbox.size() == 3);
  CHECK(q.take() == Ids{"x", "y", "z"});
  q.saved();
  q.outbox.remove(1);
  const auto effects = q.saved();
  CHECK(named("forget", effects).size() == 2);
  CHECK(named("unmirror", effects) == std::vector<Effect>{{"unmirror", "vitrine:1:j:bbb:0"}});
  CHECK(effects.size() == 4);
  CHECK(named("release", effects) == std::vector<Effect>{{"release", "bbb"}});
  CHECK_FALSE(q.outbox.owns("bbb"));
}

TEST_CASE("An empty adopted journal is released at once") {
  for (const char* segments : {"{}", "[]", "oops", "", R"({"0":7,"x":"y","01":"z","-1":"q"})"}) {
    Harness q;
    q.outbox.adopt("bbb", segments);
    CHECK(q.outbox.size() == 0);
    CHECK(named("release", q.saved()) == std::vector<Effect>{{"release", "bbb"}});
  }
}

TEST_CASE("Unreadable lines of an adopted journal are counted, and the other events are sent") {
  Harness q;
  q.adopt("bbb", {"rubbish", text("x"), "{\"more\":", text("y")});
  CHECK(q.dropped(DropReason::kUnreadable) == 2);
  CHECK(q.take() == Ids{"x", "y"});
}

TEST_CASE("Adopting the same journal twice queues no event twice") {
  Harness q;
  q.adopt("bbb", {text("x")});
  q.adopt("bbb", {text("x")});
  CHECK(q.outbox.size() == 1);
}

TEST_CASE("Adopting a journal that is too large for the queue returns how many events were dropped") {
  Harness q;
  q.options.maxQueueSize = 2;
  q.outbox.add(event("v", EventKind::kView));
  Text segments;
  JsonObject(segments).add("0", text("x", EventKind::kPurchase) + "\n" + text("y", EventKind::kPurchase)).close();
  CHECK(q.outbox.adopt("bbb", segments) == 1);
  CHECK(q.waiting() == Ids{"x", "y"});
}

TEST_CASE("dropAll() drops events in flight too, and their late reply has no effect") {
  Harness q;
  for (const char* id : {"a", "b", "c"}) q.outbox.add(event(id));
  q.saved();
  q.take(2);
  CHECK(q.outbox.dropAll(DropReason::kConsent) == 3);
  CHECK(q.outbox.size() == 0);
  CHECK(q.dropped(DropReason::kConsent) == 3);
  CHECK(q.outbox.remove(1) == 0);
  q.outbox.add(event("d"));
  q.outbox.release(1);
  CHECK(q.outbox.waiting(0) == 1);
  CHECK(q.take() == Ids{"d"});
}

TEST_CASE("stripIds() makes every queued event anonymous, in flight or not, and drops identify events") {
  Harness q;
  for (const char* id : {"a", "b", "c"}) q.outbox.add(event(id));
  q.outbox.add(event("who", EventKind::kIdentify));
  q.take(2);
  CHECK(q.outbox.stripIds() == 1);
  CHECK(q.dropped(DropReason::kConsent) == 1);
  q.outbox.release(1);
  const auto texts = q.outbox.take(9, 0, {100, 100000});
  CHECK(texts.size() == 3);
  std::size_t bytes = 0;
  for (const auto taken : texts) {
    CHECK(taken.find("v_a") == std::string_view::npos);
    bytes += taken.size() + 1;
  }
  CHECK(q.outbox.bytes() == bytes);
}

TEST_CASE("withdraw() releases adopted journals and keeps their events in memory") {
  Harness q;
  q.outbox.add(event("a"));
  q.adopt("bbb", {text("x", EventKind::kClick, kNowMs - 1)});
  q.saved();
  q.outbox.withdraw(q.effects);
  const auto effects = drained(q.effects);
  CHECK(named("forget", effects).size() == 2);
  CHECK(named("release", effects) == std::vector<Effect>{{"release", "bbb"}});
  CHECK(q.outbox.size() == 2);
  CHECK(q.take() == Ids{"a", "x"});
  CHECK(q.outbox.remove(1) == 2);
  CHECK(q.outbox.bytes() == 0);
}

TEST_CASE("Segments that storage does not list are written again") {
  Harness q;
  for (int i = 0; i < 10; ++i) q.outbox.add(event("e" + std::to_string(i)));
  q.saved();
  q.outbox.markMissing({"aaa:1", "foreign:0"});
  const auto effects = q.saved();
  REQUIRE(effects.size() == 1);
  CHECK(effects[0]["key"] == "vitrine:1:j:aaa:0");
}

TEST_CASE("park() releases every lock and empties the queue") {
  Harness q;
  q.outbox.add(event("a"));
  q.adopt("bbb", {text("x")});
  q.saved();
  q.take(1);
  q.outbox.park("aaa2", q.effects);
  CHECK(drained(q.effects) == std::vector<Effect>{{"release", "bbb"}, {"release", "aaa"}});
  CHECK(q.outbox.size() == 0);
  CHECK(q.outbox.bytes() == 0);
  CHECK(q.outbox.ownId() == "aaa2");
  CHECK(q.saved().empty());
  CHECK(q.take().empty());
}

TEST_CASE("reclaim() queues only the parked events that storage does not hold") {
  Harness q;
  for (int i = 0; i < 10; ++i) q.outbox.add(event("e" + std::to_string(i)));
  q.saved();
  q.outbox.park("aaa2", q.effects);
  q.outbox.markUnsaved("vitrine:1:j:aaa:1");
  q.outbox.add(event("later"));
  q.outbox.reclaim();
  CHECK(q.outbox.size() == 3);
  CHECK(q.take() == Ids{"later", "e8", "e9"});
  drained(q.effects);
  for (const Effect& effect : q.saved()) CHECK(effect["key"].find("aaa2") != std::string::npos);
}

TEST_CASE("Events that were never stored survive park() and reclaim()") {
  Harness q;
  q.outbox.add(event("a"));
  q.take();
  q.outbox.park("aaa2", q.effects);
  q.outbox.reclaim();
  CHECK(q.take() == Ids{"a"});
}

TEST_CASE("The counts stay true through any order of operations") {
  Random random("c0ffee");
  for (int round = 0; round < 60; ++round) {
    Harness q;
    q.options.maxQueueSize = 30;
    std::set<std::uint32_t> inFlight;
    for (int step = 0; step < 200; ++step) {
      const auto kind = static_cast<EventKind>(random.next() % kEventKinds);
      switch (random.next() % 8) {
        case 0:
        case 1:
        case 2:
          q.outbox.add(event("e" + std::to_string(step), kind, kNowMs + step, random.next() % 500));
          break;
        case 3:
          if (!q.take(1 + random.next() % 7).empty()) inFlight.insert(q.request);
          break;
        case 4:
        case 5:
        case 6:
          if (!inFlight.empty()) {
            const std::uint32_t request = *inFlight.begin();
            inFlight.erase(request);
            if (random.next() % 2)
              q.outbox.remove(request);
            else
              q.outbox.release(request);
          }
          break;
        default:
          q.adopt("bbb" + std::to_string(random.next() % 3), {text("x" + std::to_string(step), kind), "?"});
          q.saved();
      }
      REQUIRE(q.outbox.size() <= 30);
    }
    for (const std::uint32_t request : inFlight) q.outbox.release(request);
    CHECK(q.outbox.waiting(0) == q.outbox.size());
    const std::size_t bytes = q.outbox.bytes();
    std::size_t taken = 0;
    for (const auto one : q.outbox.take(999, 0, {1000, 1u << 20})) taken += one.size() + 1;
    CHECK(taken == bytes);
    CHECK(q.outbox.waiting(0) == 0);
    q.outbox.remove(999);
    CHECK(q.outbox.size() == 0);
    CHECK(q.outbox.bytes() == 0);
  }
}

namespace {
// Purchases go to lane 1, clicks to lane 2.
LaneOfKind threeLanes() {
  LaneOfKind lanes;
  lanes.of[static_cast<int>(EventKind::kPurchase)] = 1;
  lanes.of[static_cast<int>(EventKind::kClick)] = 2;
  return lanes;
}
}  // namespace

TEST_CASE("A batch holds events of one lane, in order, and passes over those of other lanes") {
  Harness q(threeLanes());
  for (const char* id : {"a", "b", "c"}) q.outbox.add(event(id));
  q.outbox.add(event("p", EventKind::kPurchase));
  q.outbox.add(event("d"));
  q.outbox.add(event("v", EventKind::kView));
  CHECK(q.outbox.waiting(0) == 1);
  CHECK(q.outbox.waiting(2) == 4);
  CHECK(q.outbox.oldest(1) == text("p", EventKind::kPurchase));
  CHECK(q.outbox.waitingBytes(1) == text("p", EventKind::kPurchase).size() + 1);
  CHECK(q.take(2, 100000, 2) == Ids{"a", "b"});
  CHECK(q.takeOf(2) == Ids{"c", "d"});
  CHECK(q.takeOf(1) == Ids{"p"});
  CHECK(q.takeOf(0) == Ids{"v"});
  for (const int lane : {0, 1, 2}) CHECK(q.outbox.waitingBytes(lane) == 0);
}

TEST_CASE("An event that is behind has its turn when the others of its lane have been taken") {
  Harness q;
  for (const char* id : {"a", "b"}) q.outbox.add(event(id));
  REQUIRE(q.take(1) == Ids{"a"});
  q.outbox.release(1, Waits::kBehind);
  q.outbox.add(event("c"));
  CHECK(q.take() == Ids{"b", "c"});
  CHECK(q.take() == Ids{"a"});
}

TEST_CASE("Events that the service does not take after all wait for the shop's own collector") {
  Harness q(threeLanes());
  q.outbox.add(event("a"));
  REQUIRE(q.takeOf(2) == Ids{"a"});
  q.outbox.release(1, Waits::kInOwnLane);
  CHECK(q.outbox.waiting(2) == 0);
  CHECK(q.takeOf(0) == Ids{"a"});
}

TEST_CASE("No event is in the queue twice, whichever journals hold it") {
  Harness q;
  q.outbox.add(event("a"));
  q.outbox.add(event("b"));
  const std::string changed = text("a", EventKind::kClick, kNowMs, 30);  // the same event, with another visitor
  SECTION("an adopted journal holds an event of the own one") {
    q.adopt("bbb", {text("0"), changed, text("c")});
    CHECK(q.outbox.size() == 4);
    CHECK(q.take() == Ids{"0", "c", "a", "b"});
  }
  SECTION("it holds nothing else, so it is released") {
    q.saved();
    q.adopt("bbb", {changed});
    const auto effects = q.saved();
    CHECK(named("forget", effects) == std::vector<Effect>{{"forget", "vitrine:1:j:bbb:0"}});
    CHECK(named("release", effects).size() == 1);
    CHECK(q.outbox.size() == 2);
  }
  SECTION("it holds an event that is in flight") {
    q.take(1);
    q.adopt("bbb", {changed});
    q.outbox.release(1);
    CHECK(q.take() == Ids{"a", "b"});
  }
  SECTION("it holds one event twice, as storage and mirror do after a change of the visitor") {
    q.adopt("bbb", {text("c"), text("c", EventKind::kClick, kNowMs, 30)});
    CHECK(q.outbox.size() == 3);
  }
  std::size_t bytes = q.outbox.bytes();
  q.outbox.dropAll(DropReason::kConsent);
  CHECK(bytes > 0);
  CHECK(q.outbox.bytes() == 0);
  CHECK(q.outbox.waitingBytes(0) == 0);
  CHECK(q.dropped(DropReason::kUnreadable) == 0);
}

TEST_CASE("A page that lost its journal queues the events again that storage never took, and no others") {
  Harness q;
  q.outbox.add(event("e1"));
  q.saved();
  SECTION("storage refused the last write") {
    q.outbox.add(event("e2"));
    q.saved();
    q.outbox.markUnsaved("vitrine:1:j:aaa:0");
    q.outbox.park("aaa2", q.effects);
    q.outbox.reclaim();
    CHECK(q.take() == Ids{"e2"});
  }
  SECTION("storage refused two writes of one drain") {
    q.outbox.add(event("e2"));
    q.outbox.save(q.effects);
    q.outbox.add(event("e3"));
    q.saved();
    for (int i = 0; i < 2; ++i) q.outbox.markUnsaved("vitrine:1:j:aaa:0");
    q.outbox.park("aaa2", q.effects);
    q.outbox.reclaim();
    CHECK(q.take() == Ids{"e2", "e3"});
  }
  SECTION("storage was cleared before") {
    q.outbox.markMissing({});
    q.outbox.park("aaa2", q.effects);
    q.outbox.reclaim();
    CHECK(q.take() == Ids{"e1"});
  }
}
