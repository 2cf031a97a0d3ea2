#include "cards/card_template.h"

#include <algorithm>

#include "cards/card_data.h"

namespace vitrine {
namespace {

// A page has few; a shop that writes a template anew for every widget must not fill memory.
constexpr std::size_t kMostLooks = 8;

struct BuiltIn {
  std::string_view name;
  std::string_view text;
};

// widget/templates/*.html without the blanks between lines.
constexpr BuiltIn kBuiltIns[] = {
#include "templates.inc"
};

// class="vitrine-name" part="name": in a shadow root the page's styles reach parts only.
std::string withParts(std::string_view text) {
  constexpr std::string_view kClass = "class=\"vitrine-";
  std::string out;
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
  TemplateOptions how;
  how.fieldOf = CardData::fieldOf;
  if (own) {
    for (const Json& partial : own->children) how.partials.push_back({partial.name, partial.text});
  }
  // The first of a name counts.
  const std::string_view frame = layout == "carousel" ? "carousel" : "frame";
  for (const BuiltIn& entry : kBuiltIns) {
    std::string text = hasParts ? withParts(entry.text) : std::string(entry.text);
    how.partials.push_back({std::string(entry.name == frame ? "frame" : entry.name), std::move(text)});
  }
  const auto found =
      std::find_if(how.partials.begin(), how.partials.end(), [](const Partial& p) { return p.name == "frame"; });
  const std::string text = std::move(found->text);
  how.partials.erase(found);
  if (Problem problem = Template::compile(text, how, cardTemplate.code)) return problem;
  cardTemplate.item = cardTemplate.code.section("items");
  cardTemplate.isOneList = cardTemplate.code.countSections("items") == 1;
  if (!cardTemplate.item.isThere() || text.find("data-vitrine-item=") == std::string::npos)
    return validationError("frame", "items-missing",
                           "A frame holds {{#items}}<li data-vitrine-item=\"{{id}}\">…</li>{{/items}}.");
  return nullptr;
}

}  // namespace

Problem CardTemplates::find(const Json* own, std::string_view layout, bool hasParts,
                            std::shared_ptr<CardTemplate>& cardTemplate) {
  std::string key(layout == "carousel" ? "c" : "f");
  key += hasParts ? 'p' : '-';
  if (own) appendJson(key, *own);
  for (const Known& known : known_) {
    if (known.key != key) continue;
    cardTemplate = known.cardTemplate;
    return nullptr;
  }
  const auto made = std::make_shared<CardTemplate>();
  if (Problem problem = compile(own, layout, hasParts, *made)) return problem;
  if (known_.size() == kMostLooks) known_.erase(known_.begin());
  known_.push_back({std::move(key), made});
  cardTemplate = made;
  return nullptr;
}

}  // namespace vitrine
