#include "delivery/outbox.h"

#include <set>

#include "native/delivery/outbox_harness.h"

using namespace vitrine;
using namespace vitrine::test;

TEST_CASE("Events are taken in the order in which they were added, and count until they are delivered") {
  OutboxHarness q;
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
  OutboxHarness q;
  for (const char* id : {"a", "b", "c"}) q.outbox.add(event(id));
  q.take(2);
  q.outbox.release(1);
  CHECK(q.take() == Ids{"a", "b", "c"});
}

TEST_CASE("A batch is bounded by bytes, but holds at least one event") {
  OutboxHarness q;
  for (const char* id : {"a", "b", "c"}) q.outbox.add(event(id, EventKind::kClick, kNowMs, 1000));
  const std::size_t one = text("a", EventKind::kClick, kNowMs, 1000).size() + 1;
  CHECK(q.take(100, 2 * one) == Ids{"a", "b"});
  CHECK(q.take(100, 1) == Ids{"c"});
}

TEST_CASE("A segment in flight is not written again for new events, so its delivery removes whole segments") {
  OutboxHarness q;
  q.outbox.add(event("a"));
  q.saved();
  q.take();
  q.outbox.add(event("b"));
  CHECK(q.saved() == std::vector<Effect>{{"save", "vitrine:1:j:aaa:1", text("b")}});
  q.outbox.remove(1);
  CHECK(q.saved() == std::vector<Effect>{{"forget", "vitrine:1:j:aaa:0"}});
}

TEST_CASE("A queue that is too long drops views first and purchases last, the oldest of a kind first") {
  OutboxHarness q;
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
  OutboxHarness q;
  q.options.maxQueueBytes = 5000;
  for (int i = 0; i < 20; ++i) q.outbox.add(event("e" + std::to_string(i), EventKind::kView, kNowMs, 1000));
  CHECK(q.outbox.bytes() <= 5000);
  CHECK(q.outbox.size() == 4);
  CHECK(q.dropped(DropReason::kQueueFull) == 16);
  CHECK(q.take()[0] == "e16");
}

TEST_CASE("A long queue drops a whole segment at once, so that not every event rewrites one") {
  OutboxHarness q;
  q.options.maxQueueSize = 1000;
  for (int i = 0; i < 1000; ++i) CHECK(q.outbox.add(event("e" + std::to_string(i), EventKind::kView)) == 0);
  CHECK(q.outbox.add(event("one more", EventKind::kView)) == 8);
  CHECK(q.outbox.size() == 993);
  for (int i = 0; i < 7; ++i) CHECK(q.outbox.add(event("f" + std::to_string(i), EventKind::kView)) == 0);
  CHECK(q.outbox.add(event("and one", EventKind::kView)) == 8);
}

TEST_CASE("Events in flight are never dropped to make room") {
  OutboxHarness q;
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
  OutboxHarness q;
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
    OutboxHarness q;
    q.outbox.adopt("bbb", segments);
    CHECK(q.outbox.size() == 0);
    CHECK(named("release", q.saved()) == std::vector<Effect>{{"release", "bbb"}});
  }
}

TEST_CASE("Unreadable lines of an adopted journal are counted, and the other events are sent") {
  OutboxHarness q;
  q.adopt("bbb", {"rubbish", text("x"), "{\"more\":", text("y")});
  CHECK(q.dropped(DropReason::kUnreadable) == 2);
  CHECK(q.take() == Ids{"x", "y"});
}

TEST_CASE("Adopting the same journal twice queues no event twice") {
  OutboxHarness q;
  q.adopt("bbb", {text("x")});
  q.adopt("bbb", {text("x")});
  CHECK(q.outbox.size() == 1);
}

TEST_CASE("Adopting a journal that is too large for the queue returns how many events were dropped") {
  OutboxHarness q;
  q.options.maxQueueSize = 2;
  q.outbox.add(event("v", EventKind::kView));
  Text segments;
  JsonObject(segments).add("0", text("x", EventKind::kPurchase) + "\n" + text("y", EventKind::kPurchase)).close();
  CHECK(q.outbox.adopt("bbb", segments) == 1);
  CHECK(q.waiting() == Ids{"x", "y"});
}

TEST_CASE("dropAll() drops events in flight too, and their late reply has no effect") {
  OutboxHarness q;
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
  OutboxHarness q;
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
  OutboxHarness q;
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
  OutboxHarness q;
  for (int i = 0; i < 10; ++i) q.outbox.add(event("e" + std::to_string(i)));
  q.saved();
  q.outbox.markMissing({"aaa:1", "foreign:0"});
  const auto effects = q.saved();
  REQUIRE(effects.size() == 1);
  CHECK(effects[0]["key"] == "vitrine:1:j:aaa:0");
}

TEST_CASE("park() releases every lock and empties the queue") {
  OutboxHarness q;
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

TEST_CASE("Only the parked events are queued again that storage does not hold") {
  OutboxHarness q;
  for (int i = 0; i < 10; ++i) q.outbox.add(event("e" + std::to_string(i)));
  q.saved();
  q.outbox.park("aaa2", q.effects);
  q.outbox.markUnsaved("vitrine:1:j:aaa:1");
  q.outbox.add(event("later"));
  requeueUnkept(q.outbox);
  CHECK(q.outbox.size() == 3);
  CHECK(q.take() == Ids{"later", "e8", "e9"});
  drained(q.effects);
  for (const Effect& effect : q.saved()) CHECK(effect["key"].find("aaa2") != std::string::npos);
}

TEST_CASE("Events that were never stored survive park()") {
  OutboxHarness q;
  q.outbox.add(event("a"));
  q.take();
  q.outbox.park("aaa2", q.effects);
  requeueUnkept(q.outbox);
  CHECK(q.take() == Ids{"a"});
}

TEST_CASE("The counts stay true through any order of operations") {
  Random random("c0ffee");
  for (int round = 0; round < 60; ++round) {
    OutboxHarness q;
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
