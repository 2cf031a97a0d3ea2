// What a widget's template may use: the slate around its items, and each item. widget/README.md has it as a table.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "model/money.h"
#include "model/product.h"
#include "templates/json_data.h"
#include "templates/strings.h"
#include "templates/template.h"

namespace vitrine {

struct CardTemplate;

struct CardOptions {
  std::string title;                       // "" is the service's
  std::string layout = "grid";             // "grid", "carousel", "list", "strip" or "hero"
  std::shared_ptr<const Strings> strings;  // never null once read; "addToCart" "" leaves the button out
  bool hasMoney = false;
  MoneyFormat money;  // without it the service's own, else "12.90 EUR"
  int eager = 4;      // so many pictures load at once; the others when they come near
  bool hasQuantity = true;
  bool isPlaceholder = false;
  std::shared_ptr<CardTemplate> cardTemplate;  // never null once read
};

// One view serves all items of a slate, one after the other: what is made for an item holds until the next.
class CardData : public Data {
 public:
  CardData(const Slate& slate, const CardOptions& options) : slate_(slate), options_(options) {}

  // The number of a name, for TemplateOptions::fieldOf.
  static std::uint8_t fieldOf(std::string_view name);

  // With as many of its items, from the first.
  Value frame(std::size_t items);
  Value item(std::size_t position) const;

  Value member(const void* node, const Step& name, std::string& scratch) const override;
  Value element(const void* node, std::size_t index, std::string& scratch) const override;

 private:
  Value frameMember(int field, std::string& scratch) const;
  Value itemMember(int field, std::string& scratch) const;
  Value imageMember(int field, std::string& scratch) const;
  Value ratingMember(int field, std::string& scratch) const;
  Value object(const char& node, bool isTrue = true) const;
  Value address(std::string_view url, std::string& scratch) const;
  std::string money(double minor) const;
  bool isOnSale() const;
  std::string ratingLabel() const;

  const Slate& slate_;
  const CardOptions& options_;
  const JsonData json_;
  mutable const Product* product_ = nullptr;
  mutable std::size_t position_ = 0;
  mutable std::string price_;  // of product_, once it was asked for
  mutable bool isPriced_ = false;
  std::size_t items_ = 0;
};

}  // namespace vitrine
