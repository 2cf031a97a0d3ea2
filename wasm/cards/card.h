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

// Returns the slate as HTML. Every text is escaped, every address checked. Each item is one element with
// data-vitrine-item and data-vitrine-position, by which the page knows which product was clicked.
Text renderSlate(const Slate& slate, const CardOptions& options);
// Appends the HTML of one item.
void renderItem(const Slate& slate, std::size_t position, const CardOptions& options, Text& out);
// Appends the HTML of the frame without items.
void renderFrame(const Slate& slate, const CardOptions& options, Text& out);
// Appends `count` items without content in their frame, which is as high as the widget will be.
void renderPlaceholder(const CardOptions& options, std::size_t count, Text& out);

}  // namespace vitrine
