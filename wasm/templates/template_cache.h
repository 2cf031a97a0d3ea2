// Compiled templates of the public functions renderTemplate() and validateTemplate(): JSON in, text out. Keeps the last
// few templates compiled. (Widgets keep theirs in CardTemplates, card_template.h.)
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "templates/template.h"

namespace vitrine {

// Reads {mode: "html" (default) | "text", partials: {name: text}, trusted: [field]}.
TemplateOptions readTemplateOptions(const Json& json);

class TemplateCache {
 public:
  // Renders a template. data and options are JSON texts (readTemplateOptions).
  // Returns "=" and the rendering, or "!" and an error as JSON (error.h).
  std::string render(const std::string& text, const std::string& data, const std::string& options);
  // Returns "" if the template compiles, else the error as JSON (error.h).
  std::string validate(const std::string& text, const std::string& options);

 private:
  struct Entry {
    std::string text;
    std::string options;
    Template compiled;
  };

  // Finds or compiles a template. Returns null, and sets `problem`, if it does not compile.
  const Template* find(const std::string& text, const std::string& options, Problem& problem);

  std::vector<std::unique_ptr<Entry>> entries_;  // the most recently used is last
};

}  // namespace vitrine
