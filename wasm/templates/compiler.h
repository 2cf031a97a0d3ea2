// Compiles the tags of a template or partial (tags.h) into the operations of template.h. TemplateBuilder (builder.h) is
// its only user.
#pragma once

#include <string_view>

#include "base/list.h"
#include "templates/builder.h"
#include "templates/markup.h"
#include "templates/tags.h"
#include "templates/template.h"

namespace vitrine {

class Compiler {
 public:
  // As TemplateBuilder::compile().
  Compiler(TemplateBuilder& builder, std::string_view text, bool isIndented)
      : builder_(builder), template_(builder.built()), source_{text}, isIndented_(isIndented) {}
  Problem compile();

 private:
  // The methods that return a bool return false once they have refused the template (source_.problem).
  using Op = Template::Op;
  using OpType = Template::OpType;

  bool compileAll();
  bool compileTags(std::size_t first, std::size_t last);
  bool compileTag(std::size_t index);
  bool compileValue(const Tag& tag);
  bool compileSection(std::size_t index);
  bool compilePartial(const Tag& tag, OpType type);
  bool compileParent(std::size_t index);
  bool compileOverride(std::size_t index);
  bool compileBlock(std::size_t index);
  bool emitText(std::string_view text, std::size_t at);

  void emitIndent();
  bool beginsLine(std::size_t at) const { return at == 0 || source_.text[at - 1] == '\n'; }
  // Returns the indentation of the first line of the content of tag `index`.
  std::string_view contentIndent(std::size_t index) const;
  std::string_view withoutDedent(std::string_view blanks) const;

  TemplateBuilder& builder_;
  Template& template_;
  Source source_;
  List<Tag> tags_;
  Markup* markup_ = nullptr;  // null in text mode
  std::string_view dedent_;   // blanks removed from the beginning of each line
  bool isIndented_;           // the rendering may indent these lines
};

}  // namespace vitrine
