#include "core/slots.h"

#include <algorithm>

namespace vitrine {

const Slot* Slots::open(double id, const Json& request) {
  close(id);
  Slot slot;
  slot.id = id;
  if (const Problem problem = readSlot(request, slot)) {
    showError(id, *problem);
    return nullptr;
  }
  return &slots_.emplace_back(std::move(slot));
}

void Slots::close(double id) {
  std::erase_if(slots_, [&](const Slot& slot) { return slot.id == id; });
}

const Slot* Slots::find(double id) const {
  const auto found = std::find_if(slots_.begin(), slots_.end(), [id](const Slot& slot) { return slot.id == id; });
  return found == slots_.end() ? nullptr : &*found;
}

void Slots::settle(double id, const Slate* slate, const Problem& problem, Moment now) {
  for (Slot& slot : slots_) {
    if (slot.id != id) continue;
    if (problem) {
      showError(id, *problem);
    } else if (slate->products.empty()) {
      effects_.show(id, "empty", {});
    } else {
      tracker_.serve(parseJson(servePayload(slot, *slate)), now, slot.serve);
      effects_.show(id, "ready", renderSlate(*slate, slot.card));
    }
  }
}

Problem Slots::itemEvent(double id, std::string_view kind, std::string_view itemId, double position, double quantity,
                         Moment now) {
  const Slot* slot = find(id);
  return tracker_.itemEvent(slot ? tracker_.find(slot->serve) : nullptr, kind, itemId, position, quantity, now);
}

void Slots::showError(double id, const Error& error) {
  effects_.log(LogLevel::kWarn, error.code, error.message);
  effects_.show(id, "error", {});
}

}  // namespace vitrine
