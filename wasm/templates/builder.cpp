#include "templates/builder.h"

#include <algorithm>

#include "templates/coded.h"

namespace vitrine {

Problem TemplateBuilder::build(const Partial& whole) {
  template_.partials_.emplace_back();
  Problem problem = add(whole, 0);
  // A partial may use others, which are appended while this loop runs.
  for (std::size_t number = 1; !problem && number < template_.partials_.size(); ++number) {
    const Text name = template_.partials_[number].name;
    for (const Partial& partial : options_.partials) {
      if (partial.name != name) continue;
      problem = add(partial, number);
      if (problem) problem->field = name;
      break;
    }
  }
  return problem;
}

Problem TemplateBuilder::add(const Partial& source, std::size_t number) {
  const std::size_t begin = template_.ops_.size();
  Problem problem;
  std::string_view text = source.text;
  if (source.isCoded)
    read(text);
  else
    problem = compile(text, number > 0);
  template_.partials_[number].body = {static_cast<std::uint32_t>(begin),
                                      static_cast<std::uint32_t>(template_.ops_.size())};
  return problem;
}

// Reads the operations up to the end of a section, or of the text, and removes them from `coded`.
void TemplateBuilder::read(std::string_view& coded) {
  while (!coded.empty()) {
    const auto code = static_cast<unsigned char>(coded[0]);
    if (code >= ' ') {
      std::size_t size = 1;
      while (size < coded.size() && static_cast<unsigned char>(coded[size]) >= ' ') ++size;
      setText(template_.ops_[emit(OpType::kText)], coded.substr(0, size));
      coded.remove_prefix(size);
      continue;
    }
    coded.remove_prefix(1);
    if (code == kCodedEnd) return;
    const OpType type = code < kCodedValue ? static_cast<OpType>(code - kCodedOp) : OpType::kValue;
    const std::size_t index = emit(type);
    const std::size_t size = coded.find('}');
    const std::string_view name = coded.substr(0, size);
    coded.remove_prefix(size + 1);
    if (type == OpType::kIndent) continue;
    Op& op = template_.ops_[index];
    op.name = internName(name);
    if (type == OpType::kValue) {
      op.context = static_cast<Context>(code - kCodedValue);
    } else if (type == OpType::kPartial) {
      op.partial = internPartial(name);
    } else {
      read(coded);
      template_.ops_[index].end = static_cast<std::uint32_t>(template_.ops_.size());
    }
  }
}

std::size_t TemplateBuilder::emit(OpType type) {
  Op& op = template_.ops_.emplace_back();
  op.type = type;
  op.end = static_cast<std::uint32_t>(template_.ops_.size());
  return template_.ops_.size() - 1;
}

void TemplateBuilder::setText(Op& op, std::string_view text) {
  op.begin = static_cast<std::uint32_t>(template_.text_.size());
  op.size = static_cast<std::uint32_t>(text.size());
  template_.text_ += text;
}

std::uint16_t TemplateBuilder::internName(std::string_view text) {
  for (std::size_t i = 0; i < template_.names_.size(); ++i) {
    if (template_.names_[i].text == text) return static_cast<std::uint16_t>(i);
  }
  Template::Name& name = template_.names_.emplace_back();
  name.text = text;
  name.first = static_cast<std::uint16_t>(template_.keys_.size());
  while (text != "." && !text.empty()) {
    const std::size_t dot = std::min(text.size(), text.find('.'));
    Key& key = template_.keys_.emplace_back();
    key.text = text.substr(0, dot);
    if (options_.fieldOf) key.field = options_.fieldOf(key.text);
    ++name.count;
    text.remove_prefix(std::min(text.size(), dot + 1));
  }
  return static_cast<std::uint16_t>(template_.names_.size() - 1);
}

std::uint16_t TemplateBuilder::internPartial(std::string_view name) {
  for (std::size_t i = 1; i < template_.partials_.size(); ++i) {
    if (template_.partials_[i].name == name) return static_cast<std::uint16_t>(i);
  }
  const auto isThere = [&](const Partial& partial) { return partial.name == name; };
  if (std::none_of(options_.partials.begin(), options_.partials.end(), isThere)) return 0;
  template_.partials_.emplace_back().name = name;
  return static_cast<std::uint16_t>(template_.partials_.size() - 1);
}

Problem Template::build(const Partial& whole, const TemplateOptions& options, Template& out) {
  out = {};
  return TemplateBuilder(options, out).build(whole);
}

Problem Template::compile(std::string_view text, const TemplateOptions& options, Template& out) {
  return build({{}, Text(text)}, options, out);
}

}  // namespace vitrine
