// The Refine protocol: recommendations, search and event intake as a shop calls them under /refine.
//
// Paths, bodies and errors follow the service's documentation; the demo defines what it leaves open (visitor, user
// and search paths, the event format, sortBy).
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "http/faults.h"
#include "http/router.h"
#include "recommend/engine.h"

namespace vitrine::demo {

// The only valid API key.
constexpr char kRefineApiKey[] = "pk_demo";

class RefineApi {
 public:
  explicit RefineApi(const Engine& engine) : engine_(engine) {}

  // POST /refine/recs, /refine/recs/visitor, /refine/recs/user, /refine/search/text (key required) and /refine/events.
  void mount(Router& router, Faults& faults);

 private:
  nlohmann::json similarItems(const nlohmann::json& body) const;
  nlohmann::json forVisitor(const nlohmann::json& body) const;
  nlohmann::json forUser(const nlohmann::json& body) const;
  nlohmann::json searchText(const nlohmann::json& body) const;
  nlohmann::json takeEvents(const nlohmann::json& body) const;

  nlohmann::json reply(const Ranking& ranking, std::string_view title, bool withMetadata) const;

  const Engine engine_;
};

}  // namespace vitrine::demo
