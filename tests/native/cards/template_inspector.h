// Looks into compiled templates.
#pragma once

#include <algorithm>
#include <string>

#include "templates/template.h"

namespace vitrine {

// Reads the private operations of a template.
struct TemplateInspector {
  static std::string print(const Template& compiled) {
    constexpr const char* kTypes[] = {"text",    "indent", "value", "section", "inverted",
                                      "partial", "parent", "block", "override"};
    constexpr const char* kContexts[] = {"raw", "plain", "text", "url", "urlPart", "srcset", "css", "trusted"};
    Text out;
    for (std::size_t i = 0; i < compiled.ops_.size(); ++i) {
      const Template::Op& op = compiled.ops_[i];
      std::string line = (i < 10 ? " " : "") + std::to_string(i) + "  " + kTypes[static_cast<std::size_t>(op.type)];
      line.append(line.size() < 14 ? 14 - line.size() : 1, ' ');
      if (op.type == Template::OpType::kText)
        line += compiled.text_.substr(op.begin, op.size);
      else
        line += compiled.names_[op.name].text;
      if (op.type == Template::OpType::kValue)
        line += std::string(", written as ") + kContexts[static_cast<std::size_t>(op.context)];
      if (op.end != i + 1) line += ", body " + std::to_string(i + 1) + " to " + std::to_string(op.end - 1);
      out += line + "\n";
    }
    return out;
  }

  static bool areSame(const Template& a, const Template& b) {
    const auto isSameOp = [](const Template::Op& x, const Template::Op& y) {
      return x.type == y.type && x.context == y.context && x.isAligned == y.isAligned && x.isDynamic == y.isDynamic &&
             x.name == y.name && x.partial == y.partial && x.size == y.size && x.end == y.end &&
             (x.size == 0 || x.begin == y.begin);
    };
    const auto isSameName = [](const Template::Name& x, const Template::Name& y) {
      return x.text == y.text && x.first == y.first && x.count == y.count;
    };
    const auto isSameKey = [](const Key& x, const Key& y) { return x.text == y.text && x.field == y.field; };
    const auto isSamePartial = [](const Template::CompiledPartial& x, const Template::CompiledPartial& y) {
      return x.name == y.name && x.body.begin == y.body.begin && x.body.end == y.body.end;
    };
    return a.text_ == b.text_ && std::ranges::equal(a.ops_, b.ops_, isSameOp) &&
           std::ranges::equal(a.names_, b.names_, isSameName) && std::ranges::equal(a.keys_, b.keys_, isSameKey) &&
           std::ranges::equal(a.partials_, b.partials_, isSamePartial);
  }
};

}  // namespace vitrine
