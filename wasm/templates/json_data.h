// JSON as a template's data. False, null, 0, "" and [] do not show their sections, as in every Mustache for JavaScript.
#pragma once

#include "base/json.h"
#include "templates/template_data.h"

namespace vitrine {

class JsonData : public Data {
 public:
  Value of(const Json& json) const;
  Value member(const void* node, const Step& name, std::string& scratch) const override;
  Value element(const void* node, std::size_t index, std::string& scratch) const override;
};

}  // namespace vitrine
