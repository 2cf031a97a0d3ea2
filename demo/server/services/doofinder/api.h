// The Doofinder protocol: recommendation widgets under /doofinder/api/widget/{widget_id}.
//
// Fields, their lengths and errors follow the service's documentation. Three things are configured in the service's
// panel, so the demo defines them: the widgets below; that none has a fallback, so a widget without its signals has no
// results; and that only origins of this machine are allowed. The service does not publish its rate limit: order a 429
// through /_faults.
#pragma once

#include <httplib.h>

#include <nlohmann/json.hpp>
#include <string>

#include "http/faults.h"
#include "http/router.h"
#include "recommend/engine.h"
#include "services/doofinder/dfid.h"

namespace vitrine::demo {

class DoofinderApi {
 public:
  explicit DoofinderApi(const Engine& engine) : engine_(engine), dfids_(engine.catalog) {}

  // POST /doofinder/api/widget/{widget_id}:
  //   5f3e0000-0000-4000-8000-000000000001  similar products      to the product page of current_url
  //   5f3e0000-0000-4000-8000-000000000002  browsing history      of session_id
  //   5f3e0000-0000-4000-8000-000000000003  frequently bought together   with cart_items
  //   5f3e0000-0000-4000-8000-000000000004  personalized          to user_id
  //   5f3e0000-0000-4000-8000-000000000005  trending
  void mount(Router& router, Faults& faults);

 private:
  struct Query;
  Query read(const nlohmann::json& body) const;
  nlohmann::json recommend(const std::string& widgetId, const nlohmann::json& body, const std::string& origin) const;

  const Engine engine_;
  const Dfids dfids_;
};

}  // namespace vitrine::demo
