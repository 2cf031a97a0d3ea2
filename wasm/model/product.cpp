#include "model/product.h"

#include "base/number.h"
#include "model/currency.h"
#include "model/ids.h"

namespace vitrine {
namespace {

void addText(JsonObject& json, const char* name, std::string_view text) {
  if (!text.empty()) json.add(name, text);
}

// Adds the number `score` of the product itself, which a service may send as a text.
void addScore(JsonObject& item, std::string_view product) {
  if (product.find("\"score\"") == std::string_view::npos) return;
  const Json own = parseJson(product);
  const Json* score = member(own, "score");
  std::size_t length = 0;
  const double number = score ? readNumber(score->text, &length) : 0;
  if (length > 0 && length == score->text.size()) item.add("score", number);
}

void addProduct(Text& list, const Product& product, const Slate& slate) {
  JsonObject item(list);
  item.add("productId", product.id).add("title", product.title);
  if (product.price >= 0) item.add("price", product.price);
  if (product.originalPrice >= 0) item.add("originalPrice", product.originalPrice);
  if (product.highestPrice >= 0) item.add("highestPrice", product.highestPrice);
  if (product.isPriceUnreadable) item.add("priceUnreadable", true);
  addText(item, "currency", currencyOf(product, slate));
  addText(item, "imageUrl", product.imageUrl);
  addText(item, "url", product.url);
  addText(item, "brand", product.brand);
  if (product.rating >= 0) item.add("rating", product.rating);
  if (product.ratingCount > 0) item.add("ratingCount", product.ratingCount);
  addScore(item, product.text());
  addText(item, "reference", product.reference);
  if (!product.badges.empty()) {
    Text& badges = item.key("badges");
    for (const Text& badge : product.badges) {
      badges += &badge == &product.badges.front() ? '[' : ',';
      appendString(badges, badge);
    }
    badges += ']';
  }
  product.appendAttributes(item.key("metadata"));
  item.close();
}

}  // namespace

Text productJson(const Product& product, const Slate& slate) {
  Text out;
  addProduct(out, product, slate);
  return out;
}

void Product::setPrices(double given, double original, bool keepsZero) {
  const bool isNone = given == -1 || (given == 0 && original > 0 && !keepsZero);
  price = isNone ? original : given;
  originalPrice = original > price && price >= 0 ? original : -1;
  isPriceUnreadable = price == kUnreadableAmount;
}

void Product::setRating(double given, int count) {
  ratingCount = count > 0 ? count : 0;
  rating = given >= 0 && given <= 5 && (given > 0 || count > 0) ? given : -1;
}

const Product* findProduct(const Slate& slate, std::string_view id) {
  for (const auto& product : slate.products) {
    if (product->id == id) return product.get();
  }
  return nullptr;
}

const Json& Product::attributes() const {
  if (!attributes_.isValid() && size_ > 0) attributes_ = parseJson(text_.substr(begin_, size_));
  return attributes_;
}

void Product::appendAttributes(Text& out) const {
  if (size_ > 0 && isUtf8_)
    out.append(text_, begin_, size_);
  else
    appendJson(out, attributes_);
}

Text slateJson(const Slate& slate, bool isStale, const char* filteredBy, const OutcomeForm& form) {
  Text out;
  JsonObject json(out);
  json.add("serveId", slate.serveId);
  addText(json, "title", slate.title);
  if (slate.totalResults >= 0) json.add("totalResults", slate.totalResults);
  if (form.page > 0) json.add("page", form.page);
  if (form.pageSize > 0 && slate.totalResults >= 0)
    json.add("pages", (slate.totalResults + form.pageSize - 1) / form.pageSize);
  addText(json, "cursor", slate.cursor);
  if (!slate.facets.empty()) json.addRaw("facets", slate.facets);
  if (!slate.filterOptions.empty()) json.addRaw("filterOptions", slate.filterOptions);
  if (slate.rejected > 0) json.add("rejected", slate.rejected);
  addText(json, "currency", slate.currency);
  if (slate.hasMoney) {
    JsonObject money(json.key("money"));
    money.add("currency", slate.money.currency).add("prefix", slate.money.prefix).add("suffix", slate.money.suffix);
    money.add("decimal", slate.money.decimal).add("group", slate.money.group).add("digits", slate.money.digits);
    addText(money, "label", slate.money.label);
    money.close();
  }
  addText(json, "fallbackAction", slate.fallbackAction);
  if (!slate.experiment.empty()) json.addRaw("experiment", slate.experiment);
  if (isStale) json.add("stale", true);
  if (*filteredBy || *form.pagedBy) {
    JsonObject by(json.key("appliedBy"));
    addText(by, "filters", filteredBy);
    addText(by, "page", form.pagedBy);
    by.close();
  }
  if (form.hasTerms) {
    Text& terms = json.key("terms");
    char mark = '[';
    for (const Term& term : slate.terms) {
      terms += mark;
      mark = ',';
      JsonObject one(terms);
      one.add("text", term.text);
      addText(one, "categoryId", term.categoryId);
      one.close();
    }
    terms += slate.terms.empty() ? "[]" : "]";
  }
  Text& list = json.key("results");
  char separator = '[';
  for (const auto& product : slate.products) {
    list += separator;
    separator = ',';
    addProduct(list, *product, slate);
  }
  list += slate.products.empty() ? "[]" : "]";
  json.close();
  return out;
}

Slate readSlate(const Json& json) {
  Slate slate;
  slate.serveId = stringMember(json, "serveId");
  slate.title = stringMember(json, "title");
  slate.currency = currencyCode(stringMember(json, "currency"));
  if (const Json* money = member(json, "money")) {
    slate.hasMoney = true;
    slate.money = readMoneyFormat(*money);
  }
  slate.totalResults = intMember(json, "totalResults", -1);
  const Json none;
  const Json* results = member(json, "results");
  for (const Json& item : (results ? results : &none)->children) {
    const std::string_view id = stringMember(item, "productId");
    if (!isProductId(id) || findProduct(slate, id)) {
      ++slate.rejected;
      continue;
    }
    auto product = Shared<Product>::make();
    product->id = id;
    product->title = stringMember(item, "title");
    product->url = stringMember(item, "url");
    product->imageUrl = stringMember(item, "imageUrl");
    product->brand = stringMember(item, "brand");
    product->currency = currencyCode(stringMember(item, "currency"));
    const auto amount = [&](const char* name) {
      const Json* given = member(item, name);
      return given ? readAmount(*given, digitsOf(currencyOf(*product, slate))) : -1;
    };
    product->setPrices(amount("price"), amount("originalPrice"), true);
    product->highestPrice = amount("highestPrice");
    if (boolMember(item, "priceUnreadable", false)) product->isPriceUnreadable = true;
    product->setRating(numberMember(item, "rating", -1), intMember(item, "ratingCount", 0));
    product->reference = stringMember(item, "reference");
    if (const Json* badges = member(item, "badges")) {
      for (const Json& badge : badges->children) product->badges.push_back(badge.text);
    }
    if (const Json* attributes = member(item, "metadata")) {
      product->setAttributes(*attributes);
      product->srcset = stringMember(*attributes, "srcset");
      product->imageWidth = numberMember(*attributes, "imageWidth", -1);
      product->imageHeight = numberMember(*attributes, "imageHeight", -1);
    }
    slate.products.push_back(std::move(product));
  }
  return slate;
}

}  // namespace vitrine
