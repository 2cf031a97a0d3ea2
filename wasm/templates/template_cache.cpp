#include "templates/template_cache.h"

#include <algorithm>

#include "templates/json_data.h"

namespace vitrine {
namespace {

constexpr std::size_t kMaxEntries = 16;

}  // namespace

TemplateOptions readTemplateOptions(const Json& json) {
  TemplateOptions options;
  if (stringMember(json, "mode") == "text") options.mode = TemplateMode::kText;
  if (const Json* partials = member(json, "partials")) {
    for (const Json& partial : partials->children) options.partials.push_back({partial.name, partial.text});
  }
  if (const Json* trusted = member(json, "trusted")) {
    for (const Json& name : trusted->children) options.trusted.push_back(name.text);
  }
  return options;
}

const Template* TemplateCache::find(const Text& text, const Text& options, Problem& problem) {
  const auto matches = [&](const std::unique_ptr<Entry>& entry) {
    return entry->text == text && entry->options == options;
  };
  auto found = std::find_if(entries_.begin(), entries_.end(), matches);
  if (found == entries_.end()) {
    auto entry = std::make_unique<Entry>();
    problem = Template::compile(text, readTemplateOptions(parseJson(options)), entry->compiled);
    if (problem) return nullptr;
    entry->text = text;
    entry->options = options;
    if (entries_.size() == kMaxEntries) entries_.erase(entries_.begin());
    entries_.push_back(std::move(entry));
  } else {
    std::rotate(found, found + 1, entries_.end());
  }
  return &entries_.back()->compiled;
}

Text TemplateCache::render(const Text& text, const Text& data, const Text& options) {
  Problem problem;
  const Template* compiled = find(text, options, problem);
  Text out = "=";
  const Json json = parseJson(data);
  if (!problem && !json.isValid())
    problem = validationError("data", "bad-argument", "The data is too large or too deep.");
  const JsonData source;
  if (!problem && !compiled->render(source.of(json), out))
    problem = validationError("template", "template-endless", "The template grows out of bounds with this data.");
  return problem ? filled("!%", errorJson(*problem)) : out;
}

Text TemplateCache::validate(const Text& text, const Text& options) {
  Template compiled;
  const Problem problem = Template::compile(text, readTemplateOptions(parseJson(options)), compiled);
  return problem ? errorJson(*problem) : Text();
}

}  // namespace vitrine
