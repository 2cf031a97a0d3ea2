// What every service's reply becomes: a slate of products, free of any service's names.
//
// Products and slates are read once and never changed; a product whose text is the same in the next reply is the same
// object there, so that whoever rendered it knows without comparing.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "model/money.h"

namespace vitrine {

struct Product {
  std::string id;  // never empty
  std::string title;
  std::string url;
  std::string imageUrl;
  std::string brand;
  std::string currency;       // ISO 4217; "" is the slate's
  double price = -1;          // whole minor units (cents); negative if unknown
  double originalPrice = -1;  // before the discount; negative if there is none
  double rating = -1;         // of 5; negative if unknown
  int ratingCount = 0;
  std::string reference;  // what the service wants to hear back with an event of this product; "" if nothing
  std::vector<std::string> badges;
  std::string srcset;       // of the picture; "" if there is none
  double imageWidth = -1;   // in pixels; negative if unknown
  double imageHeight = -1;  //

  // As received, by which the next reply knows it again.
  std::string_view text() const { return text_; }
  // It stands in `source`, which lives as long as the product needs it. The next reply that says the same takes the
  // place of the last one, so that one product does not keep all of that.
  void setText(std::string_view text, std::shared_ptr<const std::string> source) const {
    text_ = text;
    source_ = std::move(source);
  }

  // The service's own fields, as received. Few ask for them, so they are read when the first does.
  const Json& attributes() const;
  // The same as JSON.
  void appendAttributes(std::string& out) const;
  void setAttributes(Json attributes) { attributes_ = std::move(attributes); }
  // They are the JSON object at `begin` in the text. isUtf8: it has no byte that is not UTF-8.
  void setAttributes(std::size_t begin, std::size_t size, bool isUtf8) {
    begin_ = begin;
    size_ = size;
    isUtf8_ = isUtf8;
  }

 private:
  mutable std::string_view text_;
  mutable std::shared_ptr<const std::string> source_;
  std::size_t begin_ = 0;
  std::size_t size_ = 0;  // 0: the attributes are not in the text
  bool isUtf8_ = true;
  mutable Json attributes_;
};

// What a reply says besides its products.
struct SlateHead {
  std::string serveId;  // the service's correlation id; "" if it sent none
  std::string title;    // "" if the service gives none
  std::string currency;
  bool hasMoney = false;
  MoneyFormat money;           // how the service writes prices, if hasMoney
  std::string fallbackAction;  // what the service did where it had too little to go by; "" if it says nothing
  std::string ticket;          // what the service wants back with the next question; "" if nothing
  int totalResults = -1;
};

struct Slate : SlateHead {
  int rejected = 0;  // entries that were no product
  std::vector<std::shared_ptr<const Product>> products;
  std::string frame;  // the reply without its products, by which the next one is known to say the same
  std::shared_ptr<const std::string> body;  // the reply, if it was one
};

// {serveId, title?, totalResults?, rejected?, currency?, fallbackAction?, stale?, results: [{productId, title, price?,
// originalPrice?, currency?, imageUrl?, url?, brand?, rating?, ratingCount?, reference?, badges?, metadata}]}, prices
// in major units: what the caller of a data call gets.
// isStale: it is the last answer, because there was no new one (stale: true).
std::string slateJson(const Slate& slate, bool isStale = false);
// One product of the slate, as its entry in `results`.
std::string productJson(const Product& product, const Slate& slate);
// A slate's JSON read back, as far as rendering needs it. What is out of place is missing.
Slate readSlate(const Json& json);

}  // namespace vitrine
