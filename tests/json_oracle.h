// nlohmann/json, read through its public interface, says what our own JSON reader must find.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/json.h"

// Returns the text with the escape of U+FFFD for each escape of half a surrogate pair. JSON.parse() and our reader
// accept these, nlohmann/json does not.
inline std::string withoutHalves(std::string_view text) {
  std::string out;
  const auto unit = [&](std::size_t i) {
    if (i + 6 > text.size() || text[i] != '\\' || text[i + 1] != 'u') return 0l;
    const std::string digits(text.substr(i + 2, 4));
    return digits.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos ? std::stol(digits, nullptr, 16) : 0;
  };
  const auto isIn = [](long code, long low) { return code >= low && code < low + 0x400; };
  for (std::size_t i = 0; i < text.size();) {
    const long code = unit(i);
    std::size_t size = text[i] == '\\' ? 2 : 1;
    if (isIn(code, 0xD800) && isIn(unit(i + 6), 0xDC00)) {
      size = 12;
    } else if (isIn(code, 0xD800) || isIn(code, 0xDC00)) {
      out += "\\uFFFD";
      i += 6;
      continue;
    }
    out += text.substr(i, size);
    i += size;
  }
  return out;
}

// Returns the value that nlohmann/json reads; is_discarded() is true for a text that it rejects.
inline nlohmann::json oracleOf(std::string_view text) {
  return nlohmann::json::parse(withoutHalves(text), nullptr, false);
}

// Returns whether both values are equal. If two members have the same name, the last one counts.
inline bool isSame(const vitrine::Json& ours, const nlohmann::json& theirs) {
  using Type = vitrine::Json::Type;
  switch (ours.type) {
    case Type::kInvalid:
      break;
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
  }
  return theirs.is_discarded() || theirs == std::string(2, '\0');  // kUnwritable
}

// How many arrays and objects are open at the deepest place.
inline int oracleDepth(const nlohmann::json& value) {
  int deepest = 0;
  for (const nlohmann::json& child : value) {
    if (child.is_structured()) deepest = std::max(deepest, oracleDepth(child));
  }
  return value.is_structured() ? deepest + 1 : 0;
}
