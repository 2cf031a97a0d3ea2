// Which items of a list stay where they are when it becomes another, and which must move.
#pragma once

#include <string>
#include <vector>

namespace vitrine {

// Appends "order" (patch.h), if the order is another. sources: for each new item the number of the old one that it was,
// -1 for a new one. htmls: of the new ones. As many items as possible stay where they are.
void patchOrder(const std::vector<int>& sources, std::size_t oldCount, const std::vector<std::string>& htmls,
                std::string& patch);

}  // namespace vitrine
