// Reads a Doofinder request: collects all complaints and reports them together like the service, as HTTP 400
// {"error":"Bad request","details":{"<field>":["<rule>",…]}}.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "http/router.h"

namespace vitrine::demo {

// The only search engine of the demo.
constexpr char kDoofinderHashid[] = "de8f052ea612f95b6950d4013dd6ef38";
constexpr std::size_t kMaxSessionIdLength = 32, kMaxUserIdLength = 36;

// The service's error format; pages of any origin may call it.
Dialect doofinderDialect();

// Returns a JSON object; an empty body counts as {}. Throws a Refusal (400) for anything else.
nlohmann::json parseDoofinderBody(const std::string& body);

class DoofinderForm {
 public:
  // `source` must be a JSON object and outlive this.
  explicit DoofinderForm(const nlohmann::json& source) : source_(source) {}

  std::string text(const char* name, std::size_t maxLength = 2000);
  std::string optionalText(const char* name, std::size_t maxLength = 2000);
  // Reads a number, or its text, because query strings carry text.
  std::optional<double> optionalNumber(const char* name, double low, double high);
  const nlohmann::json& optionalList(const char* name);  // an empty array if absent

  void complain(const std::string& name, const std::string& rule);
  // Throws a Refusal (400) if there was a complaint.
  void finish() const;

 private:
  const nlohmann::json* find(const char* name) const;  // nullptr if absent or null

  const nlohmann::json& source_;
  nlohmann::json details_ = nlohmann::json::object();
};

}  // namespace vitrine::demo
