#include "http/replies.h"

#include <algorithm>

namespace vitrine::demo {
namespace {

using nlohmann::json;

int depthOf(std::string_view text) {
  int depth = 0, deepest = 0;
  bool isString = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (isString && c == '\\')
      ++i;
    else if (c == '"')
      isString = !isString;
    else if (!isString && (c == '[' || c == '{'))
      deepest = std::max(deepest, ++depth);
    else if (!isString && (c == ']' || c == '}'))
      --depth;
  }
  return deepest;
}

}  // namespace

std::optional<json> readJson(std::string_view body, int maxDepth) {
  if (depthOf(body) > maxDepth) return std::nullopt;
  json document = json::parse(body, nullptr, false);
  if (document.is_discarded()) return std::nullopt;
  return document;
}

json parseObject(std::string_view body) {
  if (body.empty()) throw Refusal{400, "bad-json", "the body is empty; a JSON object is expected"};
  if (depthOf(body) > kMaxDepth)
    throw Refusal{400, "bad-json", "the body is nested deeper than " + std::to_string(kMaxDepth) + " levels"};
  json document = json::parse(body, nullptr, false);
  if (document.is_discarded()) throw Refusal{400, "bad-json", "the body is not JSON in UTF-8"};
  if (!document.is_object()) throw Refusal{400, "bad-json", "the body is not a JSON object"};
  return document;
}

void sendJson(httplib::Response& response, const json& body, int status) {
  response.status = status;
  // Invalid UTF-8 is replaced, because messages may quote bytes of the request.
  response.set_content(body.dump(-1, ' ', false, json::error_handler_t::replace), "application/json");
}

void refuse(httplib::Response& response, const Refusal& refusal) {
  json error = refusal.details;
  error["code"] = refusal.code;
  error["message"] = refusal.message;
  if (!refusal.field.empty()) error["field"] = refusal.field;
  sendJson(response, {{"status", "error"}, {"error", error}}, refusal.status);
}

}  // namespace vitrine::demo
