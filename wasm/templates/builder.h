// Puts a compiled template together: the template itself, and each partial that it uses. Most of them are coded
// (coded.h), and this class reads these. The compiler (compiler.h) reads the others, which are texts.
//
// Pages load the code of the compiler as a file of its own, when a shop's own template needs it: tools/split.mjs puts
// compile() and Markup::isWhole() (markup.h), and everything that only they call, into that file. They may not be
// inlined.
#pragma once

#include <string_view>

#include "base/block.h"
#include "templates/template.h"

namespace vitrine {

class TemplateBuilder {
 public:
  using Op = Template::Op;
  using OpType = Template::OpType;

  TemplateBuilder(const TemplateOptions& options, Template& built) : options_(options), template_(built) {}

  // Builds the template and every partial that it uses. Returns the first error, or null.
  Problem build(const Partial& whole);

  // For the compiler.
  const TemplateOptions& options() const { return options_; }
  Template& built() const { return template_; }
  // Appends an operation and returns its index.
  std::size_t emit(OpType type);
  // Gives the operation this text.
  void setText(Op& op, std::string_view text);
  // Return the number of a name, and of a partial. The number of a partial that does not exist is 0.
  std::uint16_t internName(std::string_view text);
  std::uint16_t internPartial(std::string_view name);

 private:
  // Appends the operations of `text`. isIndented: the rendering may indent its lines, as those of a partial. Returns
  // the first error, or null.
  VITRINE_ONCE Problem compile(std::string_view text, bool isIndented);  // in compiler.cpp
  Problem add(const Partial& source, std::size_t number);
  void read(std::string_view& coded);

  const TemplateOptions& options_;
  Template& template_;
};

}  // namespace vitrine
