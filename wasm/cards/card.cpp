#include "cards/card.h"

#include <algorithm>

#include "cards/card_clones.h"
#include "cards/patch.h"

namespace vitrine {
namespace {

// For fewer cards, parsing their HTML is as fast as cloning.
constexpr std::size_t kFewCards = 4;

bool isLayout(std::string_view name) {
  return name == "grid" || name == "carousel" || name == "list" || name == "strip" || name == "hero";
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
    const auto strings = options.strings ? std::make_shared<Strings>(*options.strings) : std::make_shared<Strings>();
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
  CardData data(slate, options);
  Text out;
  out.reserve(512 + slate.products.size() * 1200);
  options.cardTemplate->compiled.render(data.frame(slate.products.size()), out);
  return out;
}

void renderCards(const Slate& slate, const CardOptions& options, Text& html, Text& cards) {
  const std::size_t count = slate.products.size();
  Cards all(slate, options);
  List<CardClone> clones(count < kFewCards || !options.cardTemplate->isOneList ? 0 : count);
  std::size_t alike = 0;
  for (std::size_t i = 0; i < clones.size(); ++i) {
    clones[i].first = all.renderTrace().ends.size();
    clones[i].shape = all.shapeOf(i);
    if (clones[i].shape == CardShapes::kNone)
      all.render(i, clones[i].html);
    else
      ++alike;
    if (i == 0) all.reserve(count);
  }
  // Markup around the element of a card would be lost.
  const bool areElements = std::all_of(clones.begin(), clones.end(), [](const CardClone& clone) {
    return clone.shape != CardShapes::kNone || (clone.html.starts_with('<') && clone.html.ends_with('>'));
  });
  if (alike == 0 || alike * 2 < count || !areElements) {
    html = renderSlate(slate, options);
    return;
  }
  Text card;
  appendClones(options.cardTemplate->shapes, all.renderTrace(), clones, cards, card);
  options.cardTemplate->compiled.render(all.frame(), options.cardTemplate->item, card, html);
}

Cards::Cards(const Slate& slate, const CardOptions& options)
    : options_(options), data_(slate, options), frame_(data_.frame(slate.products.size())) {}

int Cards::shapeOf(std::size_t position) {
  trace_.nextCard();
  const std::size_t first = trace_.ends.size();
  const Template& compiled = options_.cardTemplate->compiled;
  const Template::Body& item = options_.cardTemplate->item;
  compiled.recordTrace(item, frame_, data_.item(position), trace_);
  CardShapes& shapes = options_.cardTemplate->shapes;
  int shape = shapes.find(trace_);
  if (shape == CardShapes::kNone && trace_.isTextOnly && !shapes.isFull()) {
    RenderTrace sampleTrace;
    Text sample;
    compiled.renderSample(item, frame_, data_.item(position), sampleTrace, sample);
    shape = shapes.add(sampleTrace, sample);
  }
  if (shape != CardShapes::kNone && shapes[shape].isUsable) return shape;
  trace_.truncate(first);
  return CardShapes::kNone;
}

void Cards::render(std::size_t position, Text& out) const {
  options_.cardTemplate->compiled.render(options_.cardTemplate->item, frame_, data_.item(position), out);
}

void Cards::reserve(std::size_t more) {
  trace_.text.reserve(trace_.text.size() * (more + 2));
  trace_.ends.reserve(trace_.ends.size() * (more + 1));
}

bool Cards::appendPatch(Cards& before, std::size_t from, std::size_t to, Text& patch) {
  trace_.truncate(0);
  before.trace_.truncate(0);
  const int shape = shapeOf(to);
  if (shape == CardShapes::kNone || before.shapeOf(from) != shape) return false;
  patchParts(options_.cardTemplate->shapes[shape], before.trace_, trace_, static_cast<int>(to), patch);
  return true;
}

void renderItem(const Slate& slate, std::size_t position, const CardOptions& options, Text& out) {
  Cards(slate, options).render(position, out);
}

void renderFrame(const Slate& slate, const CardOptions& options, Text& out) {
  CardData data(slate, options);
  options.cardTemplate->compiled.render(data.frame(0), out);
}

void renderPlaceholder(const CardOptions& options, std::size_t count, Text& out) {
  CardOptions empty = options;
  empty.isPlaceholder = true;
  Slate slate;
  const auto product = std::make_shared<Product>();
  slate.products.assign(count, product);
  CardData data(slate, empty);
  empty.cardTemplate->compiled.render(data.frame(count), out);
}

}  // namespace vitrine
