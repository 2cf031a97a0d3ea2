// A template's text as Mustache tags and the text between them (mustache(5), and the specification's modules
// "inheritance" and "dynamic names"). Tags that stand alone on a line take that line with them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/error.h"

namespace vitrine {

struct Tag {
  enum class Kind : unsigned char {
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

  Kind kind = Kind::kText;
  std::string_view text;    // the text, or the name; both are parts of the template
  std::string_view indent;  // blanks before a tag that has its line to itself, or begins it
  std::size_t at = 0;       // where in the template it begins
  std::size_t partner = 0;  // of an opening tag: index of its closing one, and the other way round
  bool isStandalone = false;
  bool startsLine = false;  // nothing but blanks before it, and those are in `indent`
};

constexpr std::size_t kMaxTemplateBytes = 128 * 1024;
constexpr int kMaxTemplateDepth = 32;  // sections, blocks and partials within each other

// The tags of a template. Every section, parent and block is closed, in order.
Problem readTags(std::string_view text, std::vector<Tag>& tags);

// What is wrong at a place in a template, with its line and column (both from 1, columns in characters).
Problem templateError(std::string_view text, std::size_t at, std::string_view code, std::string_view message);

}  // namespace vitrine
