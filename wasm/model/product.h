// A slate of products: the form of every service's reply, without the service's names.
//
// Products and slates are read once and never changed. A product whose text is unchanged in the next reply is the same
// object there, so a renderer sees without comparing that nothing changed.
#pragma once

#include <string_view>
#include <utility>

#include "base/json.h"
#include "base/list.h"
#include "base/shared.h"
#include "base/text.h"
#include "model/money.h"

namespace vitrine {

struct Product {
  Text id;  // never empty
  Text title;
  Text url;
  Text imageUrl;
  Text brand;
  Text currency;                   // ISO 4217; "" if it is the slate's
  double price = -1;               // in the currency's major unit, as the service gave it; negative if unknown
  double originalPrice = -1;       // before the discount; negative if there is none
  double highestPrice = -1;        // end of a range that begins with `price`; negative if there is none
  bool isPriceUnreadable = false;  // the service gave a price that cannot be read: the product cannot be bought here
  double rating = -1;              // out of 5; negative if unknown
  int ratingCount = 0;
  Text reference;  // text that events about this product return to the service; "" if there is none
  List<Text> badges;
  Text srcset;              // candidates for the picture; "" if there are none
  double imageWidth = -1;   // in pixels; negative if unknown
  double imageHeight = -1;  // in pixels; negative if unknown

  // Sets the prices. given, original: as readAmount() returns them (money.h). A product with only an original price has
  // that price. A price of 0 beside an original price counts as none, unless keepsZero.
  void setPrices(double given, double original, bool keepsZero);
  // Sets rating and count. A rating above 5, and one of 0 without reviews, counts as none.
  void setRating(double given, int count);

  // The product as received. The next reply is compared with it.
  std::string_view text() const { return text_; }
  // The text is a view into `source`, which the product keeps alive. A later reply with the same text replaces it, so
  // that one unchanged product does not keep an old reply in memory. Not part of the product's value, so it may change
  // in a const one.
  void setText(std::string_view text, Shared<const Text> source) const {
    text_ = text;
    source_ = std::move(source);
  }

  // Returns the service's own fields, as received. Parsed by the first call, because few templates use them.
  const Json& attributes() const;
  // Appends the service's own fields as JSON.
  void appendAttributes(Text& out) const;
  void setAttributes(Json attributes) { attributes_ = std::move(attributes); }
  // The service's own fields are the JSON object at `begin` in the text. isUtf8: all its bytes are UTF-8.
  void setAttributes(std::size_t begin, std::size_t size, bool isUtf8) {
    begin_ = begin;
    size_ = size;
    isUtf8_ = isUtf8;
  }

 private:
  mutable std::string_view text_;
  mutable Shared<const Text> source_;
  std::size_t begin_ = 0;
  std::size_t size_ = 0;  // 0: the attributes are not in the text
  bool isUtf8_ = true;
  mutable Json attributes_;
};

// A search that a shopper may want.
struct Term {
  Text text;
  Text categoryId;  // the category that the term stands for; "" if it is words
};

// The parts of an outcome that depend on the kind of call.
struct OutcomeForm {
  int page = 0;              // from 1; 0 if the call lists no pages
  int pageSize = 0;          // products per page; 0 if the query names no number
  const char* pagedBy = "";  // "service" or "vitrine" if the query names a page
  bool hasTerms = false;     // terms are written, even if there are none
};

// The parts of a reply besides its products.
struct SlateHead {
  Text serveId;   // the service's correlation id; "" if it sent none
  Text title;     // "" if the service gives none
  Text currency;  // the reply's, else the configuration's; "" if neither names one
  bool hasMoney = false;
  MoneyFormat money;    // how the service writes prices, if hasMoney
  Text fallbackAction;  // substitute that the service used because it knew too little; "" if not stated
  Text ticket;          // text that the next call returns to the service; "" if there is none
  Text reference;       // text that the event of this list returns to the service; "" if there is none
  Text experiment;      // JSON of the service's own experiment, {id?, variant?}; "" if it names none
  int totalResults = -1;
  Text filterOptions;  // JSON of the service: by what the results can be filtered; "" if it sent none
  Text facets;         // [{field, title, values: [{value, title?, count?}] or min, max}]; "" if the service sent none
  Text cursor;         // text that asks the service for the products that follow; "" if there is none
  List<Term> terms;    // the outcome of `suggest`
};

struct Slate : SlateHead {
  int rejected = 0;  // how many entries were left out
  // Tells the developer what was left out and why: for each fault its key, which is reported only once, and a message.
  // Not part of the slate's value.
  List<Text> remarks;
  List<Shared<const Product>> products;
  Text frame;               // the reply without its products; the next reply is compared with it
  Shared<const Text> body;  // the text of the reply; null for a slate that was no reply
};

// Returns the product of that id, or null.
const Product* findProduct(const Slate& slate, std::string_view id);
// Returns the currency that the service names for the product; "" if it names none.
inline const Text& currencyOf(const Product& product, const SlateHead& slate) {
  return product.currency.empty() ? slate.currency : product.currency;
}

// Returns the outcome of a data call: {serveId, title?, totalResults?, page?, pages?, cursor?, facets?, filterOptions?,
// rejected?, currency?, fallbackAction?, experiment?, stale?, appliedBy?: {filters?, page?}, terms?, results:
// [{productId, title, price?, originalPrice?, highestPrice?, priceUnreadable?, currency?, imageUrl?, url?, brand?,
// rating?, ratingCount?, score?, reference?, badges?, metadata}]}, prices in major units. isStale: the slate is of an
// earlier reply (stale: true). filteredBy: the side that has applied the query's filters, "service" or "vitrine"; ""
// for none.
Text slateJson(const Slate& slate, bool isStale = false, const char* filteredBy = "", const OutcomeForm& form = {});
// Returns one product of the slate, as its entry in `results`.
Text productJson(const Product& product, const Slate& slate);
// Reads a slate's JSON back, as far as rendering needs it. Members of a wrong type are left out,
// and so are products with the id of an earlier one.
Slate readSlate(const Json& json);

}  // namespace vitrine
