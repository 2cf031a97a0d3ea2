// Mustache templates (the public specification, lambdas aside): compiled once, rendered many times.
//
// In html mode what is written is markup whose every value is escaped for the place where it stands, decided when the
// template is compiled (markup.h); a template for which that cannot be done is refused, with line and column. A
// rendering that grows out of bounds (a partial that includes itself for ever, lists within lists) writes nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/error.h"
#include "templates/html.h"
#include "templates/render_trace.h"
#include "templates/template_data.h"

namespace vitrine {

enum class TemplateMode : std::uint8_t { kText, kHtml };

struct Partial {
  std::string name;
  std::string text;
};

struct TemplateOptions {
  TemplateMode mode = TemplateMode::kHtml;
  std::vector<Partial> partials;
  std::vector<std::string> trusted;                          // fields that {{{ }}} may write in html mode
  std::uint8_t (*fieldOf)(std::string_view name) = nullptr;  // of the view it is for; null: names only
};

constexpr std::size_t kMaxRenderedBytes = 4u << 20;
constexpr std::uint32_t kMaxRenderSteps = 2u << 20;
constexpr int kMaxRenderDepth = 64;  // sections, blocks and partials under way

class Template {
 public:
  // A part of a template: the body of a section.
  struct Body {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    bool isThere() const { return end > begin; }
  };

  // What is wrong with the template or one of its partials (`field` is then the partial's name).
  static Problem compile(std::string_view text, const TemplateOptions& options, Template& out);

  // Appends; false, and nothing appended, if it grew out of bounds.
  bool render(const Value& data, std::string& out) const;

  // The body of the first section of that name, wherever it is.
  Body section(std::string_view name) const;
  // How many sections have that name.
  std::size_t countSections(std::string_view name) const;
  // Renders such a body for `inner`, within `outer`.
  bool render(const Body& body, const Value& outer, const Value& inner, std::string& out) const;
  // Renders all, but `filler` where such a body would be rendered for each element.
  bool render(const Value& data, const Body& body, std::string_view filler, std::string& out) const;
  // In html mode: how such a body is rendered, without doing it.
  void trace(const Body& body, const Value& outer, const Value& inner, RenderTrace& trace) const;
  // And what that looks like: its markup with "x" for every value that is not empty.
  void sample(const Body& body, const Value& outer, const Value& inner, RenderTrace& trace, std::string& out) const;

 private:
  friend class Compiler;
  friend class Renderer;

  enum class Kind : std::uint8_t { kText, kIndent, kValue, kSection, kInverted, kPartial, kParent, kBlock, kOverride };

  struct Op {
    Kind kind = Kind::kText;
    Context context = Context::kText;
    bool isAligned = false;   // of a partial, parent or block: it begins its line, so its lines are indented
    bool isDynamic = false;   // of a partial or parent: the name is that of a field
    std::uint16_t name = 0;   // in names_
    std::uint16_t part = 0;   // of a partial or parent: in parts_; 0: it is not there
    std::uint32_t begin = 0;  // of a text or an indentation: in text_
    std::uint32_t size = 0;
    std::uint32_t end = 0;  // the operation behind its body
  };

  struct Name {
    std::string text;
    std::uint16_t first = 0;  // in steps_
    std::uint16_t count = 0;  // 0: the implicit iterator
  };

  struct Part {
    std::string name;
    Body body;
  };

  std::string text_;
  std::vector<Op> ops_;
  std::vector<Name> names_;
  std::vector<Step> steps_;
  std::vector<Part> parts_;  // the first one is the template itself
};

}  // namespace vitrine
