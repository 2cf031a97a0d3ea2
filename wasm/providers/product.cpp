#include "providers/product.h"

namespace vitrine {

std::string slateJson(const Slate& slate) {
  std::string out;
  JsonObject json(out);
  json.add("serveId", slate.serveId);
  if (!slate.title.empty()) json.add("title", slate.title);
  if (slate.totalResults >= 0) json.add("totalResults", slate.totalResults);
  std::string& list = json.key("results");
  char separator = '[';
  for (const Product& product : slate.products) {
    list += separator;
    separator = ',';
    JsonObject item(list);
    item.add("productId", product.id).add("title", product.title);
    if (product.price >= 0) item.add("price", product.price);
    if (product.originalPrice >= 0) item.add("originalPrice", product.originalPrice);
    if (!product.currency.empty()) item.add("currency", product.currency);
    if (!product.imageUrl.empty()) item.add("imageUrl", product.imageUrl);
    if (!product.url.empty()) item.add("url", product.url);
    if (!product.brand.empty()) item.add("brand", product.brand);
    if (product.rating >= 0) item.add("rating", product.rating);
    if (product.ratingCount > 0) item.add("ratingCount", product.ratingCount);
    item.addJson("metadata", product.attributes);
    item.close();
  }
  list += slate.products.empty() ? "[]" : "]";
  json.close();
  return out;
}

}  // namespace vitrine
