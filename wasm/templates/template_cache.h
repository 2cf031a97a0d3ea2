// Compiled templates of the public functions renderTemplate() and validateTemplate(): JSON in, text out. Keeps the last
// few templates compiled. (Widgets keep theirs in CardTemplates, card_template.h.)
#pragma once

#include <memory>

#include "base/json.h"
#include "base/list.h"
#include "base/text.h"
#include "templates/template.h"

namespace vitrine {

// Reads {mode: "html" (default) | "text", partials: {name: text}, trusted: [field]}.
TemplateOptions readTemplateOptions(const Json& json);

class TemplateCache {
 public:
  // Renders a template. data and options are JSON texts (readTemplateOptions).
  // Returns "=" and the rendering, or "!" and an error as JSON (error.h).
  Text render(const Text& text, const Text& data, const Text& options);
  // Returns "" if the template compiles, else the error as JSON (error.h).
  Text validate(const Text& text, const Text& options);

 private:
  struct Entry {
    Text text;
    Text options;
    Template compiled;
  };

  // Finds or compiles a template. Returns null, and sets `problem`, if it does not compile.
  const Template* find(const Text& text, const Text& options, Problem& problem);

  List<std::unique_ptr<Entry>> entries_;  // the most recently used is last
};

}  // namespace vitrine
