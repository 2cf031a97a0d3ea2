#include "services/depict/errors.h"

#include <utility>

namespace vitrine::demo {
namespace {

using nlohmann::json;

// Returns "type" and "msg".
std::pair<std::string, std::string> wordsOf(const Complaint& complaint) {
  const Rule& rule = complaint.rule;
  switch (complaint.problem) {
    case Complaint::kMissing:
      return {"missing", "Field required"};
    case Complaint::kUnknownMember:
      return {"extra_forbidden", "Extra inputs are not permitted"};
    case Complaint::kTooSmall:
      if (rule.kind == Rule::kList) return {"too_short", "List should have at least 1 item after validation, not 0"};
      return {"greater_than_equal", "Input should be greater than or equal to " + limitText(rule, rule.low)};
    case Complaint::kTooLarge:
      if (rule.kind == Rule::kText) return {"string_too_long", "String is too long"};
      return {"less_than_equal", "Input should be less than or equal to " + limitText(rule, rule.high)};
    case Complaint::kOther:
      return {complaint.code, complaint.words};
    case Complaint::kWrongKind:
      break;
  }
  switch (rule.kind) {
    case Rule::kInteger:
      return {"int_type", "Input should be a valid integer"};
    case Rule::kNumber:
      return {"float_parsing", "Input should be a valid number"};
    case Rule::kList:
      return {"list_type", "Input should be a valid list"};
    case Rule::kObject:
      return {"dict_type", "Input should be a valid dictionary"};
    case Rule::kWord:
      return {complaint.code, "Input should be " + wordList(rule.words, "'")};
    case Rule::kText:
    case Rule::kFlag:
      break;
  }
  return {"string_type", "Input should be a valid string"};
}

Refusal print(const Complaints& complaints) {
  json detail = json::array();
  for (const Complaint& complaint : complaints) {
    const auto [type, message] = wordsOf(complaint);
    json loc = {"body"};
    for (const json& step : complaint.path) loc.push_back(step);
    detail.push_back({{"type", type}, {"loc", std::move(loc)}, {"msg", message}});
  }
  return {422, "unprocessable", "the request is not valid", {}, {{"detail", std::move(detail)}}};
}

}  // namespace

const FormStyle kDepictStyle{
    .print = print, .maxTextLength = kMaxIdBytes * 40, .acceptsBlank = true, .readsDecimalText = true};

json parseDepictBody(const std::string& body) {
  if (const std::optional<json> document = readJson(body)) return *document;
  throw print({{.path = json::array({0}), .words = "JSON decode error", .code = "json_invalid"}});
}

Dialect depictDialect() {
  const auto refuse = [](httplib::Response& response, const Refusal& refusal) {
    sendJson(response, {{"detail", refusal.details.value("detail", json(refusal.message))}}, refusal.status);
  };
  return {refuse, "Content-Type, X-API-KEY"};
}

void checkTextMap(Form& form, const char* name) {
  const json* map = form.find(name);
  if (!map || !form.inner(name, *map).isObject()) return;
  for (const auto& [key, value] : map->items())
    if (!value.is_string()) form.complain({name, key}, {.problem = Complaint::kWrongKind, .rule = {Rule::kText}});
}

}  // namespace vitrine::demo
