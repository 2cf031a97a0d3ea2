// The coded form of a template or partial: what the compiler makes of it, as a short text. The built-in templates are
// coded in cards/layouts.inc, so a page compiles only a shop's own templates.
//
// The template's own text stands for itself. Each other operation is a character below ' ', a name and '}': kCodedOp +
// the number of its type (Template::OpType), or for a value kCodedValue + the number of its context. kCodedEnd ends a
// section. Templates with blocks, parents, dynamic names, indented partials or several lines have no coded form.
#pragma once

#include <string_view>

#include "base/text.h"

namespace vitrine {

class Template;

constexpr char kCodedEnd = 1;
constexpr char kCodedOp = 2;
constexpr char kCodedValue = 16;

// Codes the partial of that name, or with "" the template itself. Only for the test that writes cards/layouts.inc.
Text codedPartial(const Template& compiled, std::string_view name);

}  // namespace vitrine
