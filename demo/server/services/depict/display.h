// The display of a product: the fields that all replies of Depict share.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "store/catalog.h"

namespace vitrine::demo {

// `mark`: the end of the page's address, such as "?recommendation_id=…".
inline nlohmann::json depictDisplay(const CatalogProduct& product, const std::string& origin,
                                    const std::string& mark = "") {
  const nlohmann::json& metadata = product.document["metadata"];
  return {{"product_id", product.id},
          {"main_product_id", product.id},
          {"title", product.name},
          {"brand", product.brand},
          {"category", product.category},
          {"color", product.color},
          {"rating", product.rating},
          {"rating_count", product.ratingCount},
          {"in_stock", metadata.value("stock", 0) > 0},
          {"original_price", metadata.value("originalPrice", product.price)},
          {"sale_price", product.price},
          {"page_url", origin + metadata["url"].get<std::string>() + mark},
          {"image_url", origin + metadata["imageUrl"].get<std::string>()}};
}

}  // namespace vitrine::demo
