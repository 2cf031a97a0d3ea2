// Reads the text of a Mustache template as a list of tags and the text between them: the first step of compiling
// (compiler.h).
//
// The syntax is that of mustache(5) with the specification's modules "inheritance" and "dynamic names". A tag that
// stands alone on its line takes the whole line with it.
#pragma once

#include <string_view>

#include "base/list.h"
#include "base/text.h"
#include "model/error.h"

namespace vitrine {

// A tag, or a piece of text between two tags.
struct Tag {
  enum class Type : unsigned char {
    kText,
    kValue,     // {{name}}
    kRaw,       // {{{name}}}, {{&name}}
    kSection,   // {{#name}}
    kInverted,  // {{^name}}
    kPartial,   // {{>name}}
    kParent,    // {{<name}}
    kBlock,     // {{$name}}
    kClose,     // {{/name}}
    kComment,   // {{!…}}, and {{=<% %>=}}
  };

  Type type = Type::kText;
  std::string_view text;    // the text, or the tag's name; a view into the template
  std::string_view indent;  // blanks before a tag that has its line to itself, or that begins its line
  std::size_t at = 0;       // offset of the tag in the template
  std::size_t partner = 0;  // index of the closing tag of an opening tag, and of the opening tag of a closing one
  bool isStandalone = false;
  bool startsLine = false;  // only blanks come before the tag on its line, and `indent` holds them
};

constexpr std::size_t kMaxTemplateBytes = 128 * 1024;
constexpr int kMaxTemplateDepth = 32;  // sections, blocks and partials within each other

// The text of a template or partial, and what is wrong with it.
struct Source {
  std::string_view text;
  Problem problem{};

  // Sets the problem, which is at this offset of the text: with line and column (both from 1, columns in characters).
  // message: each % stands for the next of the names. Returns false.
  bool refuse(std::size_t at, const char* code, const char* message, std::string_view name = {},
              std::string_view otherName = {});
};

// Appends the tags of a template to `tags`. On success every section, parent and block is closed, in order.
// source: its text must outlive `tags`, which hold views into it.
// Returns false at the first error (tag-unclosed, tag-unopened, tag-mismatched, tag-empty, delimiters,
// template-too-large, template-too-deep).
bool readTags(Source& source, List<Tag>& tags);

}  // namespace vitrine
