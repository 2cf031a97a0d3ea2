// Mustache templates (the public specification without lambdas): compiled once, rendered many times.
//
// Template::compile() turns the text into a list of operations (compiler.h); a rendering runs the operations over data
// (template_data.h). In HTML mode every value is escaped for the place where it stands, which is decided when the
// template is compiled (markup.h). A template for which this cannot be decided is refused, with line and column. A
// rendering that grows out of bounds (a partial that includes itself without end, lists within lists) writes nothing.
//
// Widgets use templates through CardTemplate (card_template.h), renderTemplate() through TemplateCache.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/list.h"
#include "base/text.h"
#include "model/error.h"
#include "templates/html.h"
#include "templates/template_data.h"

namespace vitrine {

enum class TemplateMode : std::uint8_t { kText, kHtml };

struct Partial {
  Text name;
  Text text;
  bool isCoded = false;  // `text` is the coded form (coded.h)
};

struct TemplateOptions {
  TemplateMode mode = TemplateMode::kHtml;
  List<Partial> partials;
  List<Text> trusted;  // fields that {{{ }}} may write in HTML mode
  std::uint8_t (*fieldOf)(std::string_view key) =
      nullptr;  // numbers the keys of the data (Key::field); null: no numbers
};

constexpr std::size_t kMaxRenderedBytes = 4u << 20;
constexpr std::uint32_t kMaxRenderSteps = 2u << 20;
constexpr int kMaxRenderDepth = 64;  // sections, blocks and partials that are being rendered within each other

class Template {
 public:
  // The operations of the template itself, of a partial, or of a section's body: from `begin` up to `end`.
  struct Body {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    bool isThere() const { return end > begin; }
  };

  // Compiles a template and its partials into `out`. Returns what is wrong with the template, or with a partial
  // (`field` of the error is then the partial's name); null on success.
  static Problem compile(std::string_view text, const TemplateOptions& options, Template& out);
  // As compile(), for a template that may be coded. Its name does not matter.
  static Problem build(const Partial& whole, const TemplateOptions& options, Template& out);

  // Appends the rendering of `data` to `out`. Returns false, and appends nothing, if it grew out of bounds.
  bool render(const Value& data, Text& out) const;

  // Returns the body of the first section of that name, at any depth; an empty body if there is none.
  Body section(std::string_view name) const;
  // Appends the rendering of a section's body for `inner`, with `outer` as the scope around it. Returns false, and
  // appends nothing, if it grew out of bounds.
  bool render(const Body& body, const Value& outer, const Value& inner, Text& out) const;

 private:
  friend class Compiler;
  friend class TemplateBuilder;
  friend Text codedPartial(const Template& compiled, std::string_view name);
  friend class Renderer;
  friend struct TemplateInspector;  // looks into templates, in tests

  enum class OpType : std::uint8_t {
    kText,
    kIndent,
    kValue,
    kSection,
    kInverted,
    kPartial,
    kParent,
    kBlock,
    kOverride
  };

  // An operation. Those of a section, parent or block are followed by the operations of its body.
  struct Op {
    OpType type = OpType::kText;
    Context context = Context::kText;
    bool isAligned = false;     // a partial, parent or block that begins its line: its lines are indented
    bool isDynamic = false;     // a partial or parent whose name is the value of a field
    std::uint16_t name = 0;     // index in names_
    std::uint16_t partial = 0;  // kPartial, kParent: index in partials_; 0 if no partial has the name
    std::uint32_t begin = 0;    // kText, kIndent: offset in text_
    std::uint32_t size = 0;
    std::uint32_t end = 0;  // index of the operation after the body
  };

  // A dotted name.
  struct Name {
    Text text;
    std::uint16_t first = 0;  // index of its first key in keys_
    std::uint16_t count = 0;  // number of keys; 0 for the implicit iterator {{.}}
  };

  struct CompiledPartial {
    Text name;
    Body body;
  };

  // Appends the coded form of these operations.
  void code(std::uint32_t begin, std::uint32_t end, Text& out) const;

  Text text_;
  List<Op> ops_;
  List<Name> names_;
  List<Key> keys_;
  List<CompiledPartial> partials_;  // the first one is the template itself
};

}  // namespace vitrine
