#include "tracking/viewability.h"

#include <catch2/catch_test_macros.hpp>
#include <limits>

using namespace vitrine;

namespace {

constexpr double kAreaPx = 200 * 300;
constexpr double kWindowPx = 1000 * 800;

// A page whose clock stands where the last call set it.
struct Page {
  explicit Page(const ViewRule& rule = {}) : viewability(rule) {}

  int watch(std::uint64_t key = 1) { return viewability.watch(key); }
  // Reports the visible share of the item since then. An item larger than the viewport shows at most the viewport.
  void show(int item, double share, TimeMs atMs, double areaPx = kAreaPx) {
    viewability.report(item, share * areaPx, areaPx, std::min(areaPx, kWindowPx), atMs);
  }
  // Returns how many items count as viewed by then.
  std::size_t at(TimeMs pageMs) {
    viewability.look(pageMs);
    found = viewability.take();
    return found.size();
  }
  void hide() { viewability.setVisible(false); }
  void unhide() { viewability.setVisible(true); }

  Viewability viewability;
  List<Viewed> found;
};

}  // namespace

TEST_CASE("Half of an item for a second is a view, counted once") {
  Page page;
  const int item = page.watch();
  page.show(item, 0.5, 10'000);
  CHECK(page.at(10'999) == 0);
  REQUIRE(page.at(11'000) == 1);
  CHECK(page.found[0].watch == item);
  CHECK(page.found[0].ratio == 0.5);
  CHECK(page.found[0].visibleMs == 1000);
  CHECK_FALSE(page.found[0].isLarge);
  CHECK_FALSE(page.found[0].isOversize);
  page.show(item, 0, 11'100);
  page.show(item, 1, 11'200);
  CHECK(page.at(60'000) == 0);
}

TEST_CASE("49.9 % is no view however long, 50.0 % is one, and so is a share that the browser rounds to just below it") {
  for (const auto& [share, views] : {std::pair{0.499, 0u}, {0.4999, 1u}, {0.5, 1u}}) {
    Page page;
    page.show(page.watch(), share, 0);
    page.at(900);
    CAPTURE(share);
    CHECK(page.at(1000) == views);
    CHECK(page.at(4000) == 0);
  }
}

TEST_CASE("The clock starts when the item has pixels, not when it is watched") {
  Page page;
  const int item = page.watch();
  page.show(item, 0.2, 0);
  page.show(item, 0.49, 500);
  page.show(item, 0.6, 900);
  page.show(item, 1, 1200);
  CHECK(page.at(1899) == 0);
  REQUIRE(page.at(1900) == 1);
  CHECK(page.found[0].ratio == 1);
}

TEST_CASE("When the item leaves, its clock starts over") {
  Page page;
  const int item = page.watch();
  for (int i = 0; i < 5; ++i) {
    page.show(item, 1, i * 1100);
    page.show(item, 0.4, i * 1100 + 999);
    CHECK(page.at(i * 1100 + 1050) == 0);
  }
  page.show(item, 1, 9000);
  CHECK(page.at(9999) == 0);
  CHECK(page.at(10'000) == 1);
}

TEST_CASE("A late look judges an item by the times at which it came and went") {
  Page page;
  const int left = page.watch(1), stayed = page.watch(2), there = page.watch(3);
  for (const int item : {left, stayed, there}) page.show(item, 1, 0);
  // Nothing is reported until 1300, then everything.
  page.show(left, 0, 999);
  page.show(stayed, 0, 1100);
  REQUIRE(page.at(1300) == 2);
  CHECK(page.found[0].watch == stayed);
  CHECK(page.found[0].visibleMs == 1100);
  CHECK(page.found[1].watch == there);
  CHECK(page.found[1].visibleMs == 1300);
}

TEST_CASE("An item that left and came back between two looks starts over") {
  Page page;
  const int item = page.watch();
  page.show(item, 1, 0);
  page.show(item, 0, 900);
  page.show(item, 1, 950);
  CHECK(page.at(1300) == 0);
  CHECK(page.at(1949) == 0);
  CHECK(page.at(1950) == 1);
}

TEST_CASE("A page hidden at 999 ms has shown nothing; when it is shown again, the clock starts with the next look") {
  Page page;
  const int item = page.watch();
  page.show(item, 1, 0);
  CHECK(page.at(999) == 0);
  page.hide();
  CHECK(page.viewability.dueInMs() == kNever);
  CHECK(page.at(60'000) == 0);
  page.unhide();
  CHECK(page.viewability.dueInMs() == kNever);
  CHECK(page.at(70'000) == 0);
  CHECK(page.at(70'999) == 0);
  CHECK(page.at(71'000) == 1);
  CHECK(page.found[0].visibleMs == 1000);
}

TEST_CASE("A page hidden after one second has shown the item") {
  Page page;
  page.show(page.watch(), 1, 0);
  CHECK(page.at(1000) == 1);
  page.hide();
  CHECK(page.at(5000) == 0);
}

TEST_CASE("Items that come or go while the page is hidden are known when it is shown") {
  Page page;
  const int came = page.watch(1), went = page.watch(2);
  page.show(went, 1, 0);
  page.hide();
  page.show(went, 0, 500);
  page.show(came, 1, 500);
  CHECK(page.at(9000) == 0);
  page.unhide();
  page.at(10'000);
  REQUIRE(page.at(11'000) == 1);
  CHECK(page.found[0].watch == came);
}

TEST_CASE("While the computer sleeps, no item is viewed") {
  Page page;
  const int item = page.watch();
  page.show(item, 1, 0);
  CHECK(page.at(200) == 0);
  CHECK(page.at(3'600'000) == 0);
  CHECK(page.at(3'600'999) == 0);
  CHECK(page.at(3'601'000) == 1);
}

TEST_CASE("A page that was busy for seconds was still visible") {
  Page page;
  page.show(page.watch(), 1, 0);
  CHECK(page.at(5900) == 1);
}

TEST_CASE("A clock that goes back stands still until it has caught up") {
  Page page;
  const int item = page.watch();
  page.show(item, 1, 10'000);
  CHECK(page.at(10'500) == 0);
  CHECK(page.at(2000) == 0);
  page.show(item, 0.9, 2100);
  CHECK(page.at(10'999) == 0);
  CHECK(page.at(11'000) == 1);
  page.show(page.watch(2), 1, std::numeric_limits<double>::quiet_NaN());
  CHECK(page.at(std::numeric_limits<double>::infinity()) == 0);
  CHECK(page.at(12'000) == 1);
}

TEST_CASE("30 % of a large item is enough, and the view says that it is large") {
  Page page;
  const int large = page.watch(1), small = page.watch(2), edge = page.watch(3);
  page.show(large, 0.3, 0, 242'500);
  page.show(edge, 0.299, 0, 242'500);
  page.show(small, 0.3, 0, 242'499);
  REQUIRE(page.at(1000) == 1);
  CHECK(page.found[0].watch == large);
  CHECK(page.found[0].isLarge);
}

TEST_CASE("An item larger than the viewport is judged against the viewport, and the view says so") {
  Page page;
  const int tall = page.watch(1), less = page.watch(2);
  const double areaPx = 1000 * 8000;  // ten viewports: no more than 10 % of it can be seen
  page.show(tall, 0.03, 0, areaPx);
  page.show(less, 0.0299, 0, areaPx);
  REQUIRE(page.at(1000) == 1);
  CHECK(page.found[0].watch == tall);
  CHECK(page.found[0].isOversize);
  CHECK(page.found[0].isLarge);
  CHECK(page.found[0].ratio == 0.3);
}

TEST_CASE("A narrow item wider than the viewport is judged against the part that fits") {
  Page page;
  const int band = page.watch();
  page.viewability.report(band, 600 * 20, 3000 * 20, 1000 * 20, 0);
  REQUIRE(page.at(1000) == 1);
  CHECK(page.found[0].ratio == 0.6);
  CHECK(page.found[0].isOversize);
  CHECK_FALSE(page.found[0].isLarge);
}

TEST_CASE("An item without an area is never in view") {
  Page page;
  page.viewability.report(page.watch(1), 0, 0, 0, 0);
  page.viewability.report(page.watch(2), 100, 0, kWindowPx, 0);
  page.viewability.report(page.watch(3), 0, kAreaPx, kAreaPx, 0);
  page.viewability.report(page.watch(4), std::numeric_limits<double>::quiet_NaN(), kAreaPx, kAreaPx, 0);
  page.viewability.report(page.watch(5), -5, -5, -5, 0);
  CHECK(page.viewability.dueInMs() == kNever);
  CHECK(page.at(4000) == 0);
}

TEST_CASE("With a cumulative rule, stretches that add up to a second count, over leaving and hiding") {
  Page page({.isCumulative = true});
  const int item = page.watch();
  page.show(item, 1, 0);
  page.show(item, 0, 400);
  CHECK(page.at(3000) == 0);
  page.show(item, 1, 3000);
  CHECK(page.at(3400) == 0);
  page.hide();
  CHECK(page.at(20'000) == 0);
  page.unhide();
  CHECK(page.at(30'000) == 0);
  CHECK(page.at(30'199) == 0);
  REQUIRE(page.at(30'200) == 1);
  CHECK(page.found[0].visibleMs == 1000);
}

TEST_CASE("The shop may set another rule, and MRC's rule has a name") {
  CHECK(ViewRule().isMrc());
  const ViewRule rule{.ratio = 0.6, .dwellMs = 500, .largeAreaPx = 1e6, .largeRatio = 0.1};
  CHECK_FALSE(rule.isMrc());
  CHECK_FALSE(ViewRule{.isCumulative = true}.isMrc());
  Page page(rule);
  const int item = page.watch(1), less = page.watch(2);
  page.show(item, 0.6, 0);
  page.show(less, 0.5, 0);
  CHECK(page.at(499) == 0);
  CHECK(page.at(500) == 1);
  CHECK(page.at(2000) == 0);
  Page at_once({.dwellMs = 0});
  at_once.show(at_once.watch(), 0.5, 0);
  CHECK(at_once.at(0) == 1);
}

TEST_CASE("An item counts once per page view, whichever element shows it, and again in the next one") {
  Page page;
  const int first = page.watch(7), copy = page.watch(7);
  page.show(first, 1, 0);
  page.show(copy, 1, 0);
  CHECK(page.at(1000) == 1);
  page.viewability.unwatch(first);
  page.viewability.unwatch(copy);
  const int again = page.watch(7);
  page.show(again, 1, 1500);
  CHECK(page.at(4000) == 0);
  page.viewability.newPage();
  CHECK(page.at(5000) == 0);
  CHECK(page.at(5999) == 0);
  CHECK(page.at(6000) == 1);
}

TEST_CASE("Muted items of an earlier page view do not count") {
  Page page;
  const int old = page.watch(1);
  page.show(old, 1, 0);
  page.viewability.newPage();
  page.viewability.mute(old);
  page.at(100);
  CHECK(page.at(2000) == 0);
}

TEST_CASE("An unwatched item does not count, and its number may be reused") {
  Page page;
  const int gone = page.watch(1), stays = page.watch(2);
  page.show(gone, 1, 0);
  page.show(stays, 1, 500);
  page.viewability.unwatch(gone);
  page.viewability.unwatch(gone);
  page.show(gone, 1, 600);
  CHECK(page.at(1499) == 0);
  CHECK(page.at(1500) == 1);
  const int other = page.watch(3);
  CHECK(other == gone);
  CHECK(page.at(4000) == 0);
  for (const int unknown : {-1, 99}) {
    page.show(unknown, 1, 4000);
    page.viewability.unwatch(unknown);
    page.viewability.mute(unknown);
  }
}

TEST_CASE("The next look is due when the first clock is full, and not at all while none runs") {
  Page page;
  CHECK(page.viewability.dueInMs() == kNever);
  const int first = page.watch(1), second = page.watch(2);
  page.show(first, 1, 100);
  page.show(second, 1, 400);
  CHECK(page.viewability.dueInMs() == 700);
  CHECK(page.at(1100) == 1);
  CHECK(page.viewability.dueInMs() == 300);
  page.show(second, 0, 1200);
  CHECK(page.viewability.dueInMs() == kNever);
}

TEST_CASE("Fifty items that appear together count in one look") {
  Page page;
  for (std::uint64_t i = 0; i < 50; ++i) page.show(page.watch(i), 1, 0);
  CHECK(page.at(999) == 0);
  CHECK(page.at(1000) == 50);
  CHECK(page.viewability.dueInMs() == kNever);
}
