// Decides when an item counts as viewed: a given share of it is visible, in a visible page, for a given time. Knows
// numbers only.
//
// The rule is MRC's for display (half of the pixels for one continuous second after render; 30 % of a unit of
// 242,500 px² or more; the clock starts when the pixels are there), https://mediaratingcouncil.org/standards. An item
// that is longer or wider than the viewport is judged against the largest part of it that fits.
//
// Times are those of the page's own clock (performance.now()), which never jumps, so a change of the wall clock has no
// effect. An item is judged by the times at which it was reported to come and go: a late look neither counts an item
// that left in time nor misses one that stayed.
#pragma once

#include <cstdint>

#include "base/list.h"
#include "base/time.h"

namespace vitrine {

// Shares of pixels in [0, 1].
struct ViewRule {
  double ratio = 0.5;
  double dwellMs = kSecondMs;
  double largeAreaPx = 242'500;  // px²: 970 x 250
  double largeRatio = 0.3;
  bool isCumulative = false;  // the clock stops when the item leaves, instead of starting over

  bool isMrc() const;
};

// An item that has just counted as viewed.
struct Viewed {
  int watch = 0;
  double ratio = 0;  // visible share at the last report, of the area it was judged against
  double visibleMs = 0;
  bool isLarge = false;     // judged by largeRatio
  bool isOversize = false;  // judged against the viewport
};

class Viewability {
 public:
  explicit Viewability(const ViewRule& rule) : rule_(rule) {}

  // Watches an item, which is out of view at first, and returns its number. `key` identifies the item: of the watches
  // with the same key only one counts, once until newPage() or forget().
  int watch(std::uint64_t key);
  // Frees the number for another item. Unknown numbers are ignored, here and below.
  void unwatch(int watch);
  // The item does not count any more, because it belongs to an earlier page view.
  void mute(int watch);

  // visiblePx of the item (px²) are visible since atMs. areaPx: the whole item; mostPx: the largest part of it that
  // the viewport can show at once. An area of zero is never in view.
  void report(int watch, double visiblePx, double areaPx, double mostPx, TimeMs atMs);
  // The time is pageMs, and every change until then was reported.
  void look(TimeMs pageMs);

  // In a page that is hidden, frozen or cached the clocks stop. When it is shown again, they start with the next look.
  // Returns false if nothing has changed.
  bool setVisible(bool isVisible);
  // Begins another page view: items in view may count again, from the next look on.
  void newPage();
  // Forgets the keys that have counted and for which `isOver` returns true.
  template <class IsOver>
  void forget(IsOver isOver) {
    counted_.eraseIf(isOver);
  }
  // Returns whether an item has this number now.
  bool isWatched(int watch) { return find(watch) != nullptr; }

  // The next look has views to report, or clocks to start.
  bool isAwaited() const { return isStanding_ || !viewed_.empty(); }
  // Returns the items that counted since the last call.
  List<Viewed> take();

  // Returns the milliseconds from the last report or look until the next look is due; kNever if no clock runs.
  double dueInMs() const;

 private:
  struct Item {
    std::uint64_t key = 0;
    TimeMs changedMs = 0;  // time of the last report
    TimeMs sinceMs = 0;    // start of its running clock
    double beforeMs = 0;   // isCumulative: the sum of earlier stretches
    double ratio = 0;
    int place = -1;  // in running_; -1 if its clock stands still
    bool isUsed = false;
    bool isInView = false;
    bool isOver = false;  // has counted, or never will
    bool isLarge = false;
    bool isOversize = false;
  };

  Item* find(int watch);
  void start(int watch, TimeMs atMs);
  void stop(Item& item, TimeMs atMs);
  void judge(int watch, TimeMs atMs);
  void restart(TimeMs atMs);
  void hear(TimeMs pageMs);
  double leftMs(const Item& item, TimeMs atMs) const { return rule_.dwellMs - item.beforeMs - (atMs - item.sinceMs); }

  const ViewRule rule_;
  List<Item> items_;
  List<int> free_;
  List<int> running_;
  List<std::uint64_t> counted_;  // keys, ascending
  List<Viewed> viewed_;
  TimeMs nowMs_ = 0;
  TimeMs dueMs_ = kNever;  // at or before the moment when the first running clock is full
  bool isVisible_ = true;
  bool isStanding_ = false;  // the clocks of the items in view start with the next look
};

}  // namespace vitrine
