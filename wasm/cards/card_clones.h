// Instructions for building cards by cloning: the page clones a model card and sets only the values that differ. Faster
// than parsing the HTML of each card, and less data to pass (docs/rendering.md). widget/clone_cards.ts carries them
// out.
//
// The instructions are a list of fields, each with \x1f in front, for all cards in order:
//
//   @  HTML COUNT (MOVES NAME TEXT)…   Defines the next shape, counted from 0, by a model card.
//                                      HTML    the model's markup; "" for the card that stands in the frame
//                                      COUNT   number of parts that follow
//                                      MOVES   the way to the part, see below
//                                      NAME    of an attribute; "" for a text node
//                                      TEXT    the text that the model has there. If the page's model has another
//                                              text there, the page must not use the clones.
//   =  SHAPE VALUE…                    A card of that shape, with these values in its parts.
//   +  HTML                            A card of no shape, as markup.
//
// MOVES lead to a part from the part before it, and to the first part from the card: f to the first child, n to the
// next sibling, p to the parent. A value that all cards of a shape have in common is in the model's markup and is no
// part.
#pragma once

#include <string_view>

#include "base/list.h"
#include "base/text.h"
#include "cards/card_shape.h"

namespace vitrine {

// One card of a slate, ready to be cloned.
struct CardClone {
  int shape = CardShapes::kNone;
  std::size_t first = 0;  // index of its first value in the trace
  Text html;              // the markup of a card that has no shape
};

// Appends the instructions for these cards to `out`, and the markup of the first model to `frameCard`.
// values: the values of all cards. cards: at least one of them has a shape.
void appendClones(const CardShapes& shapes, const RenderTrace& values, const List<CardClone>& cards, Text& out,
                  Text& frameCard);

}  // namespace vitrine
