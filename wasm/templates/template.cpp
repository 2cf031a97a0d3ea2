#include "templates/template.h"

#include <algorithm>
#include <utility>

#include "templates/markup.h"

namespace vitrine {

// Runs the operations of a template over data, once.
class Renderer {
 public:
  // A section's data and the scope around it.
  struct Scope {
    const Value& value;
    const Scope* outer;
  };

  Renderer(const Template& compiled, const Scope& scope, Text& out)
      : template_(compiled), scope_(&scope), out_(out), start_(out.size()) {}

  bool run(const Template::Body& body) {
    if (runOps(body.begin, body.end)) return true;
    out_.resize(start_);
    return false;
  }

 private:
  using Op = Template::Op;
  using OpType = Template::OpType;

  // The blocks that one use of a parent replaces. The replacements of the outermost use win.
  struct Frame {
    const Frame* outer;
    std::uint32_t begin;
    std::uint32_t end;
  };

  bool runOps(std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t i = begin; i < end && !hasFailed_; i = template_.ops_[i].end) {
      if (++steps_ > kMaxRenderSteps || out_.size() - start_ > kMaxRenderedBytes) return fail();
      const Op& op = template_.ops_[i];
      switch (op.type) {
        case OpType::kText:
          out_.append(template_.text_, op.begin, op.size);
          break;
        case OpType::kIndent:
          out_ += indent_;
          break;
        case OpType::kValue:
          write(op);
          break;
        case OpType::kSection:
          section(op, i + 1);
          break;
        case OpType::kInverted:
          if (!find(op.name).isTrue) runOps(i + 1, op.end);
          break;
        case OpType::kPartial:
        case OpType::kParent:
          partial(op, i + 1);
          break;
        case OpType::kBlock:
          block(op, i + 1);
          break;
        case OpType::kOverride:
          break;
      }
    }
    return !hasFailed_;
  }

  bool fail() {
    hasFailed_ = true;
    return false;
  }

  Value find(std::uint16_t number) {
    const Template::Name& name = template_.names_[number];
    if (name.count == 0) return scope_->value;
    const Key* key = &template_.keys_[name.first];
    Value value;
    for (const Scope* scope = scope_; scope && !value.isFound; scope = scope->outer) {
      if (const Data* data = scope->value.data) value = data->member(scope->value.node, *key, scratch_);
    }
    for (int left = name.count - 1; left > 0; --left) {
      ++key;
      value = value.data ? value.data->member(value.node, *key, scratch_) : Value();
    }
    return value;
  }

  void write(const Op& op) {
    const Value value = find(op.name);
    const std::string_view text = value.text;
    const bool isMarkup = op.context == Context::kTrusted && Markup::isWhole(text);
    // A clean URL needs no filtering, only escaping.
    const Context context = value.isClean && op.context == Context::kUrl ? Context::kText : op.context;
    appendIn(isMarkup ? Context::kRaw : context, out_, text);
  }

  void section(const Op& op, std::uint32_t body) {
    Value value = find(op.name);
    if (!value.isTrue) return;
    if (!value.isList) return within(value, body, op.end);
    for (std::size_t i = 0; i < value.count && !hasFailed_; ++i) {
      Value element = value.data->element(value.node, i, scratch_);
      within(element, body, op.end);
    }
  }

  void within(Value& value, std::uint32_t body, std::uint32_t end) {
    if (nesting_ == kMaxRenderDepth || ++steps_ > kMaxRenderSteps) return void(fail());
    Text kept;
    if (!value.text.empty() && value.text.data() == scratch_.data()) {
      kept = value.text;
      value.text = kept;
    }
    const Scope scope{value, scope_};
    scope_ = &scope;
    ++nesting_;
    runOps(body, end);
    --nesting_;
    scope_ = scope.outer;
  }

  void partial(const Op& op, std::uint32_t overrides) {
    std::size_t number = op.partial;
    if (op.isDynamic) {
      const std::string_view name = find(op.name).text;
      for (std::size_t i = 1; i < template_.partials_.size() && number == 0; ++i) {
        if (template_.partials_[i].name == name) number = i;
      }
    }
    if (number == 0) return;
    const Frame own{frame_, overrides, op.end};
    const Template::Body& body = template_.partials_[number].body;
    aligned(op, op.type == OpType::kParent ? &own : frame_, body.begin, body.end);
  }

  void block(const Op& op, std::uint32_t body) {
    const Frame* owner = nullptr;
    std::uint32_t found = 0;
    for (const Frame* frame = frame_; frame; frame = frame->outer) {
      for (std::uint32_t i = frame->begin; i < frame->end; i = template_.ops_[i].end) {
        if (template_.ops_[i].name != op.name) continue;
        owner = frame;
        found = i;
        break;
      }
    }
    if (!owner) return void(runOps(body, op.end));
    aligned(op, owner->outer, found + 1, template_.ops_[found].end);
  }

  // Runs operations in the place of a partial, parent or block. Their lines are indented as its tag is, or not at all
  // if the tag stands within a line.
  void aligned(const Op& op, const Frame* frame, std::uint32_t begin, std::uint32_t end) {
    if (nesting_ == kMaxRenderDepth) return void(fail());
    const Frame* const outerFrame = std::exchange(frame_, frame);
    ++nesting_;
    if (indent_.empty() && (op.size == 0 || !op.isAligned)) {
      runOps(begin, end);
    } else {
      const Text outerIndent = indent_;
      if (op.isAligned)
        indent_.append(template_.text_, op.begin, op.size);
      else
        indent_.clear();
      runOps(begin, end);
      indent_ = outerIndent;
    }
    --nesting_;
    frame_ = outerFrame;
  }

  const Template& template_;
  const Scope* scope_;
  Text& out_;
  const std::size_t start_;
  int nesting_ = 0;
  std::uint32_t steps_ = 0;
  bool hasFailed_ = false;
  const Frame* frame_ = nullptr;
  Text indent_;
  Text scratch_;
};

bool Template::render(const Value& data, Text& out) const {
  return partials_.empty() || render(partials_[0].body, {}, data, out);
}

VITRINE_ONCE bool Template::render(const Body& body, const Value& outer, const Value& inner, Text& out) const {
  const Renderer::Scope around{outer, nullptr};
  return Renderer(*this, {inner, &around}, out).run(body);
}

Template::Body Template::section(std::string_view name) const {
  for (std::size_t i = 0; i < ops_.size(); ++i) {
    if (ops_[i].type == OpType::kSection && names_[ops_[i].name].text == name)
      return {static_cast<std::uint32_t>(i) + 1, ops_[i].end};
  }
  return {};
}

}  // namespace vitrine
