// Reads the few fields of a product that every card needs straight from its text, without building a tree for the rest
// of the product, which is rarely read.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/text.h"

namespace vitrine {

// A field and where its value stands in the text. Values are decoded on demand, because few are read.
struct Field {
  std::string_view name{};                 // empty: the service has no such field
  Json::Type type = Json::Type::kInvalid;  // kInvalid if the product does not have the field
  std::string_view raw{};                  // the value as it is written; of a string the text between its quotes

  bool isString() const { return type == Json::Type::kString; }
  bool isNumber() const { return type == Json::Type::kNumber; }
  bool isArray() const { return type == Json::Type::kArray; }
  // The value of a string field.
  Text text() const;
  // The value of a number field.
  double number() const;
};

// Where the object with the fields stands in the text of a product.
struct FieldsExtent {
  std::size_t begin = 0;
  std::size_t size = 0;
  bool isUtf8 = true;  // false if the text has bytes that are not UTF-8
};

// Finds the fields among the members of the JSON object `text`. With `inner`, a field that `text` itself lacks is also
// looked for in the object that is the member of that name, except fields[0]. Of two members with one name the last
// counts, as in parseJson(). Returns false where parseJson() finds no object.
bool readFields(std::string_view text, std::string_view inner, Field* fields, std::size_t count, FieldsExtent& extent);

}  // namespace vitrine
