#include "cards/card_data.h"

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "templates/html.h"

namespace vitrine {
namespace {

enum Field : std::uint8_t {
  kNone,
  kAddToCart,
  kAttributes,
  kBadges,
  kBrand,
  kCount,
  kDiscount,
  kDiscountPercent,
  kHasBadges,
  kHeight,
  kId,
  kImage,
  kItems,
  kLabel,
  kLayout,
  kLoading,
  kNumber,
  kOnSale,
  kOriginalPrice,
  kPlace,
  kPlaceholder,
  kPosition,
  kPrice,
  kQuantity,
  kRating,
  kServe,
  kSrc,
  kSrcset,
  kStars,
  kStrings,
  kTitle,
  kTotal,
  kUrl,
  kWidth,
};
// In the order of Field.
constexpr std::string_view kFields[] = {
    "",
    "addToCart",
    "attributes",
    "badges",
    "brand",
    "count",
    "discount",
    "discountPercent",
    "hasBadges",
    "height",
    "id",
    "image",
    "items",
    "label",
    "layout",
    "loading",
    "number",
    "onSale",
    "originalPrice",
    "place",
    "placeholder",
    "position",
    "price",
    "quantity",
    "rating",
    "serve",
    "src",
    "srcset",
    "stars",
    "strings",
    "title",
    "total",
    "url",
    "width",
};
static_assert(std::size(kFields) == kWidth + 1);

// The nodes that are not JSON: each is identified by an address of its own.
constexpr char kNodes[7] = {};
constexpr const char& kFrameNode = kNodes[0];
constexpr const char& kItemNode = kNodes[1];
constexpr const char& kImageNode = kNodes[2];
constexpr const char& kRatingNode = kNodes[3];
constexpr const char& kBadgesNode = kNodes[4];
constexpr const char& kItemsNode = kNodes[5];
constexpr const char& kStringsNode = kNodes[6];

constexpr std::string_view kNothing = "\xC2\xA0";  // a no-break space: as high as a line of text, and invisible

VITRINE_ONCE Value flag(bool isTrue) { return textValue(isTrue ? "true" : ""); }

VITRINE_ONCE Value number(double value, Text& scratch) {
  scratch.clear();
  if (value >= 0) appendNumber(scratch, value);
  return textValue(scratch);
}

// The sum keeps what is meant to be a half, such as 2.05, from falling below it.
double tenths(double value) { return std::round(value * 10 + 1e-9) / 10; }

}  // namespace

std::uint8_t CardData::fieldOf(std::string_view key) {
  for (std::size_t i = 1; i < std::size(kFields); ++i) {
    if (kFields[i] == key) return static_cast<std::uint8_t>(i);
  }
  return kNone;
}

VITRINE_ONCE Value CardData::object(const char& node, bool isTrue) const {
  Value value;
  value.data = this;
  value.node = &node;
  value.isFound = true;
  value.isTrue = isTrue;
  return value;
}

Value CardData::frame(std::size_t items) {
  items_ = items;
  return object(kFrameNode);
}

Value CardData::item(std::size_t position) const {
  position_ = position;
  product_ = slate_.products[position].get();
  isPriced_ = false;
  return object(kItemNode);
}

Value CardData::element(const void* node, std::size_t index, Text&) const {
  if (node == &kBadgesNode) return textValue(product_->badges[index]);
  return item(index);
}

Value CardData::member(const void* node, const Key& key, Text& scratch) const {
  if (node == &kFrameNode) return frameMember(key.field, scratch);
  if (node == &kItemNode) return itemMember(key.field, scratch);
  if (node == &kImageNode) return imageMember(key.field, scratch);
  if (node == &kRatingNode) return ratingMember(key.field, scratch);
  if (node == &kStringsNode) return textValue(options_.strings->find(key.text));
  return {};
}

Value CardData::frameMember(int field, Text& scratch) const {
  const Text& title = options_.title.empty() ? slate_.title : options_.title;
  switch (field) {
    case kTitle:
      return textValue(title);
    case kLabel:
      return textValue(title.empty() ? options_.strings->find("products") : title);
    case kLayout:
      return textValue(options_.layout);
    case kServe:
      return textValue(slate_.serveId);
    case kCount:
      return number(static_cast<double>(slate_.products.size()), scratch);
    case kTotal:
      return number(slate_.totalResults, scratch);
    case kQuantity:
      return flag(options_.hasQuantity);
    case kStrings:
      return object(kStringsNode);
    case kItems: {
      Value value = object(kItemsNode, items_ > 0);
      value.isList = true;
      value.count = items_;
      return value;
    }
    default:
      return {};
  }
}

Value CardData::itemMember(int field, Text& scratch) const {
  const Product& product = *product_;
  const bool isNothing = isPlaceholder_;
  switch (field) {
    case kId:
      return textValue(product.id);
    case kUrl:
      return address(product.url, scratch);
    case kTitle:
      return textValue(isNothing ? kNothing : product.title);
    case kBrand:
      return textValue(isNothing ? kNothing : product.brand);
    case kImage:
      return object(kImageNode, address(product.imageUrl, scratch).isTrue);
    case kAddToCart:
      return product.isPriceUnreadable ? flag(false) : textValue(options_.strings->find("addToCart"));
    case kPrice:
      readPrices();
      return textValue(price_);
    case kOriginalPrice:
      readPrices();
      return textValue(originalPrice_);
    case kOnSale:
      readPrices();
      return flag(!originalPrice_.empty());
    case kDiscountPercent:
      return number(discount(), scratch);
    case kDiscount: {
      const Text percent = decimal(discount());
      if (percent.empty()) return flag(false);
      scratch = options_.strings->fill("discount", {{"percent", percent}});
      return textValue(scratch);
    }
    case kRating: {
      Value value = object(kRatingNode, product.rating >= 0);
      if (value.isTrue) value.text = number(tenths(product.rating), scratch).text;
      return value;
    }
    case kHasBadges:
      return flag(discount() > 0 || !product.badges.empty());
    case kBadges: {
      Value value = object(kBadgesNode, !product.badges.empty());
      value.isList = true;
      value.count = product.badges.size();
      return value;
    }
    case kPosition:
      return number(static_cast<double>(position_), scratch);
    case kNumber:
      return number(static_cast<double>(position_ + 1), scratch);
    case kPlace: {
      const Text n = decimal(static_cast<double>(position_ + 1));
      const Text count = decimal(static_cast<double>(slate_.products.size()));
      scratch = options_.strings->fill("place", {{"n", n}, {"count", count}});
      return textValue(scratch);
    }
    case kPlaceholder:
      return flag(isNothing);
    case kAttributes: {
      Value value = json_.of(product.attributes());
      value.isFound = true;
      return value;
    }
    default:
      return {};
  }
}

Value CardData::imageMember(int field, Text& scratch) const {
  switch (field) {
    case kSrc:
      return address(product_->imageUrl, scratch);
    case kSrcset:
      return textValue(product_->srcset);
    // A picture of unknown size is given as a square: the stylesheet sets its box, and both keep the page from jumping.
    case kWidth:
      return number(product_->imageWidth >= 0 ? product_->imageWidth : 400, scratch);
    case kHeight:
      return number(product_->imageHeight >= 0 ? product_->imageHeight : 400, scratch);
    case kLoading:
      return textValue(position_ < static_cast<std::size_t>(options_.eager) ? "eager" : "lazy");
    default:
      return {};
  }
}

Value CardData::ratingMember(int field, Text& scratch) const {
  switch (field) {
    case kStars: {
      const long halves = std::lround(product_->rating * 2);
      scratch.clear();
      for (long star = 1; star <= 5; ++star) {
        scratch += halves >= star * 2 ? "★" : halves == star * 2 - 1 ? "½" : "☆";
      }
      return textValue(scratch);
    }
    case kNumber:
      scratch = decimal(product_->rating);
      return textValue(scratch);
    case kCount:
      scratch = decimal(product_->ratingCount > 0 ? product_->ratingCount : -1);
      return textValue(scratch);
    case kLabel:
      scratch = ratingLabel();
      return textValue(scratch);
    default:
      return {};
  }
}

Text CardData::ratingLabel() const {
  Text rating = options_.strings->fill("rating", {{"number", decimal(product_->rating)}});
  if (product_->ratingCount <= 0) return rating;
  const auto count = static_cast<unsigned>(product_->ratingCount);
  Text key("reviews.");
  key += options_.strings->pluralOf(count);
  const bool hasForm = !options_.strings->find(key).empty();
  return options_.strings->fill(hasForm ? std::string_view(key) : "reviews.other",
                                {{"rating", rating}, {"count", decimal(count)}});
}

VITRINE_ONCE Value CardData::address(std::string_view url, Text& scratch) const {
  const bool isClean = isCleanUrl(url);
  if (!isClean) scratch = safeUrl(url);
  Value value = textValue(isClean ? url : std::string_view(scratch));
  value.isClean = true;
  return value;
}

// The currency is decided here: the product's, the reply's or the service's, else the element's (docs/money.md).
Text CardData::money(double amount) const {
  const bool isServices = !options_.hasMoney && slate_.hasMoney;
  return formatMoney(amount, currencyOf(*product_, slate_), isServices ? slate_.money : options_.money);
}

void CardData::readPrices() const {
  if (isPriced_) return;
  isPriced_ = true;
  price_ = money(product_->price);
  if (isPlaceholder_) price_ = kNothing;
  originalPrice_ = money(product_->originalPrice > product_->price ? product_->originalPrice : -1);
  if (originalPrice_ == price_) originalPrice_.clear();  // equal once they are rounded
  const Text highest = money(product_->highestPrice);
  if (!highest.empty() && highest != price_) price_.append(" – ").append(highest);
}

double CardData::discount() const {
  readPrices();
  if (originalPrice_.empty()) return -1;
  const double percent = std::round((1 - product_->price / product_->originalPrice) * 100);
  // Neither "0 % off" nor "100 % off", unless the product is free.
  return percent < 1 ? -1 : product_->price > 0 ? std::min(percent, 99.0) : percent;
}

Text CardData::decimal(double value) const {
  Text out;
  appendDecimal(out, value, -1, options_.numbers);
  return out;
}

}  // namespace vitrine
