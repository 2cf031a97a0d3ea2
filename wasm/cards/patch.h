// Changes the nodes that one rendering made into those of the next. Items keep their nodes, and so their focus, scroll
// position and observers. widget/patch.ts carries a patch out.
//
// A patch is a list of steps, each a list of fields with \x1f in front, which no rendering contains:
//
//   order  NEW HTML…               The items from first to last by their old number: "2" stays, ">0" moves, "+" is
//                                  new, with one HTML for each new item. Items that are not named are removed.
//   set    ITEM PATH NAME OLD NEW  Sets, adds or removes an attribute; sets a text node if NAME is "". OLD and NEW are
//                                  "=" and the text, or "" if there is no such attribute.
//   inner  ITEM PATH HTML          Replaces all children of an element.
//   item   ITEM                    Replaces the whole item; the page calls for the markup of everything.
//
// ITEM is the item's number, or "-" for the frame around the items. PATH leads to a node by child numbers, such as
// "0.2": from the item ("" is the item itself), or from the frame's parent, where items are not counted. "order" comes
// first, and the steps after it use the new item numbers. OLD is sent along for a check: a node that has another value
// must not be patched.
//
// patchMarkup() makes the steps of an item and of the frame, reorder.h makes the "order" step.
#pragma once

#include <string_view>

#include "base/text.h"

namespace vitrine {

// Appends the steps that turn `before` into `after`.
// before, after: well-formed markup as templates write it (markup.h); `before` may also be that markup as a browser
// serialized it. item: the item's number, of which both are one element; -1 for the frame, which may be several
// elements.
// Returns false, and appends nothing, if no patch exists because the outermost elements differ.
bool patchMarkup(std::string_view before, std::string_view after, int item, Text& patch);

// Appends an "item" step.
void patchItem(int item, Text& patch);

}  // namespace vitrine
