// Reading a Depict request: all that is wrong with it is collected, and refused together as the service does, with
// HTTP 422 {"detail":[{"type","loc":["body",…],"msg"}]}.
//
// The service's published OpenAPI forbids members that it does not name; so do we.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/router.h"

namespace vitrine::demo {

// The body as JSON. Throws the refusal for a body that is none.
nlohmann::json parseDepictBody(const std::string& body);

// How the service words errors: a 422 lists its complaints, anything else has one sentence in "detail".
Dialect depictDialect();

class DepictForm {
 public:
  // An object at `loc` (["body", 2]). `source` must outlive this.
  DepictForm(const nlohmann::json& source, nlohmann::json loc);

  std::string text(const char* name);          // required; "" once it has complained
  std::string optionalText(const char* name);  // "" if absent or null
  std::string optionalNonEmptyText(const char* name);
  std::optional<std::int64_t> optionalInteger(const char* name, std::int64_t low, std::int64_t high);
  std::vector<std::string> texts(const char* name, bool isRequired, std::size_t atLeast = 0);
  void optionalTextMap(const char* name);
  const nlohmann::json* member(const char* name, bool isRequired);  // nullptr if absent; null counts as absent

  void complain(const nlohmann::json& at, const char* type, const std::string& message);
  // Members that were not read are complaints too. To be called last.
  void refuseOthers();
  void adopt(DepictForm& inner);  // takes over its complaints
  // Throws the refusal (422) if there was any complaint.
  void finish() const;

 private:
  bool isText(const nlohmann::json& value, const char* name);

  const nlohmann::json& source_;
  nlohmann::json loc_;
  nlohmann::json complaints_ = nlohmann::json::array();
  std::vector<std::string> known_;
};

}  // namespace vitrine::demo
