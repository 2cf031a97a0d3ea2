// Reads the few fields of a product that everybody needs straight from its text: no tree is built for the rest, which
// is most of a reply and mostly wanted by nobody.
#pragma once

#include <string_view>

#include "core/json.h"

namespace vitrine {

// The names of fields, and what was found of them.
struct FieldName {
  std::string_view name;  // empty: wanted by nobody
  Json value{};           // invalid if it is missing
};

// Reads the members of the JSON object `text` that are among `names`; with `inner`, those of the object that is its
// member of that name (`inside` is then the text of that object), and of itself only names[0]. False if the text is
// anything but plain JSON in UTF-8 (it is not checked what else it may be): whoever wants to know reads it with
// parseJson(), and finds the same values in what is read here.
bool readFields(std::string_view text, std::string_view inner, FieldName* names, std::size_t count,
                std::string_view& inside);

}  // namespace vitrine
