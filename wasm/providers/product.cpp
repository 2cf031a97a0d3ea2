#include "providers/product.h"

namespace vitrine {
namespace {

void addText(JsonObject& json, const char* name, const std::string& text) {
  if (!text.empty()) json.add(name, text);
}

void addProduct(std::string& list, const Product& product, const Slate& slate) {
  const std::string& currency = product.currency.empty() ? slate.currency : product.currency;
  JsonObject item(list);
  item.add("productId", product.id).add("title", product.title);
  if (product.price >= 0) item.add("price", majorUnits(product.price, currency));
  if (product.originalPrice >= 0) item.add("originalPrice", majorUnits(product.originalPrice, currency));
  addText(item, "currency", currency);
  addText(item, "imageUrl", product.imageUrl);
  addText(item, "url", product.url);
  addText(item, "brand", product.brand);
  if (product.rating >= 0) item.add("rating", product.rating);
  if (product.ratingCount > 0) item.add("ratingCount", product.ratingCount);
  addText(item, "reference", product.reference);
  if (!product.badges.empty()) {
    std::string& badges = item.key("badges");
    for (const std::string& badge : product.badges) {
      badges += &badge == &product.badges.front() ? '[' : ',';
      appendString(badges, badge);
    }
    badges += ']';
  }
  item.addJson("metadata", product.attributes);
  item.close();
}

}  // namespace

std::string slateJson(const Slate& slate) {
  std::string out;
  JsonObject json(out);
  json.add("serveId", slate.serveId);
  addText(json, "title", slate.title);
  if (slate.totalResults >= 0) json.add("totalResults", slate.totalResults);
  if (slate.rejected > 0) json.add("rejected", slate.rejected);
  addText(json, "currency", slate.currency);
  addText(json, "fallbackAction", slate.fallbackAction);
  std::string& list = json.key("results");
  char separator = '[';
  for (const auto& product : slate.products) {
    list += separator;
    separator = ',';
    addProduct(list, *product, slate);
  }
  list += slate.products.empty() ? "[]" : "]";
  json.close();
  return out;
}

}  // namespace vitrine
