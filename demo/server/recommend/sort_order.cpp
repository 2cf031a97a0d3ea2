#include "recommend/sort_order.h"

#include <algorithm>

#include "http/replies.h"
#include "store/words.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

std::string textMember(const json& object, const char* name, const char* fallback) {
  const auto found = object.find(name);
  if (found == object.end()) return fallback;
  return found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

SortOrder SortOrder::parse(const json& sortBy) {
  std::string field, direction;
  if (sortBy.is_string()) {
    field = sortBy.get<std::string>();
    if (const std::size_t mark = field.rfind('_'); mark != std::string::npos) {
      direction = field.substr(mark + 1);
      field.resize(mark);
    } else if (field != "relevance") {
      field.clear();
    }
  } else if (sortBy.is_object()) {
    field = textMember(sortBy, "field", "");
    direction = textMember(sortBy, "order", "asc");
  }
  SortOrder order;
  if (field == "relevance") return order;
  constexpr std::string_view kFields[] = {"price", "rating", "ratingCount", "name"};
  if (std::find(std::begin(kFields), std::end(kFields), field) == std::end(kFields) ||
      (direction != "asc" && direction != "desc"))
    throw invalidField("sortBy", "must be relevance, or price, rating, ratingCount or name followed by _asc or _desc");
  order.field_ = field;
  order.isDescending_ = direction == "desc";
  return order;
}

void SortOrder::apply(const Catalog& catalog, std::vector<ScoredItem>& items) const {
  const auto sortByKey = [&](const auto& keyOf) {
    std::stable_sort(items.begin(), items.end(), [&](const ScoredItem& a, const ScoredItem& b) {
      const auto left = keyOf(catalog[a.item]), right = keyOf(catalog[b.item]);
      return isDescending_ ? right < left : left < right;
    });
  };
  if (field_ == "price")
    sortByKey([](const CatalogProduct& product) { return product.price; });
  else if (field_ == "rating")
    sortByKey([](const CatalogProduct& product) { return product.rating; });
  else if (field_ == "ratingCount")
    sortByKey([](const CatalogProduct& product) { return product.ratingCount; });
  else if (field_ == "name")
    sortByKey([](const CatalogProduct& product) { return fold(product.name); });
}

}  // namespace vitrine::demo
