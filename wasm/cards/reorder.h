// Brings the items of a list into a new order with as few moves as possible: the "order" step of a patch (patch.h).
#pragma once

#include "base/list.h"
#include "base/text.h"

namespace vitrine {

// Appends an "order" step, unless the order is the same.
// sources: for each new item the number of the old item that it was; -1 for an item that is new.
// oldCount: number of old items. htmls: the HTML of each new item, in order.
void patchOrder(const List<int>& sources, std::size_t oldCount, const List<Text>& htmls, Text& patch);

}  // namespace vitrine
