#include "templates/compiler.h"

#include <algorithm>
#include <utility>

namespace vitrine {
namespace {

// Everything has a 16-bit number.
constexpr std::size_t kMaxNames = 4000;

std::size_t countBlanks(std::string_view text) { return std::min(text.size(), text.find_first_not_of(" \t")); }

}  // namespace

Problem Compiler::compile(std::string_view text) {
  out_.parts_.emplace_back();
  if (Problem problem = compilePart(text, 0)) return problem;
  // Each may name others.
  for (std::size_t part = 1; part < out_.parts_.size(); ++part) {
    const std::string name = out_.parts_[part].name;
    for (const Partial& partial : options_.partials) {
      if (partial.name != name) continue;
      if (Problem problem = compilePart(partial.text, part)) {
        problem->field = name;
        return problem;
      }
      break;
    }
  }
  return nullptr;
}

Problem Compiler::compilePart(std::string_view text, std::size_t part) {
  source_ = text;
  tags_.clear();
  dedent_ = {};
  isIndented_ = part > 0;
  Markup markup(text);
  markup_ = options_.mode == TemplateMode::kHtml ? &markup : nullptr;
  if (Problem problem = readTags(text, tags_)) return problem;
  const std::size_t begin = out_.ops_.size();
  if (Problem problem = compileTags(0, tags_.size())) return problem;
  out_.parts_[part].body = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(out_.ops_.size())};
  return markup_ ? markup.end(text.size()) : nullptr;
}

Problem Compiler::compileTags(std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i) {
    if (Problem problem = compileTag(i)) return problem;
    if (tags_[i].partner > i) i = tags_[i].partner;
    if (out_.names_.size() > kMaxNames || out_.parts_.size() > kMaxNames)
      return templateError(source_, tags_[i].at, "template-too-large", "A template may have 4000 names.");
  }
  return nullptr;
}

Problem Compiler::compileTag(std::size_t index) {
  const Tag& tag = tags_[index];
  if (tag.kind != Tag::Kind::kText && !tag.startsLine && !tag.isStandalone && beginsLine(tag.at)) emitIndent();
  switch (tag.kind) {
    case Tag::Kind::kText:
      return emitText(tag.text, tag.at);
    case Tag::Kind::kValue:
    case Tag::Kind::kRaw:
      return compileValue(tag);
    case Tag::Kind::kSection:
    case Tag::Kind::kInverted:
      return compileSection(index);
    case Tag::Kind::kPartial:
      return compilePartial(tag, Kind::kPartial);
    case Tag::Kind::kParent:
      return compileParent(index);
    case Tag::Kind::kBlock:
      return compileBlock(index);
    case Tag::Kind::kClose:
    case Tag::Kind::kComment:
      return nullptr;
  }
  return nullptr;
}

Problem Compiler::compileValue(const Tag& tag) {
  const bool isRaw = tag.kind == Tag::Kind::kRaw;
  Context context = isRaw ? Context::kRaw : Context::kPlain;
  if (markup_ && isRaw) {
    if (std::find(options_.trusted.begin(), options_.trusted.end(), tag.text) == options_.trusted.end()) {
      return templateError(source_, tag.at, "raw-refused",
                           "{{{" + std::string(tag.text) +
                               "}}} writes what it is given; name the field as trusted, or "
                               "write {{" +
                               std::string(tag.text) + "}}.");
    }
    if (Problem problem = markup_->fragment(tag.at)) return problem;
    context = Context::kTrusted;
  } else if (markup_) {
    if (Problem problem = markup_->value(tag.at, context)) return problem;
  }
  Op& op = out_.ops_[emit(Kind::kValue)];
  op.context = context;
  op.name = nameOf(tag.text);
  return nullptr;
}

Problem Compiler::compileSection(std::size_t index) {
  const Tag& tag = tags_[index];
  Markup::Place place;
  if (markup_) {
    if (Problem problem = markup_->enter(tag.at, place)) return problem;
  }
  const std::size_t op = emit(tag.kind == Tag::Kind::kSection ? Kind::kSection : Kind::kInverted);
  out_.ops_[op].name = nameOf(tag.text);
  if (Problem problem = compileTags(index + 1, tag.partner)) return problem;
  const Tag& close = tags_[tag.partner];
  if (!close.isStandalone && beginsLine(close.at)) emitIndent();
  out_.ops_[op].end = static_cast<std::uint32_t>(out_.ops_.size());
  return markup_ ? markup_->leave(place, close.at) : nullptr;
}

Problem Compiler::compilePartial(const Tag& tag, Kind kind) {
  if (markup_) {
    if (Problem problem = markup_->fragment(tag.at)) return problem;
  }
  std::string_view name = tag.text;
  const bool isDynamic = name.starts_with('*');
  if (isDynamic) {
    name.remove_prefix(1);
    name.remove_prefix(std::min(name.size(), name.find_first_not_of(" \t\r\n")));
    for (const Partial& partial : options_.partials) partOf(partial.name);
  }
  Op& op = out_.ops_[emit(kind)];
  op.isDynamic = isDynamic;
  op.isAligned = tag.isStandalone && tag.startsLine;
  op.name = nameOf(name);
  op.part = isDynamic ? std::uint16_t{0} : partOf(name);
  setIndent(op, withoutDedent(tag.indent));
  return nullptr;
}

Problem Compiler::compileParent(std::size_t index) {
  if (Problem problem = compilePartial(tags_[index], Kind::kParent)) return problem;
  const std::size_t op = out_.ops_.size() - 1;
  for (std::size_t i = index + 1; i < tags_[index].partner; ++i) {
    if (tags_[i].kind == Tag::Kind::kBlock) {
      if (Problem problem = compileOverride(i)) return problem;
    }
    if (tags_[i].partner > i) i = tags_[i].partner;
  }
  out_.ops_[op].end = static_cast<std::uint32_t>(out_.ops_.size());
  return nullptr;
}

Problem Compiler::compileOverride(std::size_t index) {
  const Tag& tag = tags_[index];
  const std::size_t op = emit(Kind::kOverride);
  out_.ops_[op].name = nameOf(tag.text);
  const std::string_view outerDedent =
      std::exchange(dedent_, tag.isStandalone ? contentIndent(index) : std::string_view());
  const bool wasIndented = std::exchange(isIndented_, true);
  Markup markup(source_);
  Markup* const outerMarkup = std::exchange(markup_, markup_ ? &markup : nullptr);
  if (!tag.isStandalone) emitIndent();
  Problem problem = compileTags(index + 1, tag.partner);
  if (!problem && markup_) problem = markup.end(tags_[tag.partner].at);
  markup_ = outerMarkup;
  isIndented_ = wasIndented;
  dedent_ = outerDedent;
  out_.ops_[op].end = static_cast<std::uint32_t>(out_.ops_.size());
  return problem;
}

Problem Compiler::compileBlock(std::size_t index) {
  const Tag& tag = tags_[index];
  Markup::Place place;
  if (markup_) {
    if (Problem problem = markup_->fragment(tag.at)) return problem;
    if (Problem problem = markup_->enter(tag.at, place)) return problem;
  }
  const std::size_t op = emit(Kind::kBlock);
  out_.ops_[op].name = nameOf(tag.text);
  out_.ops_[op].isAligned = tag.startsLine;
  const bool hasLine = tag.isStandalone && tags_[tag.partner].at > tag.at && index + 1 < tag.partner;
  const std::string_view content = hasLine ? contentIndent(index) : std::string_view();
  setIndent(out_.ops_[op], withoutDedent(content.empty() ? tag.indent : content));
  if (tag.startsLine && !tag.isStandalone) {
    if (Problem problem = emitText(tag.indent, tag.at - tag.indent.size())) return problem;
    if (tag.indent.empty()) emitIndent();
  }
  if (Problem problem = compileTags(index + 1, tag.partner)) return problem;
  out_.ops_[op].end = static_cast<std::uint32_t>(out_.ops_.size());
  return markup_ ? markup_->leave(place, tags_[tag.partner].at) : nullptr;
}

std::string_view Compiler::contentIndent(std::size_t index) const {
  const Tag& next = tags_[index + 1];
  const std::string_view rest = source_.substr(next.at - next.indent.size());
  return rest.substr(0, countBlanks(rest));
}

std::string_view Compiler::withoutDedent(std::string_view blanks) const {
  std::size_t same = 0;
  while (same < blanks.size() && same < dedent_.size() && blanks[same] == dedent_[same]) ++same;
  return blanks.substr(same);
}

Problem Compiler::emitText(std::string_view text, std::size_t at) {
  while (!text.empty()) {
    // Where lines matter, each is an operation of its own.
    const std::size_t newline = isIndented_ ? text.find('\n') : std::string_view::npos;
    std::string_view line = text.substr(0, newline == std::string_view::npos ? newline : newline + 1);
    const std::size_t lineAt = at;
    text.remove_prefix(line.size());
    at += line.size();
    if (isIndented_ && beginsLine(lineAt)) {
      emitIndent();
      const std::size_t blanks = countBlanks(line);
      line.remove_prefix(blanks - withoutDedent(line.substr(0, blanks)).size());
    }
    const std::size_t begin = out_.text_.size();
    if (!markup_) {
      out_.text_ += line;
    } else if (Problem problem = markup_->feed(line, at - line.size(), out_.text_)) {
      return problem;
    }
    if (out_.text_.size() == begin) continue;
    Op& op = out_.ops_[emit(Kind::kText)];
    op.begin = static_cast<std::uint32_t>(begin);
    op.size = static_cast<std::uint32_t>(out_.text_.size() - begin);
  }
  return nullptr;
}

std::size_t Compiler::emit(Kind kind) {
  Op& op = out_.ops_.emplace_back();
  op.kind = kind;
  op.end = static_cast<std::uint32_t>(out_.ops_.size());
  return out_.ops_.size() - 1;
}

void Compiler::emitIndent() {
  if (isIndented_) emit(Kind::kIndent);
}

void Compiler::setIndent(Op& op, std::string_view indent) {
  op.begin = static_cast<std::uint32_t>(out_.text_.size());
  op.size = static_cast<std::uint32_t>(indent.size());
  out_.text_ += indent;
}

std::uint16_t Compiler::nameOf(std::string_view text) {
  for (std::size_t i = 0; i < out_.names_.size(); ++i) {
    if (out_.names_[i].text == text) return static_cast<std::uint16_t>(i);
  }
  Template::Name& name = out_.names_.emplace_back();
  name.text = text;
  name.first = static_cast<std::uint16_t>(out_.steps_.size());
  while (text != "." && !text.empty()) {
    const std::size_t dot = std::min(text.size(), text.find('.'));
    Step& step = out_.steps_.emplace_back();
    step.text = text.substr(0, dot);
    if (options_.fieldOf) step.field = options_.fieldOf(step.text);
    ++name.count;
    text.remove_prefix(std::min(text.size(), dot + 1));
  }
  return static_cast<std::uint16_t>(out_.names_.size() - 1);
}

std::uint16_t Compiler::partOf(std::string_view name) {
  for (std::size_t i = 1; i < out_.parts_.size(); ++i) {
    if (out_.parts_[i].name == name) return static_cast<std::uint16_t>(i);
  }
  const auto isThere = [&](const Partial& partial) { return partial.name == name; };
  if (std::none_of(options_.partials.begin(), options_.partials.end(), isThere)) return 0;
  out_.parts_.emplace_back().name = name;
  return static_cast<std::uint16_t>(out_.parts_.size() - 1);
}

Problem Template::compile(std::string_view text, const TemplateOptions& options, Template& out) {
  out = {};
  return Compiler(options, out).compile(text);
}

}  // namespace vitrine
