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

#include "base/block.h"
#include "base/list.h"
#include "base/text.h"
#include "templates/html.h"
#include "templates/tags.h"

namespace vitrine {

class Markup {
 public:
  // source: the whole template, which receives what is wrong with it. Must outlive this object. The methods return
  // false once they have refused the template.
  explicit Markup(Source& source) : source_(source) {}

  // Returns whether this HTML is complete: every element closed, nothing refused. Called only for templates that are
  // not built in, as TemplateBuilder::compile() (builder.h).
  VITRINE_ONCE static bool isWhole(std::string_view markup);

  // Reads a piece of the template's own text, which stands at source[at]. Appends to `out` the part that rendering
  // writes (all but HTML comments).
  bool feed(std::string_view text, std::size_t at, Text& out);
  // Called for a {{value}} at source[at]. Sets `context` to how the value must be written there. Refuses the value
  // where none may stand.
  bool value(std::size_t at, Context& context);
  // Called for a partial, a block or trusted markup at source[at], which must stand between elements.
  bool fragment(std::size_t at) const;

  struct Position;
  // Called where a section or block begins; sets `start` to the position. Refuses it where none may begin.
  bool enter(std::size_t at, Position& start);
  // Called where that section ends, with its start. The section must have closed exactly the elements that it opened.
  bool leave(const Position& start, std::size_t at);
  // Called at the end of the template. Everything must be closed.
  bool end(std::size_t at) const;

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

  bool step(char c, std::size_t at, Text& out);
  bool stepInContent(char c, std::size_t at, Text& out);
  bool stepInEndTag(char c, std::size_t at);
  bool stepInTag(char c, std::size_t at);
  bool openElement(std::size_t at);
  bool closeElement(std::size_t at);
  bool tagEnds(std::size_t at);
  bool nameAttribute(std::size_t at);
  bool endName(std::size_t at);
  bool inValue(char c, std::size_t at);
  bool isIn(std::string_view element) const;

  Source& source_;
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
