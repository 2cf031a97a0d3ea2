#include "services/depict/form.h"

#include <algorithm>

#include "http/fields.h"
#include "http/replies.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

Refusal unprocessable(const json& complaints) {
  return {422, "unprocessable", "the request is not valid", {}, {{"detail", complaints}}};
}

}  // namespace

json parseDepictBody(const std::string& body) {
  const std::optional<json> document = readJson(body);
  if (document) return *document;
  const json complaint = {{"type", "json_invalid"}, {"loc", json::array({"body", 0})}, {"msg", "JSON decode error"}};
  throw unprocessable(json::array({complaint}));
}

Dialect depictDialect() {
  const auto refuse = [](httplib::Response& response, const Refusal& refusal) {
    const auto complaints = refusal.details.find("detail");
    sendJson(response, {{"detail", complaints == refusal.details.end() ? json(refusal.message) : *complaints}},
             refusal.status);
  };
  return {refuse, "Content-Type, X-API-KEY"};
}

DepictForm::DepictForm(const json& source, json loc) : source_(source), loc_(std::move(loc)) {
  if (!source_.is_object()) complain(loc_, "dict_type", "Input should be a valid dictionary");
}

void DepictForm::complain(const json& at, const char* type, const std::string& message) {
  complaints_.push_back({{"type", type}, {"loc", at}, {"msg", message}});
}

const json* DepictForm::member(const char* name, bool isRequired) {
  known_.emplace_back(name);
  if (!source_.is_object()) return nullptr;
  const auto found = source_.find(name);
  if (found != source_.end() && !(found->is_null() && !isRequired)) return &*found;
  if (isRequired) {
    json at = loc_;
    at.push_back(name);
    complain(at, "missing", "Field required");
  }
  return nullptr;
}

bool DepictForm::isText(const json& value, const char* name) {
  json at = loc_;
  at.push_back(name);
  if (!value.is_string())
    complain(at, "string_type", "Input should be a valid string");
  else if (value.get_ref<const std::string&>().size() > kMaxIdBytes * 40)
    complain(at, "string_too_long", "String is too long");
  else
    return true;
  return false;
}

std::string DepictForm::text(const char* name) {
  const json* value = member(name, true);
  return value && isText(*value, name) ? value->get<std::string>() : std::string();
}

std::string DepictForm::optionalText(const char* name) {
  const json* value = member(name, false);
  return value && isText(*value, name) ? value->get<std::string>() : std::string();
}

std::string DepictForm::optionalNonEmptyText(const char* name) {
  const json* value = member(name, false);
  if (!value || !isText(*value, name)) return {};
  if (!value->get_ref<const std::string&>().empty()) return value->get<std::string>();
  json at = loc_;
  at.push_back(name);
  complain(at, "string_too_short", "String should have at least 1 character");
  return {};
}

std::optional<std::int64_t> DepictForm::optionalInteger(const char* name, std::int64_t low, std::int64_t high) {
  const json* value = member(name, false);
  if (!value) return std::nullopt;
  json at = loc_;
  at.push_back(name);
  if (!value->is_number_integer())
    complain(at, "int_type", "Input should be a valid integer");
  else if (value->get<std::int64_t>() < low)
    complain(at, "greater_than_equal", "Input should be greater than or equal to " + std::to_string(low));
  else if (value->get<std::int64_t>() > high)
    complain(at, "less_than_equal", "Input should be less than or equal to " + std::to_string(high));
  else
    return value->get<std::int64_t>();
  return std::nullopt;
}

std::vector<std::string> DepictForm::texts(const char* name, bool isRequired, std::size_t atLeast) {
  std::vector<std::string> read;
  const json* value = member(name, isRequired);
  if (!value) return read;
  json at = loc_;
  at.push_back(name);
  if (!value->is_array()) {
    complain(at, "list_type", "Input should be a valid list");
    return read;
  }
  if (value->size() < atLeast)
    complain(at, "too_short", "List should have at least " + std::to_string(atLeast) + " item");
  for (std::size_t i = 0; i < value->size(); ++i) {
    at = loc_;
    at.push_back(name);
    at.push_back(i);
    if ((*value)[i].is_string())
      read.push_back((*value)[i].get<std::string>());
    else
      complain(at, "string_type", "Input should be a valid string");
  }
  return read;
}

void DepictForm::optionalTextMap(const char* name) {
  const json* value = member(name, false);
  if (!value) return;
  json at = loc_;
  at.push_back(name);
  if (!value->is_object()) return complain(at, "dict_type", "Input should be a valid dictionary");
  for (const auto& [key, entry] : value->items()) {
    if (entry.is_string()) continue;
    json inner = at;
    inner.push_back(key);
    complain(inner, "string_type", "Input should be a valid string");
  }
}

void DepictForm::refuseOthers() {
  if (!source_.is_object()) return;
  for (const auto& [name, value] : source_.items()) {
    if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
    json at = loc_;
    at.push_back(name);
    complain(at, "extra_forbidden", "Extra inputs are not permitted");
  }
}

void DepictForm::adopt(DepictForm& inner) {
  for (json& complaint : inner.complaints_) complaints_.push_back(std::move(complaint));
  inner.complaints_ = json::array();
}

void DepictForm::finish() const {
  if (!complaints_.empty()) throw unprocessable(complaints_);
}

}  // namespace vitrine::demo
