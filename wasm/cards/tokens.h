// Reads markup that templates have written, tag by tag. markup.h has checked the templates, so this reader need not
// judge: it only finds texts, elements and attributes. patch.h compares two renderings with it.
#pragma once

#include <string_view>

#include "base/list.h"
#include "base/text.h"
#include "templates/html.h"

namespace vitrine {

struct Token {
  enum class Type : unsigned char { kText, kOpen, kClose, kEnd, kUnknown };

  Type type = Type::kUnknown;
  std::string_view text;     // kText: the markup of the text
  std::string_view name;     // kOpen, kClose: name of the element
  std::string_view rest;     // kOpen: the attributes, as markup
  bool isChildless = false;  // kOpen: the element has no end tag
  std::size_t begin = 0;     // offset in the markup
  std::size_t end = 0;
};

class TokenReader {
 public:
  explicit TokenReader(std::string_view html) : html_(html) {}

  // Returns the next token; kEnd at the end. Anything but text and elements is kUnknown, and so is every later token.
  Token next();

 private:
  void readTag(Token& token);

  std::string_view html_;
  std::size_t at_ = 0;
  int svgDepth_ = 0;  // open elements from the outermost <svg> or <math> on
};

struct Attribute {
  std::string_view name;
  std::string_view value;  // as markup; its data() is null if the attribute has no value
};

// Returns the attributes of an element, read from the `rest` of its token.
List<Attribute> readAttributes(std::string_view rest);

// Sets `out` to the text that a browser reads from this markup. Returns false if the markup holds character references
// other than those that html.h and browsers write: then only a browser can tell.
bool decodeText(std::string_view markup, Text& out);

}  // namespace vitrine
