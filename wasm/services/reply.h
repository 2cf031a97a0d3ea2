// Reading a reply product by product, each from its own text, so that one bad entry spoils only itself and what has not
// changed since the last reply is not read again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/error.h"
#include "model/product.h"

namespace vitrine {

// A reply may list more; nobody shows them, and a serve takes no more (serve.h).
constexpr std::size_t kMaxProducts = 1000;

// One JSON object in two parts: the elements of one of its arrays, as text, and all the rest.
struct Cut {
  std::string frame;  // the object with that array empty
  std::vector<std::string_view> elements;
  std::vector<char> isKnown;  // by element: it says what the product in its place says in the last reply
};

// Cuts the array that is the member `list` of `object` (the last of that name). False if the text has none, or is no
// object that ends. The parts are not checked: reading them is what tells whether they are JSON. An element that is
// the same in `last` is not walked through.
bool cutList(std::string_view object, const char* list, Cut& cut, const Slate* last = nullptr);

// Whether the reply says of itself what the last one said. The slate's head is then the last one's.
bool takeHead(const Cut& cut, const Slate* last, Slate& slate);

// What a service calls the fields of a product; null for what it does not have. The name may be dotted by one level
// ("metadata.name").
struct ProductFields {
  const char* id = nullptr;
  const char* title = nullptr;
  const char* url = nullptr;
  const char* imageUrl = nullptr;
  const char* brand = nullptr;
  const char* price = nullptr;
  const char* originalPrice = nullptr;
  const char* rating = nullptr;
  const char* ratingCount = nullptr;
  const char* reference = nullptr;
  const char* badges = nullptr;      // an array of strings
  const char* attributes = nullptr;  // the object that holds the fields above but the id; null: the element itself
  bool isCents = false;              // prices are in hundredths of the currency, else in its major unit
};

// Reads the elements into slate.products; what is no product with an id is counted in slate.rejected. The slate's
// currency must be known, and its body if it has one. last: what the same question was answered last, or null.
void readProducts(const Cut& cut, const ProductFields& fields, const Slate* last, Slate& slate);

}  // namespace vitrine
