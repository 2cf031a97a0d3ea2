// What has to be done to the nodes that one rendering made so that they are those of the next: keyed by item, so that a
// node that stays a node keeps its focus, its scroll position and whatever watches it.
//
// A patch is a list of fields, each with \x1f in front, which no rendering contains. A path leads from the item (or,
// for item -1, from what surrounds all items) by child numbers, "0.2"; "" is the item itself. Old values are sent
// along: whoever applies a patch checks them, and a node that is not as expected must not be patched.
//
//   order  NEW HTML…                  (order.h) items from first to last, by their old number: "2" stays, ">0" moves,
//   "+" is new,
//                                     with an HTML for each; the others go
//   text   ITEM PATH OLD NEW          the text of a text node
//   set    ITEM PATH NAME OLD NEW     the value of an attribute
//   add    ITEM PATH NAME VALUE       an attribute that was not there
//   drop   ITEM PATH NAME             one that is not there any more
//   inner  ITEM PATH HTML             all children of an element
//   item   ITEM HTML                  the item, as nothing of it stays
//
// "order" comes first; items have their new numbers after it.
#pragma once

#include <string>
#include <string_view>

#include "cards/card_shape.h"

namespace vitrine {

// Appends what makes `after` out of `before`, both well-formed markup as templates write it (markup.h), `before` also
// as a browser writes what it has made of that. item -1: the surroundings, which may be several elements; otherwise one
// element. False, and nothing appended, if that cannot be
// said in steps because the outermost elements themselves are others.
bool patchMarkup(std::string_view before, std::string_view after, int item, std::string& patch);

// Appends what makes a card of a kind with the values `was` into one with the values `is`.
void patchParts(const CardShape& shape, const RenderTrace& was, const RenderTrace& is, int item, std::string& patch);

// Appends "item".
void patchItem(int item, std::string_view html, std::string& patch);

}  // namespace vitrine
