// Compiles the tags of a template or partial (tags.h) into the operations of template.h. TemplateBuilder (builder.h) is
// the user of compile().
//
// Pages load the code of this class as a file of its own, when a shop's own template needs it: tools/split.mjs puts the
// methods, and everything that only they call, into that file. The public ones may not be inlined.
#pragma once

#include <string_view>

#include "base/block.h"
#include "base/list.h"
#include "templates/builder.h"
#include "templates/markup.h"
#include "templates/tags.h"
#include "templates/template.h"

namespace vitrine {

class Compiler {
 public:
  // Appends the operations of `text` to the template. isIndented: the rendering may indent its lines, as those of a
  // partial. Returns the first error, or null.
  VITRINE_ONCE static Problem compile(TemplateBuilder& builder, std::string_view text, bool isIndented);
  // Returns whether this HTML is complete: every element closed, nothing refused.
  VITRINE_ONCE static bool isWhole(std::string_view markup);

 private:
  Compiler(TemplateBuilder& builder, std::string_view text, bool isIndented)
      : builder_(builder), template_(builder.built()), source_{text}, isIndented_(isIndented) {}

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
