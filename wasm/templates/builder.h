// Puts a compiled template together: the template itself, and each partial that it uses. Most of them are coded
// (coded.h), and this class reads these. The compiler (compiler.h) reads the others, which are texts.
#pragma once

#include <string_view>

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
  Problem add(const Partial& source, std::size_t number);
  void read(std::string_view& coded);

  const TemplateOptions& options_;
  Template& template_;
};

}  // namespace vitrine
