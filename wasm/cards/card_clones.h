// Cards said by what tells them apart: a page clones one and sets what is another's, which is faster than having its
// parser read each, and less to hand over.
//
// Stamps are a list of fields, each with \x1f in front, for all cards in order:
//
//   @  HTML COUNT (MOVES NAME TEXT)…    a kind of card (the first one told is 0): its markup ("": the card in the
//   frame),
//                                       and so many places, each an attribute or (NAME "") a text, with what stands
//                                       there in that markup. A page in which something else stands there cannot use
//                                       the clones.
//   =  KIND VALUE…                      a card of that kind, with these values in its places
//   +  HTML                             a card of its own
//
// The moves lead to a place from the one before, to the first one from the card: f to the first child, n to the next
// sibling, p to the parent. What all cards of a kind have in common is in its markup, and in none of its parts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cards/card_shape.h"

namespace vitrine {

struct CardClone {
  int shape = CardShapes::kNone;
  std::size_t first = 0;  // of its values in the trace
  std::string html;       // of a card that is of no shape
};

// Appends the clones of these cards, at least one of which is of a kind, and to `frameCard` the markup of the first
// kind.
void appendClones(const CardShapes& shapes, const RenderTrace& values, const std::vector<CardClone>& cards,
                  std::string& out, std::string& frameCard);

}  // namespace vitrine
