// The `sortBy` of a search.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "recommend/ranking.h"
#include "store/catalog.h"

namespace vitrine::demo {

// A sort order is either text, "relevance" or <field>_asc / <field>_desc, or an object {field, order: "asc" | "desc"}
// (default asc). Fields: price, rating, ratingCount, name.
class SortOrder {
 public:
  SortOrder() = default;  // by relevance: leaves the order alone
  // Throws Refusal (400) that names sortBy.
  static SortOrder parse(const nlohmann::json& sortBy);

  // The sort is stable, so that the more relevant of two equal products stays ahead.
  void apply(const Catalog& catalog, std::vector<ScoredItem>& items) const;

 private:
  std::string field_;  // "" = relevance
  bool isDescending_ = false;
};

}  // namespace vitrine::demo
