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

// Appends the tags of a template to `tags`. On success every section, parent and block is closed, in order.
// text: must outlive `tags`, which hold views into it.
// Returns the first error (tag-unclosed, tag-unopened, tag-mismatched, tag-empty, delimiters, template-too-large,
// template-too-deep), or null.
Problem readTags(std::string_view text, List<Tag>& tags);

// Makes the error for offset `at` of a template, with its line and column (both from 1, columns in characters).
Problem templateError(std::string_view text, std::size_t at, std::string_view code, std::string_view message);

}  // namespace vitrine
