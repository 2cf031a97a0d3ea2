// Checks the HTML of a template while it is compiled, and decides for each value how it must be escaped.
//
// Reads the template's own text as a browser's tokenizer does and knows at each tag where a value would stand: between
// elements, in an attribute, in an address. Accepted markup is closed, its attributes are quoted, and it cannot run
// script: event attributes, addresses with other schemes, and elements that change how the rest is parsed are refused.
// HTML comments are not written. The rules which value is safe in which attribute follow OWASP's output encoding by
// context; an attribute that is not known to be harmless takes no value.
//
// The compiler (compiler.h) feeds it; tokens.h later reads the markup that such templates have written.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/list.h"
#include "base/text.h"
#include "templates/html.h"
#include "templates/tags.h"

namespace vitrine {

class Markup {
 public:
  // source: the whole template, for line and column of errors. Must outlive this object.
  explicit Markup(std::string_view source) : source_(source) {}

  // Reads a piece of the template's own text, which stands at source[at]. Appends to `out` the part that rendering
  // writes (all but HTML comments). Returns an error if the markup is refused.
  Problem feed(std::string_view text, std::size_t at, Text& out);
  // Called for a {{value}} at source[at]. Sets `context` to how the value must be written there.
  // Returns an error if no value may stand there.
  Problem value(std::size_t at, Context& context);
  // Called for a partial, a block or trusted markup at source[at]. Returns an error unless it stands between elements.
  Problem fragment(std::size_t at) const;

  struct Position;
  // Called where a section or block begins; sets `start` to the position. Returns an error if none may begin there.
  Problem enter(std::size_t at, Position& start);
  // Called where that section ends, with its start. Returns an error unless the section has closed exactly the elements
  // that it opened.
  Problem leave(const Position& start, std::size_t at);
  // Called at the end of the template. Returns an error unless everything is closed.
  Problem end(std::size_t at) const;

 private:
  enum class State : std::uint8_t {
    kContent,
    kTagOpen,
    kTagName,
    kEndName,
    kAfterEndName,
    kBlank,
    kAttribute,
    kAfterName,
    kEquals,
    kValue,
    kAfterValue,
    kSlash,
    kBang,
    kComment,
    kRawText,
  };
  // The values that the current attribute takes.
  enum class Takes : std::uint8_t { kNothing, kText, kUrl, kSrcset, kStyle, kName };

  Problem step(char c, std::size_t at, Text& out);
  Problem stepInContent(char c, std::size_t at, Text& out);
  Problem stepInEndTag(char c, std::size_t at);
  Problem stepInTag(char c, std::size_t at);
  Problem refuse(std::size_t at, std::string_view code, std::string_view message) const;
  Problem openElement(std::size_t at);
  Problem closeElement(std::size_t at);
  Problem tagEnds(std::size_t at);
  Problem nameAttribute(std::size_t at);
  Problem endName(std::size_t at);
  Problem inValue(char c, std::size_t at);
  bool isIn(std::string_view element) const;

  const std::string_view source_;
  List<Text> open_;  // the open elements, outermost first
  Text name_;        // the tag or attribute name being read
  Text literal_;     // the template's own text in the attribute value so far
  State state_ = State::kContent;
  Takes takes_ = Takes::kNothing;
  char quote_ = 0;
  bool hasTag_ = false;     // the attribute value holds a value or a section
  bool hasValue_ = false;   // the attribute value holds a value already
  bool isAddress_ = false;  // the last thing read is a value that is an address of a srcset
  std::size_t floor_ = 0;   // number of open elements that the current section may not close
};

// The state of the reader where a section begins.
struct Markup::Position {
  State state = State::kContent;
  Text literal;
  std::size_t depth = 0;
  std::size_t floor = 0;
  bool isAddress = false;
  bool hasValue = false;
};

}  // namespace vitrine
