// A slate as HTML: the cards of a widget and the frame around them, by a built-in template or a shop's own.
//
// The same functions render in the page, on a server and in an e-mail, byte for byte. Items are rendered one by one, so
// that only those that changed need to be.
#pragma once

#include <string>

#include "cards/card_data.h"
#include "cards/card_template.h"
#include "model/error.h"

namespace vitrine {

// {template?, partials: {name: text}?, title?, strings: {name: text}?, addToCart?, money?, eager?, quantity?, parts?:
// true writes part="x" beside class="vitrine-x", for a shadow root}. A partial of a shop's own replaces the built-in
// one of that name (widget/README.md lists them); "frame" is all of it and must hold {{#items}} with one element in it
// that has data-vitrine-item. The options can always be used: with what is wrong (a template that is refused) the
// built-in stands in.
// strings come on top of those that the options have already, else of English. looks: those that are compiled already.
Problem readCardOptions(const Json& request, CardOptions& options, CardTemplates* cardTemplates = nullptr);

// The cards of a slate, each as what it is of its kind. Slate and options must outlive it.
class Cards {
 public:
  Cards(const Slate& slate, const CardOptions& options);

  // The kind of the card at that place, whose values are added to the trace. CardShapes::kNone, and nothing added, if
  // it can be of none.
  int shapeOf(std::size_t position);
  // It as markup, appended.
  void render(std::size_t position, std::string& out) const;
  // Makes room for so many more cards like those that are in the trace.
  void expect(std::size_t more);
  // Appends the steps (patch.h) that make card `from` of `before`, which has the same options, into card `to`. False,
  // and nothing appended, if they are of different kinds. Forgets what was traced.
  bool appendPatch(Cards& before, std::size_t from, std::size_t to, std::string& patch);

  const RenderTrace& trace() const { return trace_; }
  const Value& frame() const { return frame_; }

 private:
  const CardOptions& options_;
  CardData data_;
  const Value frame_;
  RenderTrace trace_;
};

// Every text escaped, every address checked. Each item is one element with data-vitrine-item and
// data-vitrine-position, by which the page knows what was clicked.
std::string renderSlate(const Slate& slate, const CardOptions& options);
// The same for a page, which makes cards faster from one that it has than from text: `html` with one card in the place
// of all, `cards` how to make them of it (stamp.h). Where that does not pay `html` is all of it and `cards` empty.
void renderCards(const Slate& slate, const CardOptions& options, std::string& html, std::string& cards);
// One item, appended.
void renderItem(const Slate& slate, std::size_t position, const CardOptions& options, std::string& out);
// All but the items, appended: their place is empty.
void renderFrame(const Slate& slate, const CardOptions& options, std::string& out);
// So many items without content, in their frame, appended: as high as the widget will be.
void renderPlaceholder(const CardOptions& options, std::size_t count, std::string& out);

}  // namespace vitrine
