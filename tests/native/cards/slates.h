// Slates to render, for tests.
#pragma once

#include <string_view>

#include "base/shared.h"
#include "cards/card.h"
#include "model/product.h"

inline vitrine::Product shoe() {
  vitrine::Product product;
  product.id = "SKU-1";
  product.title = "Shoe";
  product.url = "/p/1";
  product.imageUrl = "/img/1.svg";
  product.brand = "Brand";
  product.currency = "EUR";
  product.price = 12.9;
  product.originalPrice = 20;
  product.rating = 4.4;
  product.ratingCount = 12;
  return product;
}

inline vitrine::Slate slateOf(const vitrine::Product& product, std::size_t count = 1) {
  vitrine::Slate slate;
  slate.products.assign(count, vitrine::Shared<vitrine::Product>::make(product));
  return slate;
}

// Options as a slot's request gives them.
inline vitrine::CardOptions looking(std::string_view request = "{}") {
  vitrine::CardOptions options;
  readCardOptions(vitrine::parseJson(request), options);
  return options;
}

inline std::string rendered(const vitrine::Product& product, std::string_view request = "{}") {
  return renderSlate(slateOf(product), looking(request));
}

inline bool holds(std::string_view html, std::string_view part) { return html.find(part) != std::string_view::npos; }
