// The slots of a page: what each of them shows, and what is done to what it shows.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "slots/slot.h"
#include "tracking/tracker.h"

namespace vitrine {

// A wait shorter than this is over before a skeleton would have been understood; drawing one would be a flicker.
constexpr double kSkeletonMs = 300;

class Slots {
 public:
  Slots(Tracker& tracker, Effects& effects) : tracker_(tracker), effects_(effects) {}

  // The texts of the shop's language, for slots opened from here on.
  void setStrings(const Json& texts);

  // A slot as this request (slot.h) wants it. One with the same id becomes it, and shows what it showed until there is
  // something better. Null if it cannot be (its error state is then shown) or needs no answer, because a server has
  // rendered it. The pointer holds until the next open or close.
  const Slot* open(double id, const Json& request, Moment now);
  // It waits for an answer from here on.
  void wait(double id, Moment now);
  void close(double id);

  const Slot* find(double id) const;
  // What the slot asked for, or what is wrong.
  void settle(double id, const std::shared_ptr<const Slate>& slate, const Problem& problem, Moment now);

  // All that the slot shows, as HTML; "" if it shows nothing.
  std::string html(double id) const;
  // What makes what the page has into that: "=" and the steps of a patch (cards/patch.h), "" if that cannot be said.
  // page: {frame, items: [{id, html}]}, markup as the page's browser writes it; the frame without the items.
  std::string patchOf(double id, const Json& page) const;

  // What the service said of an item that the slot shows (productJson); "" if that is not known.
  std::string itemJson(double id, std::string_view itemId) const;

  TimeMs nextWakeMs() const;
  void wake(Moment now);

 private:
  Slot* slotOf(double id);
  void fail(double id, const Error& error);
  void show(const Slot& slot, const Slate& slate);
  void tell(const Error& refused);
  void adopt(Slot& slot, const Json& rendered, Moment now);

  Tracker& tracker_;
  Effects& effects_;
  std::shared_ptr<const Strings> strings_;
  CardTemplates cardTemplates_;
  std::vector<Slot> slots_;  // a page has a handful
};

}  // namespace vitrine
