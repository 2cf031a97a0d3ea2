// The `sortBy` of a search.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "recommend/ranking.h"
#include "store/catalog.h"

namespace vitrine::demo {

// Either text, "relevance" or <field>_asc / <field>_desc, or an object {field, order: "asc" | "desc"} (default asc).
// Fields: price, rating, ratingCount, name.
class SortOrder {
 public:
  SortOrder() = default;  // by relevance: leaves the order alone
  // Throws Refusal (400) naming sortBy.
  static SortOrder parse(const nlohmann::json& sortBy);

  // Equals keep their order, so that the more relevant stays ahead.
  void apply(const Catalog& catalog, std::vector<ScoredItem>& items) const;

 private:
  std::string field_;  // "" = relevance
  bool isDescending_ = false;
};

}  // namespace vitrine::demo
