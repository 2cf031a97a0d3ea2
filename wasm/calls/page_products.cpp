#include "calls/page_products.h"

#include <algorithm>

#include "model/ids.h"

namespace vitrine {
namespace {

// Larger than a usual cart. The bound keeps memory flat in an application that stays open for days.
constexpr std::size_t kMaxCartItems = 200;

}  // namespace

void PageProducts::show(Listener owner, Shared<const Slate> slate) {
  displays_.eraseIf([owner](const Display& display) { return display.owner == owner; });
  if (slate) displays_.push_back({owner, std::move(slate)});
}

Problem PageProducts::setCart(const Json& itemIds) {
  if (!itemIds.isArray()) return argumentError("itemIds", "an array of product ids");
  List<Text> cart;
  for (const Json& item : itemIds.children) {
    const std::string_view id = readId(&item);
    if (id.empty()) return idError(indexed("itemIds", cart.size()));
    cart.emplace_back(id);
  }
  cart_ = std::move(cart);
  return nullptr;
}

void PageProducts::addToCart(std::string_view itemId) {
  if (std::find(cart_.begin(), cart_.end(), itemId) != cart_.end()) return;
  cart_.emplace_back(itemId);
  if (cart_.size() > kMaxCartItems) cart_.erase(cart_.begin());
}

void PageProducts::noteEvent(std::string_view kind, const Json& event) {
  if (kind == "clearCart") clearCart();
  const std::string_view itemId = readId(member(event, "itemId"));
  if (kind == "addToCart") addToCart(itemId);
  if (kind == "removeFromCart") cart_.eraseValue(itemId);
  const Json* bought = kind == "purchase" ? member(event, "items") : nullptr;
  if (!bought) return;
  for (const Json& line : bought->children) cart_.eraseValue(readId(member(line, "itemId")));
}

List<std::string_view> PageProducts::excluded(const Json& query, Listener owner) const {
  List<std::string_view> ids;
  const auto each = [&](const char* name, auto visit) {
    if (const Json* list = member(query, name)) {
      for (const Json& entry : list->children) visit(entry.text);
    }
  };
  each("excludeIds", [&](const Text& id) { ids.push_back(id); });
  each("exclude", [&](const Text& word) {
    if (word == "inCart") ids.insert(ids.end(), cart_.begin(), cart_.end());
    if (word == "viewing" && !viewing_.empty()) ids.push_back(viewing_);
    if (word != "shown") return;
    for (const Display& display : displays_) {
      if (display.owner == owner) continue;
      for (const auto& product : display.slate->products) ids.push_back(product->id);
    }
  });
  return ids;
}

}  // namespace vitrine
