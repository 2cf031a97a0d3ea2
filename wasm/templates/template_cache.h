// TemplateCache for whoever renders data of their own: JSON in, text out. The last few stay compiled.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "templates/template.h"

namespace vitrine {

// {mode: "html" (default) | "text", partials: {name: text}, trusted: [field]}
TemplateOptions readTemplateOptions(const Json& json);

class TemplateCache {
 public:
  // "=" and what was rendered, or "!" and JSON of error.h.
  std::string render(const std::string& text, const std::string& data, const std::string& options);
  // "", or JSON of error.h.
  std::string validate(const std::string& text, const std::string& options);

 private:
  struct Entry {
    std::string text;
    std::string options;
    Template code;
  };

  Problem find(const std::string& text, const std::string& options, const Template*& code);

  std::vector<std::unique_ptr<Entry>> entries_;  // the one used last comes last
};

}  // namespace vitrine
