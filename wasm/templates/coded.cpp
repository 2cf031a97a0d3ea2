#include "templates/coded.h"

#include "templates/template.h"

namespace vitrine {

void Template::code(std::uint32_t begin, std::uint32_t end, Text& out) const {
  for (std::uint32_t i = begin; i < end; i = ops_[i].end) {
    const Op& op = ops_[i];
    if (op.type == OpType::kText) {
      out.append(text_, op.begin, op.size);
      continue;
    }
    const bool isValue = op.type == OpType::kValue;
    out +=
        static_cast<char>(isValue ? kCodedValue + static_cast<int>(op.context) : kCodedOp + static_cast<int>(op.type));
    if (op.type != OpType::kIndent) out += names_[op.name].text;
    out += '}';
    if (op.type != OpType::kSection && op.type != OpType::kInverted) continue;
    code(i + 1, op.end, out);
    out += kCodedEnd;
  }
}

Text codedPartial(const Template& compiled, std::string_view name) {
  Text out;
  for (const Template::CompiledPartial& partial : compiled.partials_) {
    if (partial.name == name) compiled.code(partial.body.begin, partial.body.end, out);
  }
  return out;
}

}  // namespace vitrine
