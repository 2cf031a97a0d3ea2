// Reads the members of an untrusted JSON object. Each read states a rule; a value that breaks it throws a Refusal (400)
// that names the member. A member that is null counts as absent.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace vitrine::demo {

constexpr std::size_t kMaxIdBytes = 200;  // far longer than any id in use; bounds rows and indices

class Fields {
 public:
  // `object` must be a JSON object and outlive this. `where` is the prefix of member names in messages: "items[2].".
  explicit Fields(const nlohmann::json& object, std::string where = {}) : object_(object), where_(std::move(where)) {}

  const nlohmann::json* find(const char* name) const;  // nullptr if absent

  std::string text(const char* name, std::size_t maxBytes = kMaxIdBytes) const;          // present and not empty
  std::string optionalText(const char* name, std::size_t maxBytes = kMaxIdBytes) const;  // "" if absent
  std::int64_t integer(const char* name, std::int64_t low, std::int64_t high) const;
  std::optional<std::int64_t> optionalInteger(const char* name, std::int64_t low, std::int64_t high) const;
  double number(const char* name, double low, double high) const;
  std::optional<double> optionalNumber(const char* name, double low, double high) const;
  bool optionalFlag(const char* name, bool fallback) const;
  const nlohmann::json& list(const char* name) const;  // an array, present

  [[noreturn]] void refuse(const char* name, const std::string& rule) const;

 private:
  const nlohmann::json& object_;
  std::string where_;
};

}  // namespace vitrine::demo
