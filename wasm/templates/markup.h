// A template's markup, read as a browser would: where a value may stand and how it must be written there.
//
// What this lets pass is closed, its attributes are quoted, and it has no way to run script: event attributes,
// addresses with other schemes and elements that change how the rest is read are refused. Comments are left out of what
// is written. Which values are safe in which attributes follows the OWASP rules for output encoding by context; an
// attribute that is not known to be harmless takes none.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "templates/html.h"
#include "templates/tags.h"

namespace vitrine {

class Markup {
 public:
  // source: for the places in errors. It must outlive this.
  explicit Markup(std::string_view source) : source_(source) {}

  // The template's own text, from source[at]; what is to be written of it is appended to `out`.
  Problem feed(std::string_view text, std::size_t at, std::string& out);
  // A value stands here.
  Problem value(std::size_t at, Context& context);
  // A partial, a block or trusted markup stands here: only between elements.
  Problem fragment(std::size_t at) const;

  // Where a section begins. It must end in the same place: whatever it opens it closes.
  struct Place;
  Problem enter(std::size_t at, Place& place);
  Problem leave(const Place& place, std::size_t at);
  // The template ends: everything is closed.
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
  enum class Takes : std::uint8_t { kNothing, kText, kUrl, kSrcset, kStyle, kName };

  Problem step(char c, std::size_t at, std::string& out);
  Problem refuse(std::size_t at, std::string_view code, std::string_view message) const;
  Problem openElement(std::size_t at);
  Problem closeElement(std::size_t at);
  Problem tagEnds(std::size_t at);
  Problem nameAttribute(std::size_t at);
  Problem endName(std::size_t at);
  Problem inValue(char c, std::size_t at);
  bool isIn(std::string_view element) const;

  const std::string_view source_;
  std::vector<std::string> open_;
  std::string name_;     // of the tag or attribute being read
  std::string literal_;  // the template's own text in the attribute's value so far
  State state_ = State::kContent;
  Takes takes_ = Takes::kNothing;
  char quote_ = 0;
  bool hasTag_ = false;     // a value or section stands in the attribute's value
  bool hasValue_ = false;   // a value stands before
  bool isAddress_ = false;  // right before, and it is an address of a list
  std::size_t floor_ = 0;   // elements of open_ that a section may not close
};

struct Markup::Place {
  State state = State::kContent;
  std::string literal;
  std::size_t depth = 0;
  std::size_t floor = 0;
  bool isAddress = false;
  bool hasValue = false;
};

}  // namespace vitrine
