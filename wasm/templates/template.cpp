#include "templates/template.h"

#include <algorithm>
#include <utility>

#include "templates/markup.h"

namespace vitrine {
namespace {

bool isWhole(std::string_view markup) {
  Markup reader(markup);
  std::string written;
  return !reader.feed(markup, 0, written) && !reader.end(markup.size()) && written.size() == markup.size();
}

}  // namespace

class Renderer {
 public:
  // What a section is about, and what that is within.
  struct Scope {
    const Value& value;
    const Scope* outer;
  };

  // Writes markup to `out`, what it does to `trace`, or with both a sample.
  Renderer(const Template& code, const Scope& scope, std::string* out, RenderTrace* trace = nullptr)
      : code_(code),
        scope_(&scope),
        out_(out),
        trace_(trace),
        grown_(trace ? trace->text : *out),
        start_(grown_.size()) {}

  void fill(const Template::Body& body, std::string_view filler) {
    filled_ = body.begin;
    filler_ = filler;
  }

  bool run(const Template::Body& body) {
    if (runOps(body.begin, body.end)) return true;
    if (trace_)
      trace_->isText = false;
    else
      out_->resize(start_);
    return false;
  }

 private:
  using Op = Template::Op;
  using Kind = Template::Kind;

  // The blocks that one use of a parent replaces. Those of the outermost use win.
  struct Frame {
    const Frame* outer;
    std::uint32_t begin;
    std::uint32_t end;
  };

  bool runOps(std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t i = begin; i < end && !hasFailed_; i = code_.ops_[i].end) {
      if (++steps_ > kMaxRenderSteps || grown_.size() - start_ > kMaxRenderedBytes) return fail();
      const Op& op = code_.ops_[i];
      if (trace_) trace_->operations.push_back(i);
      switch (op.kind) {
        case Kind::kText:
          if (out_) out_->append(code_.text_, op.begin, op.size);
          break;
        case Kind::kIndent:
          if (out_ && !indent_.empty()) *out_ += indent_;
          break;
        case Kind::kValue:
          write(op);
          break;
        case Kind::kSection:
          section(op, i + 1);
          break;
        case Kind::kInverted:
          if (!find(op.name).isTrue) runOps(i + 1, op.end);
          break;
        case Kind::kPartial:
        case Kind::kParent:
          partial(op, i + 1);
          break;
        case Kind::kBlock:
          block(op, i + 1);
          break;
        case Kind::kOverride:
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
    const Template::Name& name = code_.names_[number];
    if (name.count == 0) return scope_->value;
    const Step* step = &code_.steps_[name.first];
    Value value;
    for (const Scope* scope = scope_; scope && !value.isFound; scope = scope->outer) {
      if (const Data* data = scope->value.data) value = data->member(scope->value.node, *step, scratch_);
    }
    for (int left = name.count - 1; left > 0; --left) {
      ++step;
      value = value.data ? value.data->member(value.node, *step, scratch_) : Value();
    }
    return value;
  }

  void write(const Op& op) {
    const Value value = find(op.name);
    const std::string_view text = value.text;
    const bool isMarkup = op.context == Context::kTrusted && isWhole(text);
    // What is clean has nothing that would have to go, but signs that must be escaped.
    const Context context = value.isClean && op.context == Context::kUrl ? Context::kText : op.context;
    if (!trace_) return appendIn(isMarkup ? Context::kRaw : context, *out_, text);
    if (isMarkup && !text.empty()) trace_->isText = false;
    const std::size_t begin = grown_.size();
    appendRead(context, grown_, text);
    const bool isEmpty = grown_.size() == begin;
    if (isEmpty) trace_->operations.back() |= RenderTrace::kEmpty;
    trace_->ends.push_back(grown_.size());
    if (!out_) return;
    trace_->places.push_back(out_->size());
    if (!isEmpty) *out_ += 'x';
  }

  void section(const Op& op, std::uint32_t body) {
    if (body == filled_) {
      *out_ += filler_;
      return;
    }
    Value value = find(op.name);
    if (!value.isTrue) return;
    if (!value.isList) return within(value, body, op.end);
    for (std::size_t i = 0; i < value.count && !hasFailed_; ++i)
      within(value.data->element(value.node, i, scratch_), body, op.end);
  }

  void within(Value value, std::uint32_t body, std::uint32_t end) {
    if (nesting_ == kMaxRenderDepth || ++steps_ > kMaxRenderSteps) return void(fail());
    std::string kept;
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
    std::size_t part = op.part;
    if (op.isDynamic) {
      const std::string_view name = find(op.name).text;
      for (std::size_t i = 1; i < code_.parts_.size() && part == 0; ++i) {
        if (code_.parts_[i].name == name) part = i;
      }
    }
    if (part == 0) return;
    const Frame own{frame_, overrides, op.end};
    const Template::Body& body = code_.parts_[part].body;
    aligned(op, op.kind == Kind::kParent ? &own : frame_, body.begin, body.end);
  }

  void block(const Op& op, std::uint32_t body) {
    const Frame* owner = nullptr;
    std::uint32_t found = 0;
    for (const Frame* frame = frame_; frame; frame = frame->outer) {
      for (std::uint32_t i = frame->begin; i < frame->end; i = code_.ops_[i].end) {
        if (code_.ops_[i].name != op.name) continue;
        owner = frame;
        found = i;
        break;
      }
    }
    if (!owner) return void(runOps(body, op.end));
    aligned(op, owner->outer, found + 1, code_.ops_[found].end);
  }

  // Lines of what stands there are indented as the tag is, or not at all if it stands within a line.
  void aligned(const Op& op, const Frame* frame, std::uint32_t begin, std::uint32_t end) {
    if (nesting_ == kMaxRenderDepth) return void(fail());
    const Frame* const outerFrame = std::exchange(frame_, frame);
    ++nesting_;
    if (indent_.empty() && (op.size == 0 || !op.isAligned)) {
      runOps(begin, end);
    } else {
      const std::string outerIndent = indent_;
      if (op.isAligned)
        indent_.append(code_.text_, op.begin, op.size);
      else
        indent_.clear();
      runOps(begin, end);
      indent_ = outerIndent;
    }
    --nesting_;
    frame_ = outerFrame;
  }

  const Template& code_;
  const Scope* scope_;
  std::string* const out_;
  RenderTrace* const trace_;
  std::string& grown_;  // what must not grow out of bounds
  const std::size_t start_;
  std::uint32_t filled_ = 0;  // the body that the filler stands for; 0: none
  std::string_view filler_;
  int nesting_ = 0;
  std::uint32_t steps_ = 0;
  bool hasFailed_ = false;
  const Frame* frame_ = nullptr;
  std::string indent_;
  std::string scratch_;
};

bool Template::render(const Value& data, std::string& out) const {
  if (parts_.empty()) return true;
  return Renderer(*this, {data, nullptr}, &out).run(parts_[0].body);
}

bool Template::render(const Body& body, const Value& outer, const Value& inner, std::string& out) const {
  const Renderer::Scope around{outer, nullptr};
  return Renderer(*this, {inner, &around}, &out).run(body);
}

bool Template::render(const Value& data, const Body& body, std::string_view filler, std::string& out) const {
  const Renderer::Scope scope{data, nullptr};
  Renderer renderer(*this, scope, &out);
  renderer.fill(body, filler);
  return renderer.run(parts_[0].body);
}

void Template::trace(const Body& body, const Value& outer, const Value& inner, RenderTrace& trace) const {
  const Renderer::Scope around{outer, nullptr};
  Renderer(*this, {inner, &around}, nullptr, &trace).run(body);
}

void Template::sample(const Body& body, const Value& outer, const Value& inner, RenderTrace& trace,
                      std::string& out) const {
  const Renderer::Scope around{outer, nullptr};
  Renderer(*this, {inner, &around}, &out, &trace).run(body);
}

std::size_t Template::countSections(std::string_view name) const {
  return static_cast<std::size_t>(std::count_if(ops_.begin(), ops_.end(), [&](const Op& op) {
    return op.kind == Kind::kSection && names_[op.name].text == name;
  }));
}

Template::Body Template::section(std::string_view name) const {
  for (std::size_t i = 0; i < ops_.size(); ++i) {
    if (ops_[i].kind == Kind::kSection && names_[ops_[i].name].text == name)
      return {static_cast<std::uint32_t>(i) + 1, ops_[i].end};
  }
  return {};
}

}  // namespace vitrine
