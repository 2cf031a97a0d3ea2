// Reads a reply product by product, each from its own text: a bad entry spoils only itself, and a product that has not
// changed since the last reply is not read again.
#pragma once

#include <string_view>

#include "base/list.h"
#include "base/text.h"
#include "model/error.h"
#include "model/product.h"

namespace vitrine {

// A reply may list more. No slot shows more, and a serve takes no more (serve.h).
constexpr std::size_t kMaxProducts = 1000;

// One JSON object in two parts: the elements of one of its arrays, as text, and the rest.
struct Cut {
  Text frame;  // the object with that array empty
  List<std::string_view> elements;
  List<char> isKnown;  // by element: true if it is the same text as the product at that index of the last reply
};

// Cuts out the array that is the member `list` of `object` (the last of that name). An object whose names are whole
// numbers is such an array: PHP writes a list with gaps in this way. Returns false if there is no such
// array or the object does not end. The parts need not be JSON: that is found when they are read. An element that is
// the same in `last` is skipped as a whole.
bool cutList(std::string_view object, const char* list, Cut& cut, const Slate* last = nullptr);

// Returns true if the reply without its products is unchanged. The slate then has the head of the last one.
bool takeHead(const Cut& cut, const Slate* last, Slate& slate);

// A service's names for the fields of a product; null for a field that it does not have.
struct ProductFields {
  const char* id = nullptr;
  const char* title = nullptr;
  const char* url = nullptr;
  const char* imageUrl = nullptr;
  const char* brand = nullptr;
  const char* price = nullptr;
  const char* originalPrice = nullptr;
  const char* priceRange = nullptr;  // [lowest, highest]; counts as the price where there is no `price`
  const char* originalPriceRange = nullptr;
  const char* rating = nullptr;
  const char* ratingCount = nullptr;
  const char* reference = nullptr;
  const char* badges = nullptr;      // an array of strings
  const char* attributes = nullptr;  // an object that may hold the fields above too, except the id; null: none
  bool isCents = false;              // prices are in hundredths of the currency, else in its major unit
};

// How a shop wants replies to be read.
struct Reading {
  bool hasEntities = false;  // texts hold character references, such as &amp;
  bool keepsZero = false;    // a sale price of 0 means that the product is free
};

// Puts a member with a text at the head of an element, a JSON object. A later member of that name counts instead. The
// element is then a view of the text that is appended to `texts`, which must have been reserved.
void addMember(std::string_view& element, const char* name, std::string_view value, List<Text>& texts);

// Returns the text without blanks around it; "" if no character of it can be seen. hasEntities: as in Reading.
Text wordsOf(std::string_view text, bool hasEntities);

// Reads the elements into slate.products. Elements without a product's id (isProductId), and those with the id of an
// earlier one, are counted in slate.rejected. The slate's currency must be set, and its body if it has one. last: the
// slate of the last reply to the same query, or null.
void readProducts(const Cut& cut, const ProductFields& fields, const Slate* last, Slate& slate,
                  const Reading& reading = {});

}  // namespace vitrine
