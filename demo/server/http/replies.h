// JSON bodies in and out: reading what a stranger sent, writing answers and errors of one shape.
#pragma once

#include <httplib.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace vitrine::demo {

// An answer other than success: {"status":"error","error":{"code","message","field"?, …details}}.
struct Refusal {
  int status = 400;
  std::string code;        // stable, kebab-case
  std::string message;     // for the developer: what is wrong
  std::string field = {};  // the member at fault, dotted; "" if none
  nlohmann::json details = nlohmann::json::object();
};

inline Refusal invalidField(std::string_view field, std::string_view rule) {
  return {400, "invalid-field", std::string(field) + " " + std::string(rule), std::string(field)};
}

// Any JSON of at most 32 levels in UTF-8; nothing otherwise.
std::optional<nlohmann::json> readJson(std::string_view body);

// A JSON object of at most 32 levels. Throws Refusal (400) for anything else, malformed UTF-8 included.
nlohmann::json parseObject(std::string_view body);

void answer(httplib::Response& response, const nlohmann::json& body, int status = 200);
void refuse(httplib::Response& response, const Refusal& refusal);

}  // namespace vitrine::demo
