// Reads the few fields of a product that everybody needs straight from its text: no tree is built for the rest, which
// is most of a reply and mostly wanted by nobody.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace vitrine {

// A field, and what was found of it: where it stands, and not what it says, for few are asked.
struct Field {
  std::string_view name{};                 // empty: wanted by nobody
  Json::Type type = Json::Type::kInvalid;  // so if it is missing
  std::string_view raw{};                  // as it is written; of a string what stands between its quotes
  bool isEscaped = false;                  // of a string: its text is another

  bool isString() const { return type == Json::Type::kString; }
  bool isNumber() const { return type == Json::Type::kNumber; }
  bool isArray() const { return type == Json::Type::kArray; }
  // Of a string.
  std::string text() const;
  // Of a number.
  double number() const;
};

// Finds the members of the JSON object `text` that are among `fields`; with `inner`, those of the object that is its
// member of that name (`inside` is then the text of that object), and of itself only fields[0]. False if the text is
// anything but plain JSON in UTF-8 (it is not checked what else it may be): whoever wants to know reads it with
// parseJson(), and finds the same values in what is read here.
bool readFields(std::string_view text, std::string_view inner, Field* fields, std::size_t count,
                std::string_view& inside);

}  // namespace vitrine
