// JSON as the data of a template. false, null, 0, "" and [] do not show their sections, as in every Mustache for
// JavaScript.
#pragma once

#include "base/json.h"
#include "templates/template_data.h"

namespace vitrine {

class JsonData : public Data {
 public:
  // Returns the value of `json`, which must outlive the rendering.
  Value of(const Json& json) const;
  Value member(const void* node, const Key& key, Text& scratch) const override;
  Value element(const void* node, std::size_t index, Text& scratch) const override;
};

}  // namespace vitrine
