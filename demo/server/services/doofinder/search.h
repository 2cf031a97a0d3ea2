// Doofinder's Search API under /doofinder/6/{hashid}: _search and _suggest, with the parameters of js-doofinder.
//
// The fields of filters and sorts are a shop's own, so the demo defines them. The form of a reply to _suggest is not
// documented: the demo sends results with a `term`.
#pragma once

#include <nlohmann/json.hpp>

#include "http/faults.h"
#include "http/router.h"
#include "recommend/engine.h"
#include "recommend/listing.h"

namespace vitrine::demo {

class DoofinderSearch {
 public:
  explicit DoofinderSearch(const Engine& engine) : engine_(engine) {}

  // GET /doofinder/6/{hashid}/_search and /doofinder/6/{hashid}/_suggest.
  void mount(Router& router, Faults& faults);

 private:
  nlohmann::json list(const httplib::Request& request) const;
  nlohmann::json suggest(const httplib::Request& request) const;

  const Engine engine_;
};

}  // namespace vitrine::demo
