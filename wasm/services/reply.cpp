#include "services/reply.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/number.h"
#include "base/utf8.h"
#include "services/fields.h"

namespace vitrine {
namespace {

// Walks JSON text without judging it; npos is "the text ends too early".
class Scanner {
 public:
  Scanner(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  // The next character that is no white space; NUL at the end.
  char peek() {
    while (at_ < text_.size() && (text_[at_] == ' ' || (text_[at_] >= '\t' && text_[at_] <= '\r'))) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  // Goes behind `text`, if that and nothing more is the next element of a list.
  bool skip(std::string_view text) {
    if (text_.substr(at_, text.size()) != text) return false;
    const std::size_t start = std::exchange(at_, at_ + text.size());
    if (peek() == ',' || peek() == ']') return true;
    at_ = start;
    return false;
  }
  // A name in quotes, as it is written; "" if it does not end.
  std::string_view name() {
    const std::size_t start = at_ + 1;
    return string() ? text_.substr(start, at_ - 1 - start) : std::string_view();
  }
  // One value, of whatever depth; "" if there is none that ends.
  std::string_view value() {
    peek();
    const std::size_t start = at_;
    for (int depth = 0; at_ < text_.size();) {
      const char c = text_[at_];
      if (c == '"') {
        if (!string()) return {};
      } else if (c == '{' || c == '[') {
        ++depth;
        ++at_;
        continue;
      } else if (c == '}' || c == ']') {
        if (depth == 0) return text_.substr(start, at_ - start);  // of the list around it
        --depth;
        ++at_;
      } else if (depth == 0 && c == ',') {
        return text_.substr(start, at_ - start);
      } else {
        ++at_;
        continue;
      }
      const std::size_t end = at_;
      if (depth == 0 && (peek() == ',' || peek() == ']' || peek() == '}')) return text_.substr(start, end - start);
    }
    return {};
  }

 private:
  bool string() {
    const char* const end = text_.data() + text_.size();
    for (const char* at = text_.data() + at_ + 1; (at = plainEnd(at, end)) < end; ++at) {
      if (*at == '"') {
        at_ = static_cast<std::size_t>(at + 1 - text_.data());
        return true;
      }
      if (*at == '\\' && ++at == end) break;
    }
    at_ = text_.size();
    return false;
  }

  std::string_view text_;
  std::size_t at_;
};

// Of a product, in this order; the first stands outside of what holds the others (ProductFields::attributes).
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

// The same fields where the text is not plain. They stand in the tree then, lists in `lists`.
bool readTree(const Json& element, const char* inner, Fields& fields, std::vector<std::string>& lists,
              Product& product) {
  if (!element.isObject()) return false;
  const Json* object = inner ? member(element, inner) : nullptr;
  const Json& from = object && object->isObject() ? *object : element;
  lists.reserve(fields.size());
  for (Field& field : fields) {
    const Json* found = field.name.empty() ? nullptr : member(&field == &fields[kId] ? element : from, field.name);
    field.type = found ? found->type : Json::Type::kInvalid;
    field.isEscaped = false;
    if (!found) continue;
    field.raw = found->text;
    if (!found->isArray()) continue;
    appendJson(lists.emplace_back(), *found);
    field.raw = lists.back();
  }
  product.setAttributes(from);
  return true;
}

std::string textOf(const Field& field) {
  const bool isText =
      field.isString() || (field.isNumber() && field.raw.find_first_not_of("0123456789") == std::string_view::npos);
  return isText ? field.text() : std::string();
}

double numberOf(const Field& field) { return field.isNumber() ? field.number() : -1; }

// A price is a number, a string that is just one ("12.50", but not "12,50"), or the first of a range; -1 if it is none.
double priceOf(const Field& field, bool isCents, std::string_view currency) {
  double price = -1;
  if (field.isNumber()) price = field.number();
  const auto read = [&](const std::string& text) {
    const char* end = text.c_str();
    const double value = readNumber(end, &end);
    if (!text.empty() && end == text.c_str() + text.size()) price = value;
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
  for (Field& field : fields) field.type = Json::Type::kInvalid;
  const std::string_view inner = names.attributes ? std::string_view(names.attributes) : std::string_view();
  std::string_view inside;
  Json tree;
  std::vector<std::string> lists;
  if (readFields(text, inner, fields.data(), fields.size(), inside))
    product.setAttributes(inside.empty() ? 0 : static_cast<std::size_t>(inside.data() - text.data()),
                          inside.empty() ? text.size() : inside.size());
  else if (tree = parseJson(text); !readTree(tree, names.attributes, fields, lists, product))
    return false;
  product.id = textOf(fields[kId]);
  if (product.id.empty()) return false;
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
  Scanner scanner(object, 0);
  if (!scanner.take('{')) return false;
  std::size_t start = 0, end = 0;
  while (scanner.peek() == '"') {
    const std::string_view name = scanner.name();
    if (!scanner.take(':')) return false;
    if (name != list) {
      if (scanner.value().empty()) return false;
    } else {
      cut.elements.clear();
      cut.isKnown.clear();
      if (scanner.peek() != '[') return false;
      start = scanner.at() + 1;
      scanner.take('[');
      while (scanner.peek() != ']') {
        const std::size_t at = cut.elements.size();
        // Mostly it says what it said.
        const std::size_t begin = scanner.at();
        const bool isKnown = last && at < last->products.size() && scanner.skip(last->products[at]->text());
        cut.isKnown.push_back(isKnown);
        cut.elements.push_back(isKnown ? object.substr(begin, last->products[at]->text().size()) : scanner.value());
        if (cut.elements.back().empty()) return false;
        if (!scanner.take(',')) break;
      }
      end = scanner.at();
      if (!scanner.take(']')) return false;
    }
    if (!scanner.take(',')) break;
  }
  if (!scanner.take('}') || start == 0) return false;
  cut.frame.assign(object.substr(0, start));
  cut.frame += object.substr(end);
  return true;
}

bool takeHead(const Cut& cut, const Slate* last, Slate& slate) {
  if (!last || last->frame != cut.frame) return false;
  static_cast<SlateHead&>(slate) = *last;
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
    const std::string* body = slate.body.get();
    if (body && text.data() >= body->data() && text.data() <= body->data() + body->size()) return slate.body;
    const auto own = std::make_shared<const std::string>(text);
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
