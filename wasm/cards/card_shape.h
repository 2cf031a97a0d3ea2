// The static structure of a card: its elements, and the parts in which cards of this shape differ.
//
// Cards of one shape have the same elements and attributes; only the values in their parts differ. So the page can
// build a card by cloning another one of its shape (card_clones.h), and change one into another by setting values
// (patch.h), without writing or parsing markup.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/list.h"
#include "base/text.h"
#include "templates/render_trace.h"

namespace vitrine {

// A text node, or the value of an attribute, that holds at least one value of the card.
struct CardPart {
  List<int> path;                   // child numbers that lead from the card to the node
  Text name;                        // name of the attribute; "" for a text node
  std::size_t begin = 0, end = 0;   // where the part stands in the sample
  Text text;                        // the text that a browser reads there in the sample
  std::size_t first = 0, last = 0;  // the card's values in the part: from `first` up to `last`
  List<Text> around;                // the template's own text before each of these values and after the last

  // Appends the text of this part in a card.
  // values: holds the values of that card, which begin at index `card`.
  void append(const RenderTrace& values, std::size_t card, Text& out) const;
};

struct CardShape {
  List<std::uint32_t> operations;  // in the render trace of each card of this shape
  Text sample;                     // the markup of such a card, with "x" for every value that is not empty
  List<CardPart> parts;            // in document order
  bool isUsable = false;           // every value lies in a part, and the card is one element with
                                   // data-vitrine-item
};

// The shapes that the cards of one template have.
class CardShapes {
 public:
  static constexpr int kNone = -1;

  // Returns the number of the shape with the operations of this trace; kNone if there is none yet.
  int find(const RenderTrace& trace) const;
  // Adds the shape of a sample (Template::renderSample). Returns its number; kNone if there are too many shapes
  // already, or if a value of the card is markup.
  int add(const RenderTrace& trace, std::string_view sample);
  // Returns whether no further shape can be added.
  bool isFull() const;

  const CardShape& operator[](int shape) const { return shapes_[static_cast<std::size_t>(shape)]; }
  std::size_t size() const { return shapes_.size(); }

 private:
  List<CardShape> shapes_;
};

}  // namespace vitrine
