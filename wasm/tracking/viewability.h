// When an item counts as viewed: so much of it visible, in a visible page, for so long. Numbers only.
//
// The rule is MRC's for display (half of the pixels for one continuous second after render; 30 % of a unit of
// 242,500 px² or more; the clock starts when the pixels are there), https://mediaratingcouncil.org/standards. An item
// that cannot be seen whole because it is longer or wider than the viewport is judged against the most of it that can.
//
// Times are the page's own clock, which never jumps (performance.now()), so what the shopper does to the wall clock
// does not count. An item is judged by the times at which it was reported to come and go: a look that comes late
// neither counts what has left in time nor misses what has stayed.
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.h"

namespace vitrine {

// Shares of pixels in [0, 1].
struct ViewRule {
  double ratio = 0.5;
  double dwellMs = kSecondMs;
  double largeAreaPx = 242'500;  // px²: 970 x 250
  double largeRatio = 0.3;
  bool isCumulative = false;  // leaving stops the clock instead of setting it back

  bool isMrc() const;
};

// An item that has just counted as viewed.
struct Viewed {
  int watch = 0;
  double ratio = 0;  // visible share when it was last reported, of what was judged against
  double visibleMs = 0;
  bool isLarge = false;     // judged by largeRatio
  bool isOversize = false;  // judged against the viewport
};

class Viewability {
 public:
  explicit Viewability(const ViewRule& rule) : rule_(rule) {}

  // Watches an item, out of view to begin with, and answers its number. `key` says which item it is: of those with the
  // same key one counts, once per page view.
  int watch(std::uint64_t key);
  // The number may be given to another item from here on. Unknown numbers are ignored, here and below.
  void unwatch(int watch);
  // It will not count any more: it belongs to an earlier page view.
  void mute(int watch);

  // So much of the item is visible since atMs. areaPx: the whole item; mostPx: the most of it that the viewport can
  // show at once. An area of zero is never in view.
  void report(int watch, double visiblePx, double areaPx, double mostPx, TimeMs atMs);
  // It is pageMs now, and all that has changed until now was reported.
  void look(TimeMs pageMs);

  // A page that is hidden, frozen or cached shows nothing: the clocks stop. Shown again, they start with the next look.
  // False if that is no news.
  bool setVisible(bool isVisible);
  // Another page view: what is in view may count again, from the next look on.
  void newPage();

  // The next look has something to tell, or to set going.
  bool isAwaited() const { return isStanding_ || !viewed_.empty(); }
  // What counted since the last call.
  std::vector<Viewed> take();

  // Milliseconds from the last report or look until the next look is due; kNever if no clock runs.
  double dueInMs() const;

 private:
  struct Item {
    std::uint64_t key = 0;
    TimeMs changedMs = 0;  // of the last report
    TimeMs sinceMs = 0;    // its clock runs since
    double beforeMs = 0;   // cumulative: what earlier stretches add up to
    double ratio = 0;
    int place = -1;  // in running_; -1: its clock stands
    bool isUsed = false;
    bool isInView = false;
    bool isOver = false;  // it has counted, or never will
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
  std::vector<Item> items_;
  std::vector<int> free_;
  std::vector<int> running_;
  std::vector<std::uint64_t> counted_;  // keys, ascending
  std::vector<Viewed> viewed_;
  TimeMs nowMs_ = 0;
  TimeMs dueMs_ = kNever;  // never later than the first running clock is full
  bool isVisible_ = true;
  bool isStanding_ = false;  // clocks of what is in view wait for the next look
};

}  // namespace vitrine
