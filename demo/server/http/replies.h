// JSON bodies: reads untrusted request bodies, writes replies and errors of one shape.
#pragma once

#include <httplib.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace vitrine::demo {

// A reply other than success: {"status":"error","error":{"code","message","field"?, …details}}.
struct Refusal {
  int status = 400;
  std::string code;        // stable, kebab-case
  std::string message;     // for the developer: what is wrong and what is expected
  std::string field = {};  // dotted path of the wrong member; "" if none
  nlohmann::json details = nlohmann::json::object();
  int retryAfterS = 0;  // the Retry-After header in seconds; 0: none
};

inline Refusal invalidField(std::string_view field, std::string_view rule) {
  return {400, "invalid-field", std::string(field) + " " + std::string(rule), std::string(field)};
}

// The deepest document of any protocol here has 5 levels. The bound is checked before a tree is built, because copying
// and writing a tree recurse.
inline constexpr int kMaxDepth = 32;

// Returns any JSON in UTF-8 of at most `maxDepth` levels; nullopt otherwise.
std::optional<nlohmann::json> readJson(std::string_view body, int maxDepth = kMaxDepth);

// Returns a JSON object of at most 32 levels. Throws Refusal (400) for anything else, malformed UTF-8 included.
nlohmann::json parseObject(std::string_view body);

void sendJson(httplib::Response& response, const nlohmann::json& body, int status = 200);
void refuse(httplib::Response& response, const Refusal& refusal);

}  // namespace vitrine::demo
