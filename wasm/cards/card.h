// Renders a slate as HTML: the cards of a widget and the frame around them, by a built-in template or a shop's own.
// docs/rendering.md follows one card through all of this folder.
//
// The same functions render in the page, on a server and in an e-mail, byte for byte. Items can be rendered one by one,
// so that only the items that have changed need to be rendered.
#pragma once

#include "base/text.h"
#include "cards/card_data.h"
#include "cards/card_template.h"
#include "model/error.h"

namespace vitrine {

// Reads the options of a widget from {template?, partials: {name: text}?, title?, strings: {name: text}?, addToCart?,
// money?, eager?, quantity?, parts?} into `options`.
// partials: each replaces the built-in partial of its name (widget/README.md lists them). "frame" is the whole
// template; it must hold {{#items}} with one element in it that has data-vitrine-item.
// strings: added to those that the options have already, else to English.
// parts: true writes part="x" beside class="vitrine-x", for a shadow root.
// cardTemplates: the page's cache; null compiles the template anew.
// Returns what is wrong, or null. The options can always be used: the built-in template stands in for a refused one.
Problem readCardOptions(const Json& request, CardOptions& options, CardTemplates* cardTemplates = nullptr);

// Renders the cards of a slate, sharing the structure of cards that have the same shape. Slate and options must outlive
// this object.
class Cards {
 public:
  Cards(const Slate& slate, const CardOptions& options);

  // Returns the shape of the card at `position` and adds its values to renderTrace(). Returns CardShapes::kNone, and
  // adds nothing, if the card has no usable shape.
  int shapeOf(std::size_t position);
  // Appends the card's HTML.
  void render(std::size_t position, Text& out) const;
  // Reserves memory in the trace for `more` cards like those recorded already.
  void reserve(std::size_t more);
  // Appends the steps (patch.h) that turn card `from` of `before`, which has the same options, into card `to`. Returns
  // false, and appends nothing, if the two have different shapes. Discards the recorded values of both.
  bool appendPatch(Cards& before, std::size_t from, std::size_t to, Text& patch);

  const RenderTrace& renderTrace() const { return trace_; }
  const Value& frame() const { return frame_; }

 private:
  const CardOptions& options_;
  CardData data_;
  const Value frame_;
  RenderTrace trace_;
};

// Returns the slate as HTML. Every text is escaped, every address checked. Each item is one element with
// data-vitrine-item and data-vitrine-position, by which the page knows which product was clicked.
Text renderSlate(const Slate& slate, const CardOptions& options);
// Renders the slate for a page, which builds cards faster by cloning than from HTML. Sets `html` to the frame with one
// model card in it and `cards` to the instructions (card_clones.h). Where cloning does not pay (fewer than four cards,
// or too few of one shape), `html` is the whole slate and `cards` stays empty.
void renderCards(const Slate& slate, const CardOptions& options, Text& html, Text& cards);
// Appends the HTML of one item.
void renderItem(const Slate& slate, std::size_t position, const CardOptions& options, Text& out);
// Appends the HTML of the frame without items.
void renderFrame(const Slate& slate, const CardOptions& options, Text& out);
// Appends `count` items without content in their frame, which is as high as the widget will be.
void renderPlaceholder(const CardOptions& options, std::size_t count, Text& out);

}  // namespace vitrine
