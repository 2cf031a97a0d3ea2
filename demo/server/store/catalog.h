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

struct Product {
  std::string id;
  std::string name;
  std::string brand;
  std::string category;
  std::string color;
  std::string description;
  std::vector<std::string> tags;
  double price = 0;   // major units
  double rating = 0;  // of 5; 0 = not rated
  double ratingCount = 0;
  nlohmann::json document;  // {"productId","metadata":{…}}: what replies and filters see of it
};

class Catalog {
 public:
  // Reads an array of products. Throws std::runtime_error naming the file, and the product and field at fault.
  static Catalog load(const std::string& path);

  const std::vector<Product>& products() const { return products_; }
  const Product& operator[](ItemIndex item) const { return products_[item]; }
  std::size_t size() const { return products_.size(); }
  std::optional<ItemIndex> find(std::string_view productId) const;

 private:
  std::vector<Product> products_;
  std::unordered_map<std::string, ItemIndex> byId_;
};

}  // namespace vitrine::demo
