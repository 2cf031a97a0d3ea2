// nlohmann/json, read through its public interface, says what our own JSON reader must find.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/json.h"

// Returns the value that nlohmann/json reads; is_discarded() is true for a text that it rejects.
inline nlohmann::json oracleOf(std::string_view text) { return nlohmann::json::parse(text, nullptr, false); }

// Returns whether both values are equal. If two members have the same name, the last one counts.
inline bool isSame(const vitrine::Json& ours, const nlohmann::json& theirs) {
  using Type = vitrine::Json::Type;
  switch (ours.type) {
    case Type::kNull:
      return theirs.is_null();
    case Type::kBool:
      return theirs.is_boolean() && theirs.get<bool>() == (ours.number != 0);
    case Type::kNumber:
      return theirs.is_number() && theirs.get<double>() == ours.number;
    case Type::kString:
      return theirs.is_string() && theirs.get_ref<const std::string&>() == ours.text;
    case Type::kArray: {
      if (!theirs.is_array() || theirs.size() != ours.children.size()) return false;
      for (std::size_t i = 0; i < theirs.size(); ++i) {
        if (!isSame(ours.children[i], theirs[i])) return false;
      }
      return true;
    }
    case Type::kObject: {
      if (!theirs.is_object()) return false;
      for (const vitrine::Json& child : ours.children) {
        if (!theirs.contains(child.name)) return false;
      }
      for (const auto& [name, value] : theirs.items()) {
        const vitrine::Json* const found = vitrine::member(ours, name);
        if (!found || !isSame(*found, value)) return false;
      }
      return true;
    }
    default:
      return theirs.is_discarded();
  }
}

// How many arrays and objects are open at the deepest place.
inline int oracleDepth(const nlohmann::json& value) {
  int deepest = 0;
  for (const nlohmann::json& child : value) {
    if (child.is_structured()) deepest = std::max(deepest, oracleDepth(child));
  }
  return value.is_structured() ? deepest + 1 : 0;
}
