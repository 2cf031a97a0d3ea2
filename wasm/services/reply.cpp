#include "services/reply.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "base/code_point.h"
#include "base/json_cursor.h"
#include "model/currency.h"
#include "model/ids.h"
#include "services/fields.h"

namespace vitrine {
namespace {

// The fields of a product. The first cannot stand in the inner object (ProductFields::attributes).
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
  kPriceRange,
  kOriginalPriceRange,
  kOtherTitle,
  kOtherImage,
  kCurrency,
  kSrcset,
  kImageWidth,
  kImageHeight,
  kFieldCount,
};

// Notes a fault. Of one key only the first is kept.
void addRemark(Slate& slate, std::string_view key, std::string_view what, std::string_view value) {
  const auto& remarks = slate.remarks;
  if (std::find(remarks.begin(), remarks.end(), key) != remarks.end()) return;
  slate.remarks.emplace_back(key);
  slate.remarks.push_back(filled("%%: %", what, key, value.substr(0, 80)));
}

using Fields = std::array<Field, kFieldCount>;

Fields fieldsOf(const ProductFields& names) {
  const auto named = [](const char* name) { return Field{name ? std::string_view(name) : std::string_view()}; };
  return {named(names.id),
          named(names.title),
          named(names.url),
          named(names.imageUrl),
          named(names.brand),
          named(names.price),
          named(names.originalPrice),
          named(names.rating),
          named(names.ratingCount),
          named(names.reference),
          named(names.badges),
          named(names.priceRange),
          named(names.originalPriceRange),
          named("title"),
          named("image_urls"),
          named("currency"),
          named("srcset"),
          named("imageWidth"),
          named("imageHeight")};
}

// Appends the character that a reference such as "amp;" or "#39;" means. Returns false for any other text.
bool appendReference(Text& out, std::string_view name) {
  // Each name behind its character.
  constexpr std::string_view kNames = "&amp;<lt;>gt;\"quot;'apos; nbsp;";
  const std::size_t at = kNames.find(name);
  if (at != std::string_view::npos && name.size() > 2 && name[0] >= 'a' && kNames[at - 1] < 'a') {
    out += kNames[at - 1];
    return true;
  }
  if (!name.starts_with('#') || name.size() > 9) return false;
  name.remove_suffix(1);
  const bool isHex = (name.size() > 1 ? name[1] | 0x20 : 0) == 'x';
  const std::uint32_t code = readCode(name.substr(isHex ? 2 : 1), isHex ? 16 : 10);
  // Control characters, halves of surrogate pairs and what lies beyond Unicode stay as they are written.
  const bool isPlain = code >= 0x20 && !(code >= 0x7F && code < 0xA0) && !(code >= 0xD800 && code < 0xE000);
  if (isPlain && code <= 0x10FFFF) appendCodePoint(out, code);
  return isPlain && code <= 0x10FFFF;
}

// Returns whether the text shows nothing: spaces, joiners, direction marks and signs of U+2000 to U+207F alone.
bool isInvisible(std::string_view text) {
  constexpr std::string_view kBeginnings[] = {"\xC2\xA0", "\xC2\xAD",     "\xE2\x80",
                                              "\xE2\x81", "\xE3\x80\x80", "\xEF\xBB\xBF"};
  while (!text.empty()) {
    std::size_t length = static_cast<unsigned char>(text[0]) <= 0x20 ? 1 : 0;
    for (const std::string_view beginning : kBeginnings) {
      if (text.starts_with(beginning)) length = text[0] == '\xC2' ? 2 : 3;
    }
    if (length == 0) return false;
    text.remove_prefix(std::min(length, text.size()));
  }
  return true;
}

// The texts, numbers and amounts of one product, by the service's names.
class ProductReader {
 public:
  ProductReader(const ProductFields& names, const Reading& reading, Slate& slate)
      : names_(names), reading_(reading), slate_(slate), fields_(fieldsOf(names)) {}

  // Returns null, or why the text is no product.
  const char* read(std::string_view text, Product& product) {
    const std::string_view inner = names_.attributes ? std::string_view(names_.attributes) : std::string_view();
    FieldsExtent extent;
    if (!readFields(text, inner, fields_.data(), fields_.size(), extent)) return "it is no JSON object";
    product.setAttributes(extent.begin, extent.size, extent.isUtf8);
    const Field& id = fields_[kId];
    const bool isWhole = id.raw.find_first_not_of("0123456789") == std::string_view::npos;
    if (id.isString() || (id.isNumber() && isWhole)) product.id = id.text();
    if (!isProductId(product.id)) return "it has no usable id";
    product.title = wordsIn(kTitle);
    if (product.title.empty()) product.title = wordsIn(kOtherTitle);
    if (product.title.empty()) product.title = product.id;
    product.url = wordsIn(kUrl);
    product.imageUrl = wordsIn(kImageUrl);
    if (product.imageUrl.empty()) product.imageUrl = wordsIn(kOtherImage);
    product.brand = wordsIn(kBrand);
    product.reference = valueOf(kReference).text;
    product.currency = currencyCode(valueOf(kCurrency).text);
    if (fields_[kSrcset].isString()) product.srcset = fields_[kSrcset].text();
    product.imageWidth = numberIn(kImageWidth, 3);
    product.imageHeight = numberIn(kImageHeight, 3);
    readPrices(product);
    product.setRating(numberIn(kRating, 3), std::max(0, wholeOf(numberIn(kRatingCount, 0), 0)));
    if (fields_[kBadges].isArray()) {
      for (const Json& badge : parseJson(fields_[kBadges].raw).children) {
        Text words = badge.isString() ? wordsOf(badge.text, reading_.hasEntities) : Text();
        if (!words.empty()) product.badges.push_back(std::move(words));
      }
    }
    return nullptr;
  }

 private:
  // The text of strings and numbers, and of the first or last element of an array.
  Json valueOf(FieldNumber number, bool isLast = false) const {
    const Field& field = fields_[number];
    Json value;
    value.type = field.type;
    if (field.isString()) {
      value.text = field.text();
    } else if (field.isNumber()) {
      value.text = field.raw;
      value.number = field.number();
    } else if (field.isArray()) {
      const Json list = parseJson(field.raw);
      value = list.children.empty() ? Json() : isLast ? list.children.back() : list.children.front();
    }
    return value;
  }
  Text wordsIn(FieldNumber number) const { return wordsOf(valueOf(number).text, reading_.hasEntities); }
  // `digits`: as of readAmount(). A text that JSON would read as a number is that number.
  double numberIn(FieldNumber number, int digits) const { return readAmount(valueOf(number), digits); }

  void readPrices(Product& product) const {
    FieldNumber fields[] = {kPrice, kOriginalPrice};
    FieldNumber ranges[] = {kPriceRange, kOriginalPriceRange};
    double amounts[2];
    for (int i = 0; i < 2; ++i) {
      amounts[i] = limitIn(fields[i], product);
      if (amounts[i] == -1) amounts[i] = limitIn(ranges[i], product);
    }
    product.setPrices(amounts[0], amounts[1], reading_.keepsZero);
    const int used = product.price != amounts[0];
    const double highest = std::max(limitIn(fields[used], product, true), limitIn(ranges[used], product, true));
    if (product.price >= 0 && highest > product.price) product.highestPrice = highest;
  }

  // Returns the lowest or the highest amount of a range, which may be given in reverse.
  double limitIn(FieldNumber number, const Product& product, bool isHighest = false) const {
    const double first = amountIn(number, product, false), last = amountIn(number, product, true);
    return last >= 0 && isHighest == (last > first) ? last : first;
  }

  // isLast: of an array the last element, else the first.
  double amountIn(FieldNumber number, const Product& product, bool isLast) const {
    const Json value = valueOf(number, isLast);
    const std::string_view currency = currencyOf(product, slate_);
    const double amount = readAmount(value, names_.isCents ? 0 : digitsOf(currency));
    if (amount == kUnreadableAmount)
      addRemark(slate_, fields_[number].name,
                " sent a price that cannot be read, so its card has no price and no button. Send numbers, or set "
                "provider.currency. ",
                filled("%, %", product.id, value.text));
    return names_.isCents && amount > 0 ? amount / 100 : amount;
  }

  const ProductFields& names_;
  const Reading& reading_;
  Slate& slate_;
  Fields fields_;
};

}  // namespace

Text wordsOf(std::string_view text, bool hasEntities) {
  Text out;
  while (hasEntities && !text.empty()) {
    const std::size_t sign = std::min(text.find('&'), text.size());
    out += text.substr(0, sign);
    text.remove_prefix(sign);
    const std::size_t end = text.find(';');
    if (!text.empty() && end != std::string_view::npos && appendReference(out, text.substr(1, end))) {
      text.remove_prefix(end + 1);
    } else if (!text.empty()) {
      out += '&';
      text.remove_prefix(1);
    }
  }
  out += text;
  if (isInvisible(out)) return {};
  constexpr std::string_view kBlanks = " \t\r\n\f\v";
  const std::size_t first = out.find_first_not_of(kBlanks);
  return Text(out.substr(first, out.find_last_not_of(kBlanks) + 1 - first));
}

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
      const bool isArray = cursor.take('[');
      if (!isArray && !cursor.take('{')) return false;
      const char close = isArray ? ']' : '}';
      start = at();
      // An object without members is no list.
      while (cursor.peek() != close || (!isArray && cut.elements.empty())) {
        if (!isArray && (!cursor.name(name) || name.find_first_not_of("0123456789") != std::string_view::npos))
          return false;
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
      if (!cursor.take(close)) return false;
    }
    if (!cursor.take(',')) break;
  }
  if (!cursor.take('}') || start == 0) return false;
  cut.frame.assign(object.substr(0, start));
  cut.frame += object.substr(end);
  return true;
}

void addMember(std::string_view& element, const char* name, std::string_view value, List<Text>& texts) {
  if (element.size() < 3 || element.front() != '{') return;
  Text& text = texts.emplace_back();
  JsonObject(text).add(name, value);
  text += ',';
  text += element.substr(1);
  element = text;
}

bool takeHead(const Cut& cut, const Slate* last, Slate& slate) {
  if (!last || last->frame != cut.frame) return false;
  SlateHead& head = slate;
  std::destroy_at(&head);
  std::construct_at(&head, *last);
  return true;
}

void readProducts(const Cut& cut, const ProductFields& fields, const Slate* last, Slate& slate,
                  const Reading& reading) {
  const auto known = [&](std::string_view text, std::size_t element, std::size_t at) -> Shared<const Product> {
    if (!last || last->currency != slate.currency) return nullptr;
    const auto& products = last->products;
    if (element < cut.isKnown.size() && cut.isKnown[element] != 0) return products[element];
    if (at < products.size() && products[at]->text() == text) return products[at];
    const auto found = std::find_if(products.begin(), products.end(), [&](const auto& p) { return p->text() == text; });
    return found == products.end() ? nullptr : *found;
  };
  const auto sourceOf = [&](std::string_view& text) {
    const Text* body = slate.body.get();
    if (body && text.data() >= body->data() && text.data() <= body->data() + body->size()) return slate.body;
    const auto own = Shared<const Text>::make(text);
    text = *own;
    return own;
  };
  slate.products.reserve(std::min(cut.elements.size(), kMaxProducts));
  ProductReader reader(fields, reading, slate);
  for (std::size_t i = 0; i < cut.elements.size(); ++i) {
    std::string_view text = cut.elements[i];
    auto product = known(text, i, slate.products.size());
    const char* reason = slate.products.size() < kMaxProducts ? nullptr : "there are too many";
    if (!product && !reason) {
      const auto fresh = Shared<Product>::make();
      reason = reader.read(text, *fresh);
      product = fresh;
    }
    if (!reason && findProduct(slate, product->id)) reason = "its id is that of an earlier one";
    if (reason) {
      ++slate.rejected;
      addRemark(slate, reason, " listed an entry that was left out. Correct it, because ", text);
      continue;
    }
    const auto source = sourceOf(text);
    product->setText(text, source);
    slate.products.push_back(std::move(product));
  }
}

}  // namespace vitrine
