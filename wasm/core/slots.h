// The slots of a page: what each of them waits for and shows, and what is done to what it shows.
#pragma once

#include <string_view>
#include <vector>

#include "core/slot.h"
#include "core/tracker.h"

namespace vitrine {

class Slots {
 public:
  Slots(Tracker& tracker, Effects& effects) : tracker_(tracker), effects_(effects) {}

  // A slot as this request (slot.h) wants it, in place of one with the same id. Null if it cannot be: then its error
  // state is shown. The pointer holds until the next open or close.
  const Slot* open(double id, const Json& request);
  void close(double id);

  const Slot* find(double id) const;
  // What the slot asked for, or what is wrong.
  void settle(double id, const Slate* slate, const Problem& problem, Moment now);

  // kind: "view", "click" or "addToCart", of an item that the slot shows.
  Problem itemEvent(double id, std::string_view kind, std::string_view itemId, double position, double quantity,
                    Moment now);

 private:
  void showError(double id, const Error& error);

  Tracker& tracker_;
  Effects& effects_;
  std::vector<Slot> slots_;  // a page has a handful
};

}  // namespace vitrine
