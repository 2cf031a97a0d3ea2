// The products on sale, read once from the catalogue file.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vitrine::demo {

// A product's number in the catalogue, counted from 0; stable while the server runs.
using ItemIndex = std::size_t;

struct CatalogProduct {
  std::string id;
  std::string name;
  std::string brand;
  std::string category;
  std::string color;
  std::string description;
  std::vector<std::string> tags;
  double price = 0;   // major units
  double rating = 0;  // 0 to 5; 0 means not rated
  double ratingCount = 0;
  nlohmann::json document;  // {"productId","metadata":{…}}: the fields that replies carry and filters read
};

class Catalog {
 public:
  // Reads an array of products. Throws std::runtime_error that names the file, the product and the wrong field.
  static Catalog load(const std::string& path);

  const std::vector<CatalogProduct>& products() const { return products_; }
  const CatalogProduct& operator[](ItemIndex item) const { return products_[item]; }
  std::size_t size() const { return products_.size(); }
  std::optional<ItemIndex> find(std::string_view productId) const;

 private:
  std::vector<CatalogProduct> products_;
  std::unordered_map<std::string, ItemIndex> byId_;
};

}  // namespace vitrine::demo
