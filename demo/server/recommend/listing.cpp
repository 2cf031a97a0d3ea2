#include "recommend/listing.h"

#include <algorithm>
#include <map>

#include "store/words.h"

namespace vitrine::demo {
namespace {

constexpr std::string_view kTextFields[] = {"brand", "color", "category"};

const std::string& textOf(const CatalogProduct& product, std::string_view field) {
  return field == "brand" ? product.brand : field == "color" ? product.color : product.category;
}

bool holds(const ListCondition& condition, const CatalogProduct& product) {
  const double number = condition.field == "price" ? product.price : product.rating;
  const auto isAmong = [&] {
    const std::string& text = textOf(product, condition.field);
    return std::find(condition.texts.begin(), condition.texts.end(), text) != condition.texts.end();
  };
  switch (condition.kind) {
    case ListCondition::kAmong:
      return isAmong();
    case ListCondition::kNotAmong:
      return !isAmong();
    case ListCondition::kAtLeast:
      return number >= condition.limit;
    case ListCondition::kAtMost:
      return number <= condition.limit;
    case ListCondition::kAbove:
      return number > condition.limit;
    case ListCondition::kBelow:
      return number < condition.limit;
  }
  return false;
}

// `without`: the field whose conditions do not count.
bool isListed(const ListQuery& query, const CatalogProduct& product, std::string_view without) {
  return std::all_of(query.conditions.begin(), query.conditions.end(), [&](const ListCondition& condition) {
    return condition.field == without || holds(condition, product);
  });
}

}  // namespace

Listed listProducts(const Catalog& catalog, const Search& search, const ListQuery& query) {
  std::vector<ScoredItem> found;
  if (query.words.empty()) {
    for (ItemIndex item = 0; item < catalog.size(); ++item) found.push_back({item, 1});
  } else {
    found = search.find(query.words, 1);
  }
  const std::string category = fold(query.category);
  std::erase_if(found, [&](const ScoredItem& item) {
    return !category.empty() && fold(catalog[item.item].category) != category;
  });
  Listed listed;
  for (const std::string_view field : kTextFields) {
    std::map<std::string, std::size_t> counts;
    for (const ScoredItem& item : found)
      if (isListed(query, catalog[item.item], field)) ++counts[textOf(catalog[item.item], field)];
    FacetCounts facet{std::string(field), {counts.begin(), counts.end()}};
    std::stable_sort(facet.values.begin(), facet.values.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    if (!facet.values.empty()) listed.facets.push_back(std::move(facet));
  }
  for (const ScoredItem& item : found) {
    const double price = catalog[item.item].price;
    if (!isListed(query, catalog[item.item], "price")) continue;
    listed.lowest = listed.highest == 0 ? price : std::min(listed.lowest, price);
    listed.highest = std::max(listed.highest, price);
  }
  std::erase_if(found, [&](const ScoredItem& item) { return !isListed(query, catalog[item.item], ""); });
  listed.total = found.size();
  query.order.apply(catalog, found);
  for (std::size_t i = query.offset; i < std::min(found.size(), query.offset + query.limit); ++i)
    listed.items.push_back(found[i]);
  return listed;
}

std::vector<std::string> suggestTerms(const Catalog& catalog, const Search& search, std::string_view typed,
                                      std::size_t most) {
  const std::vector<std::string> wanted = words(typed);
  std::vector<std::string> terms;
  const auto add = [&](const std::string& text) {
    const std::string term = fold(text);
    if (terms.size() < most && std::find(terms.begin(), terms.end(), term) == terms.end()) terms.push_back(term);
  };
  if (wanted.empty()) return terms;
  const auto begins = [&](const std::string& text) {
    const std::vector<std::string> parts = words(text);
    return std::any_of(parts.begin(), parts.end(),
                       [&](const std::string& part) { return part.starts_with(wanted.back()); });
  };
  if (wanted.size() == 1)
    for (const CatalogProduct& product : catalog.products()) {
      for (const std::string* text : {&product.category, &product.brand, &product.color})
        if (begins(*text)) add(*text);
      for (const std::string& tag : product.tags)
        if (begins(tag)) add(tag);
    }
  for (const ScoredItem& item : search.find(typed, 1)) add(catalog[item.item].name);
  return terms;
}

}  // namespace vitrine::demo
