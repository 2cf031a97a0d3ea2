#include "core/slots.h"

#include <algorithm>

namespace vitrine {

Slot* Slots::open(double id, const Json& request) {
  close(id);
  Slot slot;
  slot.id = id;
  if (const Problem problem = readSlot(request, slot)) {
    showError(id, *problem);
    return nullptr;
  }
  return &slots_.emplace_back(std::move(slot));
}

void Slots::asked(double id, std::uint32_t request, const Problem& problem) {
  if (problem) {
    showError(id, *problem);
    return close(id);
  }
  for (Slot& slot : slots_) {
    if (slot.id == id) slot.request = request;
  }
  effects_.show(id, "loading", {});
}

void Slots::close(double id) {
  std::erase_if(slots_, [&](const Slot& slot) {
    if (slot.id != id) return false;
    if (slot.request != 0) effects_.cancel(slot.request);
    return true;
  });
}

const Slot* Slots::find(double id) const {
  const auto found = std::find_if(slots_.begin(), slots_.end(), [id](const Slot& slot) { return slot.id == id; });
  return found == slots_.end() ? nullptr : &*found;
}

bool Slots::awaits(std::uint32_t request) const {
  return std::any_of(slots_.begin(), slots_.end(), [=](const Slot& slot) { return slot.request == request; });
}

void Slots::settle(std::uint32_t request, const Slate& slate, const Problem& problem, Moment now) {
  for (Slot& slot : slots_) {
    if (slot.request != request) continue;
    slot.request = 0;
    if (problem) {
      showError(slot.id, *problem);
    } else if (slate.products.empty()) {
      effects_.show(slot.id, "empty", {});
    } else {
      tracker_.serve(parseJson(servePayload(slot, slate)), now, slot.serve);
      effects_.show(slot.id, "ready", renderSlate(slate, slot.card));
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
