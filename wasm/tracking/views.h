// The watched items of this page, and their view events. Connects viewability.h, which knows what is visible, with the
// tracker, which knows what was served.
#pragma once

#include <string_view>

#include "base/list.h"
#include "base/text.h"
#include "tracking/tracker.h"
#include "tracking/viewability.h"

namespace vitrine {

class Views {
 public:
  Views(const ViewRule& rule, Tracker& tracker, Effects& effects)
      : rule_(rule), viewability_(rule), tracker_(tracker), effects_(effects) {}

  // Watches an item of a serve; `number` becomes its number. Returns the problem if there is one. position < 0: not
  // given.
  Problem watch(double serve, std::string_view itemId, double position, double& number);
  void unwatch(double number) { viewability_.unwatch(indexOf(number)); }
  // As Viewability::report(). Returns true if a look must follow once everything is reported, false if the next
  // scheduled look is early enough. During scrolling most reports can wait for it.
  bool report(double number, double visiblePx, double areaPx, double mostPx, TimeMs atMs);
  // The page was looked at: queues the view events of the items that count now, and schedules the next look. Returns
  // false if neither has changed anything.
  bool look(TimeMs pageMs, Moment now);

  // Returns the thresholds for the page's IntersectionObserver, ascending: "0.3,0.5".
  Text ratios() const;

  void setVisible(bool isVisible);
  // Begins another page view of a document that was away: views are counted anew.
  void newPage();
  // Begins another route. Items that are watched now are still in the page: their serves belong to the new page view
  // too, and their views are not counted again.
  void newRoute();
  // Asks the page to read its markup again when the new route has had time to draw itself.
  void settleLater(TimeMs logicalMs);

  void wake(TimeMs logicalMs);
  TimeMs nextWakeMs() const { return lookMs_ < settledMs_ ? lookMs_ : settledMs_; }

 private:
  struct Item {
    int serve = -1;
    Text itemId;
    double position = -1;
  };

  static int indexOf(double number) { return number >= 0 && number < 1e9 ? static_cast<int>(number) : -1; }

  const ViewRule& rule_;
  Viewability viewability_;
  Tracker& tracker_;
  Effects& effects_;
  List<Item> items_;           // by number
  TimeMs lookMs_ = kNever;     // logical: the next look, when a clock is full
  TimeMs settledMs_ = kNever;  // logical: when a new page view has had time to draw itself
};

}  // namespace vitrine
