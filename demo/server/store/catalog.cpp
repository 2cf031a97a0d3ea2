#include "store/catalog.h"

#include <fstream>
#include <stdexcept>

#include "http/form.h"
#include "http/replies.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxTextBytes = 10'000;

CatalogProduct readProduct(const json& source) {
  if (!source.is_object()) throw Refusal{400, "bad-product", "it is not an object"};
  Form form(source);
  CatalogProduct product;
  product.id = form.text("id");
  product.name = form.text("name");
  product.category = form.text("category");
  product.price = form.number("price", 0, 1e9);
  product.brand = form.optionalText("brand");
  product.color = form.optionalText("color");
  product.description = form.optionalText("description", kMaxTextBytes);
  product.rating = form.optionalNumber("rating", 0, 5).value_or(0);
  product.ratingCount = form.optionalNumber("ratingCount", 0, 1e9).value_or(0);
  for (const json& tag : form.optionalList("tags")) {
    if (!tag.is_string()) form.complain("tags", "must be an array of strings");
    product.tags.push_back(tag.get<std::string>());
  }
  // Replies carry all fields of the catalogue, under the names that shops expect from the service.
  json metadata = source;
  metadata.erase("id");
  metadata.erase("image");
  const std::string url = form.optionalText("url", kMaxTextBytes);
  metadata["imageUrl"] = form.optionalText("image", kMaxTextBytes);
  metadata["url"] = url.empty() ? "/product/" + product.id : url;
  product.document = {{"productId", product.id}, {"metadata", std::move(metadata)}};
  return product;
}

}  // namespace

Catalog Catalog::load(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read the catalogue " + path);
  const json source = json::parse(file, nullptr, false);
  if (!source.is_array()) throw std::runtime_error("the catalogue " + path + " is not a JSON array");
  Catalog catalog;
  for (const json& entry : source) {
    const std::string where = path + ", product " + std::to_string(catalog.size()) + ": ";
    try {
      catalog.products_.push_back(readProduct(entry));
    } catch (const Refusal& refusal) {
      throw std::runtime_error(where + refusal.message);
    }
    const std::string& id = catalog.products_.back().id;
    if (!catalog.byId_.emplace(id, catalog.size() - 1).second) throw std::runtime_error(where + id + " occurs twice");
  }
  return catalog;
}

std::optional<ItemIndex> Catalog::find(std::string_view productId) const {
  const auto found = byId_.find(std::string(productId));
  if (found == byId_.end()) return std::nullopt;
  return found->second;
}

}  // namespace vitrine::demo
