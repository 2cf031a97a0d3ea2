// What the page shows, what lies in the cart and what is being viewed, so that a widget can leave it out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "calls/listener.h"
#include "model/product.h"

namespace vitrine {

class PageProducts {
 public:
  // `owner` (a slot, a promise) shows this slate now, in place of what it showed; null: nothing any more.
  void show(Listener owner, std::shared_ptr<const Slate> slate);
  // An array of ids; anything else empties the cart.
  void setCart(const Json& itemIds);
  // Of very many the oldest is forgotten.
  void addToCart(std::string_view itemId);
  const std::vector<std::string>& cart() const { return cart_; }
  void setViewing(std::string itemId) { viewing_ = std::move(itemId); }

  // The ids that the query's `exclude` (any of "shown", "inCart", "viewing") and `excludeIds` name, for `owner`, whose
  // own products count as not shown.
  std::vector<std::string_view> excluded(const Json& query, Listener owner) const;

 private:
  struct Display {
    Listener owner;
    std::shared_ptr<const Slate> slate;
  };

  std::vector<Display> displays_;
  std::vector<std::string> cart_;
  std::string viewing_;
};

}  // namespace vitrine
