// What every service's reply becomes: a slate of products, free of any vendor's names.
#pragma once

#include <string>
#include <vector>

#include "core/json.h"

namespace vitrine {

struct Product {
  std::string id;  // never empty
  std::string title;
  std::string url;
  std::string imageUrl;
  std::string brand;
  std::string currency;       // ISO 4217, or ""
  double price = -1;          // major units; negative if unknown
  double originalPrice = -1;  // before the discount; negative if there is none
  double rating = -1;         // of 5; negative if unknown
  int ratingCount = 0;
  Json attributes;  // the service's own fields, as received
};

struct Slate {
  std::string serveId;  // the service's correlation id; "" if it sent none
  std::string title;    // "" if the service gives none
  int totalResults = -1;
  int rejected = 0;  // entries that were no product
  std::vector<Product> products;
};

// {serveId, title?, totalResults?, results: [{productId, title, price?, originalPrice?, currency?, imageUrl?, url?,
// brand?, rating?, ratingCount?, metadata}]}: what the caller of a data call gets.
std::string slateJson(const Slate& slate);

}  // namespace vitrine
