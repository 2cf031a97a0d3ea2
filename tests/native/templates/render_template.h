// Compiles and renders a template with JSON in one call, for tests.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "templates/json_data.h"
#include "templates/template.h"

struct RenderTemplate {
  vitrine::TemplateMode mode = vitrine::TemplateMode::kText;
  vitrine::List<vitrine::Partial> partials = {};
  vitrine::List<vitrine::Text> trusted = {};

  // Returns the rendering; "line:column code" if the template is refused; "endless" if it grew out of bounds.
  std::string operator()(std::string_view text, std::string_view data = "{}") const {
    vitrine::TemplateOptions options;
    options.mode = mode;
    options.partials = partials;
    options.trusted = trusted;
    vitrine::Template compiled;
    if (const vitrine::Problem problem = vitrine::Template::compile(text, options, compiled)) {
      return std::to_string(problem->line) + ":" + std::to_string(problem->column) + " " + problem->code;
    }
    const vitrine::Json json = vitrine::parseJson(data);
    const vitrine::JsonData source;
    vitrine::Text out;
    return compiled.render(source.of(json), out) ? out : "endless";
  }
};
