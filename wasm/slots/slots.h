// The slots of a page: what each one shows, and the show and patch effects that change it.
#pragma once

#include <string_view>

#include "base/list.h"
#include "base/shared.h"
#include "base/text.h"
#include "slots/slot.h"
#include "tracking/tracker.h"

namespace vitrine {

// A skeleton is drawn only after this wait. In a shorter wait it would only flicker.
constexpr double kSkeletonMs = 300;

class Slots {
 public:
  Slots(Tracker& tracker, Effects& effects) : tracker_(tracker), effects_(effects) {}

  // Sets the texts of slots that are opened later: English, replaced by those of the page's language, replaced by the
  // shop's own.
  void setStrings(const Json& texts, const Json& own);

  // Opens a slot for a request (slot.h). An open slot with the same id takes the new request, and keeps its products on
  // show until the new outcome. Returns null if no data call is needed: the request is refused (the slot then shows its
  // error state), a server has rendered the products, or another slot has shown them in this page view. The pointer is
  // valid until the next open or close.
  const Slot* open(double id, const Json& request, Moment now);
  // Called when a data call for the slot has started. Draws a skeleton if the first one takes longer than kSkeletonMs.
  void wait(double id, Moment now);
  void close(double id);

  const Slot* find(double id) const;
  // Called with the outcome of the slot's data call: a slate, a problem, or both (calls/calls.h).
  void settle(double id, const Shared<const Slate>& slate, const Problem& problem, Moment now);

  // Returns the HTML of everything that the slot shows; "" if it shows nothing.
  Text html(double id) const;
  // Returns a patch ("=" and its steps, cards/patch.h) that turns the page's markup into what the slot shows; "" if no
  // patch exists. page: {frame, items: [{id, html}]}, the markup as the browser serialises it, the frame without items.
  Text patchOf(double id, const Json& page) const;

  // Returns a product that the slot shows as JSON (productJson); "" if it is not known.
  Text itemJson(double id, std::string_view itemId) const;

  TimeMs nextWakeMs() const;
  void wake(Moment now);

 private:
  Slot* slotOf(double id);
  // `name`: the slot's (Slot::name), because the slot may be closed.
  void fail(double id, const Text& name, const Error& error);
  void show(const Slot& slot, const Slate& slate);
  void logRefused(const Slot& slot, const Error& refused);
  void adopt(Slot& slot, const Json& rendered, Moment now);
  // Returns another slot that has shown this list in this page view: the slate, or, without one, products that are
  // known. Null if there is none.
  Slot* twinOf(const Slot& slot, const Slate* slate = nullptr);
  // Takes the products of such a slot. Returns false if there is none.
  bool reuse(Slot& slot);
  // Begins to display the slate: under the serve of another slot that has shown the same list in this page view, else
  // under a new one.
  void serve(Slot& slot, const Shared<const Slate>& slate, Moment now);
  // Ends the display of the slot's serve, unless another slot displays it too.
  void release(const Slot& slot);

  Tracker& tracker_;
  Effects& effects_;
  Shared<const Strings> strings_;
  CardTemplates cardTemplates_;
  List<Slot> slots_;  // a page has a handful
};

}  // namespace vitrine
