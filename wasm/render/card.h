// A slate as HTML: a titled list of product cards. The same function renders in the page, on a server and in an e-mail.
#pragma once

#include <string>

#include "providers/product.h"
#include "render/money.h"

namespace vitrine {

struct CardOptions {
  std::string title;      // "" leaves the heading out
  std::string addToCart;  // the button's text; "" leaves the button out
  MoneyFormat money;
};

// Every text escaped, every address checked. Items carry data-vitrine-item and data-vitrine-position, by which the page
// knows what was clicked.
std::string renderSlate(const Slate& slate, const CardOptions& options);

// Parts of the same: one item, and what surrounds all items.
void renderItem(const Slate& slate, std::size_t index, const CardOptions& options, std::string& out);
void renderFrame(const Slate& slate, const CardOptions& options, std::string& out);

}  // namespace vitrine
