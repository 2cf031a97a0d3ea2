#include "cards/card.h"

#include <algorithm>

namespace vitrine {
namespace {

bool isLayout(std::string_view name) {
  return name == "grid" || name == "carousel" || name == "list" || name == "strip" || name == "hero";
}

// Appends the HTML of the frame with the first `items` items.
void renderAround(const Slate& slate, const CardOptions& options, std::size_t items, bool isPlaceholder, Text& out) {
  CardData data(slate, options, isPlaceholder);
  options.cardTemplate->compiled.render(data.frame(items), out);
}

}  // namespace

Problem readCardOptions(const Json& request, CardOptions& options, CardTemplates* cardTemplates) {
  Problem problem;
  options.title = stringMember(request, "title");
  const std::string_view layout = stringMember(request, "template", options.layout);
  if (isLayout(layout))
    options.layout = layout;
  else
    problem = validationError("template", "template-unknown", "A template is grid, carousel, list, strip or hero.");
  const Json* texts = member(request, "strings");
  const Json* addToCart = member(request, "addToCart");
  if (texts || addToCart || !options.strings) {
    const auto strings = options.strings ? Shared<Strings>::make(*options.strings) : Shared<Strings>::make();
    if (texts) strings->add(*texts);
    if (addToCart && addToCart->isString()) strings->set("addToCart", addToCart->text);
    options.strings = strings;
  }
  if (const Json* money = member(request, "money"); money && money->isObject()) {
    options.hasMoney = true;
    options.money = readMoneyFormat(*money);
  }
  if (const Json* numbers = member(request, "numbers")) {
    options.numbers = readMoneyFormat(*numbers);
  } else {
    options.numbers.decimal = options.strings->find("decimal");
    options.numbers.group.clear();
  }
  options.eager = std::max(0, intMember(request, "eager", options.layout == "hero" ? 1 : options.eager));
  options.hasQuantity = boolMember(request, "quantity", options.layout != "strip");
  const bool hasParts = boolMember(request, "parts", false);
  CardTemplates alone;
  CardTemplates& all = cardTemplates ? *cardTemplates : alone;
  options.cardTemplate = all.find(member(request, "partials"), options.layout, hasParts, problem);
  if (!options.cardTemplate) {
    Problem none;
    options.cardTemplate = all.find(nullptr, options.layout, hasParts, none);
  }
  return problem;
}

Text renderSlate(const Slate& slate, const CardOptions& options) {
  Text out;
  out.reserve(512 + slate.products.size() * 1200);
  renderAround(slate, options, slate.products.size(), false, out);
  return out;
}

void renderItem(const Slate& slate, std::size_t position, const CardOptions& options, Text& out) {
  CardData data(slate, options);
  const Value frame = data.frame(slate.products.size());
  options.cardTemplate->compiled.render(options.cardTemplate->item, frame, data.item(position), out);
}

void renderFrame(const Slate& slate, const CardOptions& options, Text& out) {
  renderAround(slate, options, 0, false, out);
}

void renderPlaceholder(const CardOptions& options, std::size_t count, Text& out) {
  Slate slate;
  slate.products.assign(count, Shared<Product>::make());
  renderAround(slate, options, count, true, out);
}

}  // namespace vitrine
