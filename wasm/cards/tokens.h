// Markup that templates wrote (markup.h), read back tag by tag.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "templates/html.h"

namespace vitrine {

struct Token {
  enum class Kind : unsigned char { kText, kOpen, kClose, kEnd, kUnknown };

  Kind kind = Kind::kUnknown;
  std::string_view text;     // of a text, as it is written
  std::string_view name;     // of an element
  std::string_view rest;     // its attributes, as they are written
  bool isChildless = false;  // of an element: it is not closed
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Reads from one tag to the next. Anything but text and elements is unknown, and all after it too.
class TokenReader {
 public:
  explicit TokenReader(std::string_view html) : html_(html) {}

  Token next();

 private:
  void readTag(Token& token);

  std::string_view html_;
  std::size_t at_ = 0;
  int drawing_ = 0;  // elements open from the outermost <svg> or <math> on
};

struct Attribute {
  std::string_view name;
  std::string_view value;  // as it is written
};

// The attributes of an element, from the `rest` of its token.
std::vector<Attribute> readAttributes(std::string_view rest);

// The text that this markup stands for. False if it has signs other than those that html.h and browsers write: then
// only a browser knows.
bool decode(std::string_view markup, std::string& out);

}  // namespace vitrine
