// Reads a Depict request: collects all complaints and reports them together like the service, as HTTP 422
// {"detail":[{"type","loc":["body",…],"msg"}]}.
//
// The service's published OpenAPI forbids unknown members, and so does this form.
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

// Returns the body as JSON. Throws a Refusal (422) for a body that is not JSON.
nlohmann::json parseDepictBody(const std::string& body);

// The service's error format: a 422 lists complaints, any other error has one sentence in "detail".
Dialect depictDialect();

class DepictForm {
 public:
  // `loc`: the path of the object, such as ["body", 2]. `source` must outlive this.
  DepictForm(const nlohmann::json& source, nlohmann::json loc);

  std::string text(const char* name);          // required; "" after a complaint
  std::string optionalText(const char* name);  // "" if absent or null
  std::string optionalNonEmptyText(const char* name);
  std::optional<std::int64_t> optionalInteger(const char* name, std::int64_t low, std::int64_t high);
  std::vector<std::string> texts(const char* name, bool isRequired, std::size_t atLeast = 0);
  void optionalTextMap(const char* name);
  const nlohmann::json* member(const char* name, bool isRequired);  // nullptr if absent; null counts as absent

  void complain(const nlohmann::json& at, const char* type, const std::string& message);
  // Adds a complaint for each member that was not read. Must be called last.
  void refuseOthers();
  void adopt(DepictForm& inner);  // moves its complaints here
  // Throws a Refusal (422) if there was a complaint.
  void finish() const;

 private:
  bool isText(const nlohmann::json& value, const char* name);

  const nlohmann::json& source_;
  nlohmann::json loc_;
  nlohmann::json complaints_ = nlohmann::json::array();
  std::vector<std::string> known_;
};

}  // namespace vitrine::demo
