#include "templates/compiler.h"

#include <algorithm>
#include <utility>

namespace vitrine {
namespace {

// Names and partials have 16-bit numbers.
constexpr std::size_t kMaxNames = 4000;

std::size_t countBlanks(std::string_view text) { return std::min(text.size(), text.find_first_not_of(" \t")); }

}  // namespace

Problem Compiler::compile() {
  compileAll();
  return std::move(source_.problem);
}

bool Compiler::compileAll() {
  Markup markup(source_);
  markup_ = builder_.options().mode == TemplateMode::kHtml ? &markup : nullptr;
  return readTags(source_, tags_) && compileTags(0, tags_.size()) && (!markup_ || markup.end(source_.text.size()));
}

bool Compiler::compileTags(std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i) {
    if (!compileTag(i)) return false;
    if (tags_[i].partner > i) i = tags_[i].partner;
    if (template_.names_.size() > kMaxNames || template_.partials_.size() > kMaxNames)
      return source_.refuse(tags_[i].at, "template-too-large", "A template may have 4000 names.");
  }
  return true;
}

bool Compiler::compileTag(std::size_t index) {
  const Tag& tag = tags_[index];
  if (tag.type != Tag::Type::kText && !tag.startsLine && !tag.isStandalone && beginsLine(tag.at)) emitIndent();
  switch (tag.type) {
    case Tag::Type::kText:
      return emitText(tag.text, tag.at);
    case Tag::Type::kValue:
    case Tag::Type::kRaw:
      return compileValue(tag);
    case Tag::Type::kSection:
    case Tag::Type::kInverted:
      return compileSection(index);
    case Tag::Type::kPartial:
      return compilePartial(tag, OpType::kPartial);
    case Tag::Type::kParent:
      return compileParent(index);
    case Tag::Type::kBlock:
      return compileBlock(index);
    case Tag::Type::kClose:
    case Tag::Type::kComment:
      return true;
  }
  return true;
}

bool Compiler::compileValue(const Tag& tag) {
  const bool isRaw = tag.type == Tag::Type::kRaw;
  Context context = isRaw ? Context::kRaw : Context::kPlain;
  if (markup_ && isRaw) {
    if (std::find(builder_.options().trusted.begin(), builder_.options().trusted.end(), tag.text) ==
        builder_.options().trusted.end()) {
      return source_.refuse(tag.at, "raw-refused",
                            "{{{%}}} writes a value unescaped; name the field as trusted, or write {{%}}.", tag.text,
                            tag.text);
    }
    if (!markup_->fragment(tag.at)) return false;
    context = Context::kTrusted;
  } else if (markup_) {
    if (!markup_->value(tag.at, context)) return false;
  }
  Op& op = template_.ops_[builder_.emit(OpType::kValue)];
  op.context = context;
  op.name = builder_.internName(tag.text);
  return true;
}

bool Compiler::compileSection(std::size_t index) {
  const Tag& tag = tags_[index];
  Markup::Position start;
  if (markup_ && !markup_->enter(tag.at, start)) return false;
  const std::size_t op = builder_.emit(tag.type == Tag::Type::kSection ? OpType::kSection : OpType::kInverted);
  template_.ops_[op].name = builder_.internName(tag.text);
  if (!compileTags(index + 1, tag.partner)) return false;
  const Tag& close = tags_[tag.partner];
  if (!close.isStandalone && beginsLine(close.at)) emitIndent();
  template_.ops_[op].end = static_cast<std::uint32_t>(template_.ops_.size());
  return !markup_ || markup_->leave(start, close.at);
}

bool Compiler::compilePartial(const Tag& tag, OpType type) {
  if (markup_ && !markup_->fragment(tag.at)) return false;
  std::string_view name = tag.text;
  const bool isDynamic = name.starts_with('*');
  if (isDynamic) {
    name.remove_prefix(1);
    name.remove_prefix(std::min(name.size(), name.find_first_not_of(" \t\r\n")));
    for (const Partial& partial : builder_.options().partials) builder_.internPartial(partial.name);
  }
  Op& op = template_.ops_[builder_.emit(type)];
  op.isDynamic = isDynamic;
  op.isAligned = tag.isStandalone && tag.startsLine;
  op.name = builder_.internName(name);
  op.partial = isDynamic ? std::uint16_t{0} : builder_.internPartial(name);
  builder_.setText(op, withoutDedent(tag.indent));
  return true;
}

bool Compiler::compileParent(std::size_t index) {
  if (!compilePartial(tags_[index], OpType::kParent)) return false;
  const std::size_t op = template_.ops_.size() - 1;
  for (std::size_t i = index + 1; i < tags_[index].partner; ++i) {
    if (tags_[i].type == Tag::Type::kBlock) {
      if (!compileOverride(i)) return false;
    }
    if (tags_[i].partner > i) i = tags_[i].partner;
  }
  template_.ops_[op].end = static_cast<std::uint32_t>(template_.ops_.size());
  return true;
}

bool Compiler::compileOverride(std::size_t index) {
  const Tag& tag = tags_[index];
  const std::size_t op = builder_.emit(OpType::kOverride);
  template_.ops_[op].name = builder_.internName(tag.text);
  const std::string_view outerDedent =
      std::exchange(dedent_, tag.isStandalone ? contentIndent(index) : std::string_view());
  const bool wasIndented = std::exchange(isIndented_, true);
  Markup markup(source_);
  Markup* const outerMarkup = std::exchange(markup_, markup_ ? &markup : nullptr);
  if (!tag.isStandalone) emitIndent();
  const bool isGood = compileTags(index + 1, tag.partner) && (!markup_ || markup.end(tags_[tag.partner].at));
  markup_ = outerMarkup;
  isIndented_ = wasIndented;
  dedent_ = outerDedent;
  template_.ops_[op].end = static_cast<std::uint32_t>(template_.ops_.size());
  return isGood;
}

bool Compiler::compileBlock(std::size_t index) {
  const Tag& tag = tags_[index];
  Markup::Position start;
  if (markup_ && !(markup_->fragment(tag.at) && markup_->enter(tag.at, start))) return false;
  const std::size_t op = builder_.emit(OpType::kBlock);
  template_.ops_[op].name = builder_.internName(tag.text);
  template_.ops_[op].isAligned = tag.startsLine;
  const bool hasLine = tag.isStandalone && tags_[tag.partner].at > tag.at && index + 1 < tag.partner;
  const std::string_view content = hasLine ? contentIndent(index) : std::string_view();
  builder_.setText(template_.ops_[op], withoutDedent(content.empty() ? tag.indent : content));
  if (tag.startsLine && !tag.isStandalone) {
    if (!emitText(tag.indent, tag.at - tag.indent.size())) return false;
    if (tag.indent.empty()) emitIndent();
  }
  if (!compileTags(index + 1, tag.partner)) return false;
  template_.ops_[op].end = static_cast<std::uint32_t>(template_.ops_.size());
  return !markup_ || markup_->leave(start, tags_[tag.partner].at);
}

std::string_view Compiler::contentIndent(std::size_t index) const {
  const Tag& next = tags_[index + 1];
  const std::string_view rest = source_.text.substr(next.at - next.indent.size());
  return rest.substr(0, countBlanks(rest));
}

std::string_view Compiler::withoutDedent(std::string_view blanks) const {
  std::size_t same = 0;
  while (same < blanks.size() && same < dedent_.size() && blanks[same] == dedent_[same]) ++same;
  return blanks.substr(same);
}

bool Compiler::emitText(std::string_view text, std::size_t at) {
  while (!text.empty()) {
    // Lines that may be indented are one operation each.
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
    const std::size_t begin = template_.text_.size();
    if (!markup_) {
      template_.text_ += line;
    } else if (!markup_->feed(line, at - line.size(), template_.text_)) {
      return false;
    }
    if (template_.text_.size() == begin) continue;
    Op& op = template_.ops_[builder_.emit(OpType::kText)];
    op.begin = static_cast<std::uint32_t>(begin);
    op.size = static_cast<std::uint32_t>(template_.text_.size() - begin);
  }
  return true;
}

void Compiler::emitIndent() {
  if (isIndented_) builder_.emit(OpType::kIndent);
}

Problem TemplateBuilder::compile(std::string_view text, bool isIndented) {
  return Compiler(*this, text, isIndented).compile();
}

}  // namespace vitrine
