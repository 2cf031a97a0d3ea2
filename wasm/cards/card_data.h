// The data of a widget's template: the slate around its items (the frame), and each item. widget/README.md lists the
// names in a table.
#pragma once

#include <string_view>

#include "base/shared.h"
#include "base/text.h"
#include "model/money.h"
#include "model/product.h"
#include "templates/json_data.h"
#include "templates/strings.h"
#include "templates/template.h"

namespace vitrine {

struct CardTemplate;

// How a widget shows its slate. readCardOptions() (card.h) fills it in.
struct CardOptions {
  Text title;                     // "": the title that the service sent
  Text layout = "grid";           // "grid", "carousel", "list", "strip" or "hero"
  Shared<const Strings> strings;  // never null once read; an empty "addToCart" leaves the button out
  bool hasMoney = false;
  MoneyFormat money;    // used if hasMoney; otherwise the service's format, else "12.90 EUR"
  MoneyFormat numbers;  // for ratings, counts and percentages, which have no currency
  int eager = 4;        // number of pictures that load at once; the others load when they come near
  bool hasQuantity = true;
  Shared<CardTemplate> cardTemplate;  // never null once read
};

// One object serves all items of a slate, one after the other: the value of an item is valid until the next call of
// item().
class CardData : public Data {
 public:
  // The slate and the options must outlive this object. isPlaceholder: the items are boxes without content.
  CardData(const Slate& slate, const CardOptions& options, bool isPlaceholder = false)
      : slate_(slate), options_(options), isPlaceholder_(isPlaceholder) {}

  // Returns the number of a key, or 0; for TemplateOptions::fieldOf.
  static std::uint8_t fieldOf(std::string_view key);

  // Returns the frame's data with only the first `items` items.
  Value frame(std::size_t items);
  // Returns the data of the item at `position` (from 0).
  Value item(std::size_t position) const;

  Value member(const void* node, const Key& key, Text& scratch) const override;
  Value element(const void* node, std::size_t index, Text& scratch) const override;

 private:
  Value frameMember(int field, Text& scratch) const;
  Value itemMember(int field, Text& scratch) const;
  Value imageMember(int field, Text& scratch) const;
  Value ratingMember(int field, Text& scratch) const;
  Value object(const char& node, bool isTrue = true) const;
  Value address(std::string_view url, Text& scratch) const;
  Text money(double amount) const;
  // Formats both prices of the current item, at the first call.
  void readPrices() const;
  // Returns the discount in whole percent; -1 if there is none to show.
  double discount() const;
  // Returns the number as the locale writes it, with at most one decimal.
  Text decimal(double value) const;
  Text ratingLabel() const;

  const Slate& slate_;
  const CardOptions& options_;
  const bool isPlaceholder_;
  const JsonData json_;
  mutable const Product* product_ = nullptr;  // the current item
  mutable std::size_t position_ = 0;
  mutable Text price_;          // prices of the current item, as text
  mutable Text originalPrice_;  // "" if it is not on sale
  mutable bool isPriced_ = false;
  std::size_t items_ = 0;
};

}  // namespace vitrine
