// The receiver of a data call's outcome: a promise or a slot.
#pragma once

namespace vitrine {

struct Listener {
  enum class Kind { kCall, kSlot };

  Kind kind = Kind::kCall;
  double number = 0;  // the id of the promise or of the slot; both come from one counter of the host

  // Products that a slot receives count as shown (page_products.h).
  bool isSlot() const { return kind == Kind::kSlot; }
  bool operator==(const Listener&) const = default;
};

inline Listener callListener(double callId) { return {Listener::Kind::kCall, callId}; }
inline Listener slotListener(double slotId) { return {Listener::Kind::kSlot, slotId}; }

}  // namespace vitrine
