// The slots of a page: what each of them waits for and shows, and what is done to what it shows.
#pragma once

#include <cstdint>
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
  Slot* open(double id, const Json& request);
  // It waits for this request from here on and says so; a problem shows its error state and closes it.
  void asked(double id, std::uint32_t request, const Problem& problem);
  void close(double id);

  const Slot* find(double id) const;
  bool awaits(std::uint32_t request) const;
  // The answer to this request.
  void settle(std::uint32_t request, const Slate& slate, const Problem& problem, Moment now);

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
