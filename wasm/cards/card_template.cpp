#include "cards/card_template.h"

#include <algorithm>

#include "cards/card_data.h"

namespace vitrine {
namespace {

// A page has few templates; a shop that generates a new one for every widget must not fill memory.
constexpr std::size_t kMaxTemplates = 8;

struct BuiltIn {
  std::string_view name;
  std::string_view text;
};

// widget/templates/*.html, compiled (templates/coded.h).
constexpr BuiltIn kBuiltIns[] = {
#include "cards/layouts.inc"
};

// Writes part="name" beside class="vitrine-name": in a shadow root the page's styles reach only parts.
Text withParts(std::string_view text) {
  constexpr std::string_view kClass = "class=\"vitrine-";
  Text out;
  for (std::size_t at = text.find(kClass); at != std::string_view::npos; at = text.find(kClass)) {
    const std::size_t name = at + kClass.size();
    const std::size_t end = text.find('"', name);
    out.append(text, 0, end + 1)
        .append(" part=\"")
        .append(text, name, text.find_first_of("\" ", name) - name)
        .append("\"");
    text.remove_prefix(end + 1);
  }
  return out.append(text);
}

Problem compile(const Json* own, std::string_view layout, bool hasParts, CardTemplate& cardTemplate) {
  TemplateOptions options;
  options.fieldOf = CardData::fieldOf;
  if (own) {
    for (const Json& partial : own->children) options.partials.push_back({partial.name, partial.text});
  }
  // The first partial of a name counts, so the shop's own come before the built-in ones.
  const std::string_view frame = layout == "carousel" ? "carousel" : "frame";
  for (const BuiltIn& entry : kBuiltIns) {
    Text text = hasParts ? withParts(entry.text) : Text(entry.text);
    options.partials.push_back({Text(entry.name == frame ? "frame" : entry.name), std::move(text), true});
  }
  const auto found = std::find_if(options.partials.begin(), options.partials.end(),
                                  [](const Partial& p) { return p.name == "frame"; });
  const Partial whole = std::move(*found);
  options.partials.erase(found);
  if (Problem problem = Template::build(whole, options, cardTemplate.compiled)) return problem;
  cardTemplate.item = cardTemplate.compiled.section("items");
  if (!cardTemplate.item.isThere() || whole.text.find("data-vitrine-item=") == Text::npos)
    return validationError("frame", "items-missing",
                           "A frame holds {{#items}}<li data-vitrine-item=\"{{id}}\">…</li>{{/items}}.");
  return nullptr;
}

}  // namespace

Shared<CardTemplate> CardTemplates::find(const Json* own, std::string_view layout, bool hasParts, Problem& problem) {
  Text key(layout == "carousel" ? "c" : "f");
  key += hasParts ? 'p' : '-';
  if (own) appendJson(key, *own);
  for (const Entry& entry : entries_) {
    if (entry.key == key) return entry.cardTemplate;
  }
  auto made = Shared<CardTemplate>::make();
  if (Problem refused = compile(own, layout, hasParts, *made)) {
    problem = std::move(refused);
    return nullptr;
  }
  if (entries_.size() == kMaxTemplates) entries_.erase(entries_.begin());
  entries_.push_back({std::move(key), made});
  return made;
}

}  // namespace vitrine
