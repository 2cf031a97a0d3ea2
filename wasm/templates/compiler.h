// Compiles the tags of a template and its partials (tags.h) into the operations of template.h. Template::compile() is
// its only user.
#pragma once

#include <string_view>

#include "base/list.h"
#include "base/text.h"
#include "templates/markup.h"
#include "templates/tags.h"
#include "templates/template.h"

namespace vitrine {

class Compiler {
 public:
  Compiler(const TemplateOptions& options, Template& compiled) : options_(options), template_(compiled) {}

  // Compiles the template and every partial that it uses. Returns the first error, or null.
  Problem compile(std::string_view text);

 private:
  // The methods that return a bool return false once they have refused the template (source_.problem).
  using Op = Template::Op;
  using OpType = Template::OpType;

  bool compileSource(std::string_view text, std::size_t partial);
  bool compileTags(std::size_t first, std::size_t last);
  bool compileTag(std::size_t index);
  bool compileValue(const Tag& tag);
  bool compileSection(std::size_t index);
  bool compilePartial(const Tag& tag, OpType type);
  bool compileParent(std::size_t index);
  bool compileOverride(std::size_t index);
  bool compileBlock(std::size_t index);
  bool emitText(std::string_view text, std::size_t at);

  std::size_t emit(OpType type);
  void emitIndent();
  void setIndent(Op& op, std::string_view indent);
  std::uint16_t internName(std::string_view text);
  std::uint16_t internPartial(std::string_view name);
  bool beginsLine(std::size_t at) const { return at == 0 || source_.text[at - 1] == '\n'; }
  // Returns the indentation of the first line of the content of tag `index`.
  std::string_view contentIndent(std::size_t index) const;
  std::string_view withoutDedent(std::string_view blanks) const;

  const TemplateOptions& options_;
  Template& template_;
  // The state of the template or partial that is being compiled.
  Source source_{};
  List<Tag> tags_;
  Markup* markup_ = nullptr;  // null in text mode
  std::string_view dedent_;   // blanks removed from the beginning of each line
  bool isIndented_ = false;   // the rendering may indent these lines
};

}  // namespace vitrine
