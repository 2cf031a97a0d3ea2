// The Refine protocol: recommendations, search and event intake as a shop calls them under /refine.
//
// Paths, bodies and errors follow the vendor's documentation; what that leaves open (visitor, user and search paths,
// the event wire, sortBy) is ours.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "catalog.h"
#include "faults.h"
#include "recommender.h"
#include "router.h"
#include "search.h"
#include "store.h"

namespace vitrine::demo {

// The only key this service knows.
constexpr char kRefineApiKey[] = "pk_demo";

class RefineApi {
 public:
  // All must outlive this.
  RefineApi(const Catalog& catalog, const Search& search, Recommender& recommender, Store& store)
      : catalog_(catalog), search_(search), recommender_(recommender), store_(store) {}

  // POST /refine/recs, /refine/recs/visitor, /refine/recs/user, /refine/search/text (key required) and /refine/events.
  void mount(Router& router, Faults& faults);

 private:
  nlohmann::json similarItems(const nlohmann::json& body) const;
  nlohmann::json forVisitor(const nlohmann::json& body) const;
  nlohmann::json forUser(const nlohmann::json& body) const;
  nlohmann::json searchText(const nlohmann::json& body) const;
  nlohmann::json takeEvents(const nlohmann::json& body);

  nlohmann::json reply(const Slate& slate, std::string_view title, bool withMetadata) const;

  const Catalog& catalog_;
  const Search& search_;
  Recommender& recommender_;
  Store& store_;
};

}  // namespace vitrine::demo
