// The items of this page that are watched, and the views that come of it: joins what is visible (viewability) to what
// was served (tracker).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tracking/tracker.h"
#include "tracking/viewability.h"

namespace vitrine {

class Views {
 public:
  Views(const ViewRule& rule, Tracker& tracker, Effects& effects)
      : rule_(rule), viewability_(rule), tracker_(tracker), effects_(effects) {}

  // Watches an item of a serve and answers a number for it, or says what is wrong. position < 0: not said.
  Problem watch(double serve, std::string_view itemId, double position, double& number);
  void unwatch(double number) { viewability_.unwatch(indexOf(number)); }
  // As Viewability::report. True if a look is to follow once all is reported, false if the next one is early enough:
  // while a page scrolls, most of what comes and goes is that.
  bool report(double number, double visiblePx, double areaPx, double mostPx, TimeMs atMs);
  // The page was looked at: tells what counts as viewed, and knows when to look again. False if nothing has come of it.
  bool look(TimeMs pageMs, Moment now);

  // The shares at which it matters how much of an item is visible, ascending: "0.3,0.5".
  std::string ratios() const;

  void setVisible(bool isVisible);
  // Another page view: views are counted anew, but for items of serves that have ended with the old one.
  void newPage();
  // Asks for the page's markup to be read again when the new route has had time to show itself.
  void settleLater(TimeMs logicalMs);

  void wake(TimeMs logicalMs);
  TimeMs nextWakeMs() const { return lookMs_ < settledMs_ ? lookMs_ : settledMs_; }

 private:
  struct Item {
    int serve = -1;
    std::string itemId;
    double position = -1;
  };

  static int indexOf(double number) { return number >= 0 && number < 1e9 ? static_cast<int>(number) : -1; }

  const ViewRule& rule_;
  Viewability viewability_;
  Tracker& tracker_;
  Effects& effects_;
  std::vector<Item> items_;    // by number
  TimeMs lookMs_ = kNever;     // logical: when a clock is full
  TimeMs settledMs_ = kNever;  // logical: when a new page view has had time to show itself
};

}  // namespace vitrine
