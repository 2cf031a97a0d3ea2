#include "templates/json_data.h"

namespace vitrine {

Value JsonData::of(const Json& json) const {
  Value value;
  value.isFound = json.isValid();
  value.data = this;
  value.node = &json;
  value.isList = json.isArray();
  if (value.isList) value.count = json.children.size();
  if (json.isBool() && json.number != 0) value.text = "true";
  if (json.isBool() && json.number == 0) value.text = "false";
  if (json.isString() || json.isNumber()) value.text = json.text;
  value.isTrue = json.isObject() || value.count > 0 || (json.isString() ? !json.text.empty() : json.number != 0);
  return value;
}

Value JsonData::member(const void* node, const Key& key, Text&) const {
  const Json* found = vitrine::member(*static_cast<const Json*>(node), key.text);
  return found ? of(*found) : Value();
}

Value JsonData::element(const void* node, std::size_t index, Text&) const {
  return of(static_cast<const Json*>(node)->children[index]);
}

}  // namespace vitrine
