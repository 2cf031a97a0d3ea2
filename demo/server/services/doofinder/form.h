// Reading a Doofinder request: all that is wrong with it is collected, and refused together as the service does, with
// HTTP 400 {"error":"Bad request","details":{"<field>":["<rule>",…]}}.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "http/router.h"

namespace vitrine::demo {

// The search engine that this service knows.
constexpr char kDoofinderHashid[] = "de8f052ea612f95b6950d4013dd6ef38";
constexpr std::size_t kMaxSessionIdLength = 32, kMaxUserIdLength = 36;

// How the service words errors, and that pages of any origin may call it.
Dialect doofinderDialect();

// An object, "" counting as an empty one. Throws the refusal for anything else.
nlohmann::json parseDoofinderBody(const std::string& body);

class DoofinderForm {
 public:
  // A JSON object that must outlive this.
  explicit DoofinderForm(const nlohmann::json& source) : source_(source) {}

  std::string text(const char* name, std::size_t maxLength = 2000);
  std::string optionalText(const char* name, std::size_t maxLength = 2000);
  // A number, or its text as a query string has it.
  std::optional<double> optionalNumber(const char* name, double low, double high);
  const nlohmann::json& optionalList(const char* name);  // an empty array if absent

  void complain(const std::string& name, const std::string& rule);
  // Throws the refusal (400) if there was any complaint.
  void finish() const;

 private:
  const nlohmann::json* find(const char* name) const;  // nullptr if absent or null

  const nlohmann::json& source_;
  nlohmann::json details_ = nlohmann::json::object();
};

}  // namespace vitrine::demo
