// Turns the tags of a template and its partials into the operations of template.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "templates/markup.h"
#include "templates/tags.h"
#include "templates/template.h"

namespace vitrine {

class Compiler {
 public:
  Compiler(const TemplateOptions& options, Template& out) : options_(options), out_(out) {}

  Problem compile(std::string_view text);

 private:
  using Op = Template::Op;
  using Kind = Template::Kind;

  Problem compilePart(std::string_view text, std::size_t part);
  Problem compileTags(std::size_t first, std::size_t last);
  Problem compileTag(std::size_t index);
  Problem compileValue(const Tag& tag);
  Problem compileSection(std::size_t index);
  Problem compilePartial(const Tag& tag, Kind kind);
  Problem compileParent(std::size_t index);
  Problem compileOverride(std::size_t index);
  Problem compileBlock(std::size_t index);
  Problem emitText(std::string_view text, std::size_t at);

  std::size_t emit(Kind kind);
  void emitIndent();
  void setIndent(Op& op, std::string_view indent);
  std::uint16_t nameOf(std::string_view text);
  std::uint16_t partOf(std::string_view name);
  bool beginsLine(std::size_t at) const { return at == 0 || source_[at - 1] == '\n'; }
  // The blanks before what the tag's line, or the one after it, begins with.
  std::string_view contentIndent(std::size_t index) const;
  std::string_view withoutDedent(std::string_view blanks) const;

  const TemplateOptions& options_;
  Template& out_;
  std::string_view source_;  // of the part being compiled, as are all below
  std::vector<Tag> tags_;
  Markup* markup_ = nullptr;  // null in text mode
  std::string_view dedent_;   // taken from the beginning of each line
  bool isIndented_ = false;   // what is compiled may be rendered with an indentation
};

}  // namespace vitrine
