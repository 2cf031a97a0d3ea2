// The products that the page shows, that are in the cart and that are being viewed, so that queries can exclude them.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/list.h"
#include "base/shared.h"
#include "base/text.h"
#include "calls/listener.h"
#include "model/error.h"
#include "model/product.h"

namespace vitrine {

class PageProducts {
 public:
  // `owner` (a slot, a promise) shows this slate now, in place of its last one; null: it shows nothing.
  void show(Listener owner, Shared<const Slate> slate);
  // Replaces the cart by a JSON array of ids. Returns the problem with a value that is none; the cart stays then.
  Problem setCart(const Json& itemIds);
  // Changes the cart by what the shopper did: an addToCart, removeFromCart, clearCart or purchase event, from the
  // members of the shop's call. An item is in the cart or not: quantities do not count. Above kMaxCartItems the oldest
  // item is forgotten.
  void noteEvent(std::string_view kind, const Json& event);
  // Adds an item, unless the cart has it.
  void addToCart(std::string_view itemId);
  void clearCart() { cart_.clear(); }
  const List<Text>& cart() const { return cart_; }
  void setViewing(Text itemId) { viewing_ = std::move(itemId); }
  const Text& viewing() const { return viewing_; }

  // Returns the ids that the query excludes by `exclude` (any of "shown", "inCart", "viewing") and `excludeIds`.
  // Products that `owner` itself shows do not count as shown.
  List<std::string_view> excluded(const Json& query, Listener owner) const;

 private:
  struct Display {
    Listener owner;
    Shared<const Slate> slate;
  };

  List<Display> displays_;
  List<Text> cart_;
  Text viewing_;
};

}  // namespace vitrine
