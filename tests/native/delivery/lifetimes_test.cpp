#include "delivery/lifetimes.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

using namespace vitrine;

namespace {

constexpr TimeMs kNowMs = 1700000000000;

Event event(EventKind kind, TimeMs atMs = kNowMs) { return {{}, atMs, kind}; }

struct Page {
  DeliveryOptions options;
  Lifetimes lifetimes{options};
  TimeMs wallMs = kNowMs;

  Page() { lifetimes.tick(wallMs); }
  void jump(double ms) { lifetimes.tick(wallMs += ms); }
  void wait(double ms) {
    for (double left = ms; left > 0; left -= kHourMs) jump(std::min(left, kHourMs));
  }
  bool isOver(TimeMs endMs) const { return endMs < lifetimes.nowMs(); }
};

}  // namespace

TEST_CASE("An event lives for maxAge, a purchase eight times as long") {
  Page page;
  const TimeMs click = page.lifetimes.endOfNew(event(EventKind::kClick));
  const TimeMs order = page.lifetimes.endOfNew(event(EventKind::kPurchase));
  page.wait(7 * kDayMs);
  CHECK_FALSE(page.isOver(click));
  page.wait(1);
  CHECK(page.isOver(click));
  page.wait(49 * kDayMs - 1);
  CHECK_FALSE(page.isOver(order));
  page.wait(1);
  CHECK(page.isOver(order));
}

TEST_CASE("A clock that jumps, forward or back and back again, ends no event of a page that saw the step") {
  for (const double jumpMs : {30 * kDayMs, -30 * kDayMs, 20000 * kDayMs, -10000 * kDayMs}) {
    CAPTURE(jumpMs);
    Page page;
    const TimeMs before = page.lifetimes.endOfNew(event(EventKind::kClick));
    const TimeMs adopted = page.lifetimes.endOfAdopted(event(EventKind::kClick, page.wallMs - kHourMs));
    page.jump(jumpMs);
    const TimeMs after = page.lifetimes.endOfNew(event(EventKind::kClick, page.wallMs));
    const TimeMs neighbour = page.lifetimes.endOfAdopted(event(EventKind::kClick, page.wallMs));
    const TimeMs older = page.lifetimes.endOfAdopted(event(EventKind::kClick, kNowMs - kHourMs));
    page.wait(6 * kHourMs);
    page.jump(-jumpMs);
    for (const TimeMs endMs : {before, adopted, after, neighbour, older}) CHECK_FALSE(page.isOver(endMs));
  }
}

TEST_CASE("An event of an ended page is as old as the clock says, unless that clock was plainly wrong") {
  constexpr TimeMs kYear2000Ms = 946684800000;
  const Page page;
  const auto isOver = [&](EventKind kind, TimeMs atMs) {
    return page.isOver(page.lifetimes.endOfAdopted(event(kind, atMs)));
  };
  CHECK(isOver(EventKind::kClick, kNowMs - 8 * kDayMs));
  CHECK_FALSE(isOver(EventKind::kClick, kNowMs - 6 * kDayMs));
  CHECK_FALSE(isOver(EventKind::kPurchase, kNowMs - 30 * kDayMs));
  CHECK(isOver(EventKind::kPurchase, kNowMs - 57 * kDayMs));
  CHECK_FALSE(isOver(EventKind::kClick, kYear2000Ms));
  CHECK_FALSE(isOver(EventKind::kClick, kNowMs + 90 * kDayMs));
}
