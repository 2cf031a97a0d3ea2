#include "http/fields.h"

#include <sstream>

#include "http/replies.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

template <class Number>
std::string rangeRule(const char* kind, Number low, Number high) {
  std::ostringstream rule;
  rule << "must be " << kind << " from " << low << " to " << high;
  return rule.str();
}

}  // namespace

const json* Fields::find(const char* name) const {
  const auto found = object_.find(name);
  return found == object_.end() || found->is_null() ? nullptr : &*found;
}

void Fields::refuse(const char* name, const std::string& rule) const { throw invalidField(where_ + name, rule); }

std::string Fields::text(const char* name, std::size_t maxBytes) const {
  std::string value = optionalText(name, maxBytes);
  if (value.empty()) refuse(name, "must be a non-empty string");
  return value;
}

std::string Fields::optionalText(const char* name, std::size_t maxBytes) const {
  const json* value = find(name);
  if (!value) return {};
  if (!value->is_string()) refuse(name, "must be a string");
  const auto& text = value->get_ref<const std::string&>();
  if (text.size() > maxBytes) refuse(name, "must be at most " + std::to_string(maxBytes) + " bytes long");
  return text;
}

std::int64_t Fields::integer(const char* name, std::int64_t low, std::int64_t high) const {
  const auto value = optionalInteger(name, low, high);
  if (!value) refuse(name, rangeRule("an integer", low, high));
  return *value;
}

std::optional<std::int64_t> Fields::optionalInteger(const char* name, std::int64_t low, std::int64_t high) const {
  const json* value = find(name);
  if (!value) return std::nullopt;
  if (!value->is_number_integer() || value->get<std::int64_t>() < low || value->get<std::int64_t>() > high)
    refuse(name, rangeRule("an integer", low, high));
  return value->get<std::int64_t>();
}

double Fields::number(const char* name, double low, double high) const {
  const auto value = optionalNumber(name, low, high);
  if (!value) refuse(name, rangeRule("a number", low, high));
  return *value;
}

std::optional<double> Fields::optionalNumber(const char* name, double low, double high) const {
  const json* value = find(name);
  if (!value) return std::nullopt;
  if (!value->is_number() || !(value->get<double>() >= low && value->get<double>() <= high))
    refuse(name, rangeRule("a number", low, high));
  return value->get<double>();
}

bool Fields::optionalFlag(const char* name, bool fallback) const {
  const json* value = find(name);
  if (!value) return fallback;
  if (!value->is_boolean()) refuse(name, "must be true or false");
  return value->get<bool>();
}

const json& Fields::list(const char* name) const {
  const json* value = find(name);
  if (!value || !value->is_array()) refuse(name, "must be an array");
  return *value;
}

}  // namespace vitrine::demo
