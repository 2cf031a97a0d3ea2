// Lanes of the outbox, and events that two journals hold.
#include <set>

#include "native/delivery/outbox_harness.h"

using namespace vitrine;
using namespace vitrine::test;

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
  OutboxHarness q(threeLanes());
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
  OutboxHarness q;
  for (const char* id : {"a", "b"}) q.outbox.add(event(id));
  REQUIRE(q.take(1) == Ids{"a"});
  q.outbox.release(1, Waits::kBehind);
  q.outbox.add(event("c"));
  CHECK(q.take() == Ids{"b", "c"});
  CHECK(q.take() == Ids{"a"});
}

TEST_CASE("Events that the service does not take after all wait for the shop's own collector") {
  OutboxHarness q(threeLanes());
  q.outbox.add(event("a"));
  REQUIRE(q.takeOf(2) == Ids{"a"});
  q.outbox.release(1, Waits::kInOwnLane);
  CHECK(q.outbox.waiting(2) == 0);
  CHECK(q.takeOf(0) == Ids{"a"});
}

TEST_CASE("No event is in the queue twice, whichever journals hold it") {
  OutboxHarness q;
  q.outbox.add(event("a"));
  q.outbox.add(event("b"));
  const std::string changed = text("a", EventKind::kClick, kNowMs, 30);  // the same event, with another visitor
  SECTION("an adopted journal holds an event of the own one") {
    q.adopt("bbb", {text("0"), changed, text("c")});
    CHECK(q.outbox.size() == 4);
    CHECK(q.take() == Ids{"0", "a", "b", "c"});
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
  OutboxHarness q;
  q.outbox.add(event("e1"));
  q.saved();
  SECTION("storage refused the last write") {
    q.outbox.add(event("e2"));
    q.saved();
    q.outbox.markUnsaved("vitrine:1:j:aaa:0");
    q.outbox.park("aaa2", q.effects);
    requeueUnkept(q.outbox);
    CHECK(q.take() == Ids{"e2"});
  }
  SECTION("storage refused two writes of one drain") {
    q.outbox.add(event("e2"));
    q.outbox.save(q.effects);
    q.outbox.add(event("e3"));
    q.saved();
    for (int i = 0; i < 2; ++i) q.outbox.markUnsaved("vitrine:1:j:aaa:0");
    q.outbox.park("aaa2", q.effects);
    requeueUnkept(q.outbox);
    CHECK(q.take() == Ids{"e2", "e3"});
  }
  SECTION("storage was cleared before") {
    q.outbox.markMissing({});
    q.outbox.park("aaa2", q.effects);
    requeueUnkept(q.outbox);
    CHECK(q.take() == Ids{"e1"});
  }
}
