#include "services/reply.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/json_cursor.h"
#include "base/number.h"
#include "model/ids.h"
#include "services/fields.h"

namespace vitrine {
namespace {

// The fields of a product. The first stands outside of the object that holds the others (ProductFields::attributes).
enum FieldNumber {
  kId,
  kTitle,
  kUrl,
  kImageUrl,
  kBrand,
  kPrice,
  kOriginalPrice,
  kRating,
  kRatingCount,
  kReference,
  kBadges,
  kOtherTitle,
  kCurrency,
  kSrcset,
  kImageWidth,
  kImageHeight,
  kFieldCount,
};

using Fields = std::array<Field, kFieldCount>;

Fields fieldsOf(const ProductFields& names) {
  const auto named = [](const char* name) { return Field{name ? std::string_view(name) : std::string_view()}; };
  return {named(names.id),          named(names.title),     named(names.url),           named(names.imageUrl),
          named(names.brand),       named(names.price),     named(names.originalPrice), named(names.rating),
          named(names.ratingCount), named(names.reference), named(names.badges),        named("title"),
          named("currency"),        named("srcset"),        named("imageWidth"),        named("imageHeight")};
}

Text textOf(const Field& field) {
  const bool isText =
      field.isString() || (field.isNumber() && field.raw.find_first_not_of("0123456789") == std::string_view::npos);
  return isText ? field.text() : Text();
}

double numberOf(const Field& field) { return field.isNumber() ? field.number() : -1; }

// A price is a number, a string that is just one ("12.50", but not "12,50"), or the first of a range. Returns -1 for
// anything else.
double priceOf(const Field& field, bool isCents, std::string_view currency) {
  double price = -1;
  if (field.isNumber()) price = field.number();
  const auto read = [&](const Text& text) {
    std::size_t length = 0;
    const double value = readNumber(text, &length);
    if (!text.empty() && length == text.size()) price = value;
  };
  if (field.isString()) read(field.text());
  if (field.isArray()) {
    const Json range = parseJson(field.raw);
    const Json first = range.children.empty() ? Json() : range.children.front();
    if (first.isNumber()) price = first.number;
    if (first.isString()) read(first.text);
  }
  if (!(price >= 0)) return -1;
  price = minorUnits(isCents ? price / 100 : price, currency);
  return price <= 9e15 ? price : -1;  // whole numbers are exact up to here, and no shop sells above it
}

bool readProduct(std::string_view text, const ProductFields& names, Fields& fields, const Slate& slate,
                 Product& product) {
  const std::string_view inner = names.attributes ? std::string_view(names.attributes) : std::string_view();
  FieldsExtent extent;
  if (!readFields(text, inner, fields.data(), fields.size(), extent)) return false;
  product.setAttributes(extent.begin, extent.size, extent.isUtf8);
  product.id = textOf(fields[kId]);
  if (!isProductId(product.id)) return false;
  product.title = textOf(fields[kTitle]);
  if (product.title.empty()) product.title = fields[kOtherTitle].isString() ? fields[kOtherTitle].text() : product.id;
  product.url = textOf(fields[kUrl]);
  product.imageUrl = textOf(fields[kImageUrl]);
  product.brand = textOf(fields[kBrand]);
  product.reference = textOf(fields[kReference]);
  if (fields[kCurrency].isString()) product.currency = fields[kCurrency].text();
  if (fields[kSrcset].isString()) product.srcset = fields[kSrcset].text();
  product.imageWidth = numberOf(fields[kImageWidth]);
  product.imageHeight = numberOf(fields[kImageHeight]);
  const std::string_view currency = product.currency.empty() ? slate.currency : product.currency;
  product.price = priceOf(fields[kPrice], names.isCents, currency);
  product.originalPrice = priceOf(fields[kOriginalPrice], names.isCents, currency);
  if (product.price < 0) product.price = product.originalPrice;
  if (product.originalPrice <= product.price) product.originalPrice = -1;
  const double rating = numberOf(fields[kRating]);
  product.rating = rating >= 0 && rating <= 5 ? rating : -1;
  product.ratingCount = std::max(0, wholeOf(numberOf(fields[kRatingCount]), 0));
  if (fields[kBadges].isArray()) {
    for (Json& badge : parseJson(fields[kBadges].raw).children) {
      if (badge.isString() && !badge.text.empty()) product.badges.push_back(std::move(badge.text));
    }
  }
  return true;
}

}  // namespace

bool cutList(std::string_view object, const char* list, Cut& cut, const Slate* last) {
  if (object.size() > kMaxJsonBytes) return false;
  JsonCursor cursor(object);
  if (!cursor.take('{')) return false;
  std::size_t start = 0, end = 0;
  const auto at = [&] { return static_cast<std::size_t>(cursor.at() - object.data()); };
  while (cursor.peek() == '"') {
    std::string_view name;
    if (!cursor.name(name)) return false;
    if (name != list) {
      if (cursor.extent().empty()) return false;
    } else {
      cut.elements.clear();
      cut.isKnown.clear();
      if (!cursor.take('[')) return false;
      start = at();
      while (cursor.peek() != ']') {
        // Fast path: most products are unchanged since the last reply.
        const std::size_t element = cut.elements.size();
        const std::size_t begin = at();
        const bool isKnown = last && element < last->products.size() && cursor.skip(last->products[element]->text());
        cut.isKnown.push_back(isKnown);
        cut.elements.push_back(isKnown ? object.substr(begin, last->products[element]->text().size())
                                       : cursor.extent());
        if (cut.elements.back().empty()) return false;
        if (!cursor.take(',')) break;
      }
      end = at();
      if (!cursor.take(']')) return false;
    }
    if (!cursor.take(',')) break;
  }
  if (!cursor.take('}') || start == 0) return false;
  cut.frame.assign(object.substr(0, start));
  cut.frame += object.substr(end);
  return true;
}

bool takeHead(const Cut& cut, const Slate* last, Slate& slate) {
  if (!last || last->frame != cut.frame) return false;
  static_cast<SlateHead&>(slate) = static_cast<const SlateHead&>(*last);
  return true;
}

void readProducts(const Cut& cut, const ProductFields& fields, const Slate* last, Slate& slate) {
  const bool isComparable = last && last->currency == slate.currency;
  const auto known = [&](std::string_view text, std::size_t element, std::size_t at) -> std::shared_ptr<const Product> {
    if (!isComparable) return nullptr;
    const auto& products = last->products;
    if (element < cut.isKnown.size() && cut.isKnown[element] != 0) return products[element];
    if (at < products.size() && products[at]->text() == text) return products[at];
    const auto found = std::find_if(products.begin(), products.end(), [&](const auto& p) { return p->text() == text; });
    return found == products.end() ? nullptr : *found;
  };
  const auto sourceOf = [&](std::string_view& text) {
    const Text* body = slate.body.get();
    if (body && text.data() >= body->data() && text.data() <= body->data() + body->size()) return slate.body;
    const auto own = std::make_shared<const Text>(text);
    text = *own;
    return own;
  };
  slate.products.reserve(std::min(cut.elements.size(), kMaxProducts));
  Fields found = fieldsOf(fields);
  for (std::size_t i = 0; i < cut.elements.size(); ++i) {
    std::string_view text = cut.elements[i];
    auto product = known(text, i, slate.products.size());
    if (!product && slate.products.size() < kMaxProducts) {
      const auto fresh = std::make_shared<Product>();
      if (readProduct(text, fields, found, slate, *fresh)) product = fresh;
    }
    if (!product) {
      ++slate.rejected;
      continue;
    }
    const auto source = sourceOf(text);
    product->setText(text, source);
    slate.products.push_back(std::move(product));
  }
}

}  // namespace vitrine
