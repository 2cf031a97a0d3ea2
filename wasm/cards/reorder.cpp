#include "cards/reorder.h"

#include <algorithm>
#include <cstdint>

#include "base/field_writer.h"
#include "base/number.h"

namespace vitrine {
namespace {

// Returns for each item whether it stays: a longest increasing subsequence of the sources (patience sorting).
List<char> staying(const List<int>& sources) {
  List<std::size_t> ends;  // at length - 1: the item with the smallest source that ends a subsequence of it
  List<std::size_t> before(sources.size(), sources.size());
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (sources[i] < 0) continue;
    const auto place = std::lower_bound(ends.begin(), ends.end(), sources[i],
                                        [&](std::size_t item, int source) { return sources[item] < source; });
    if (place != ends.begin()) before[i] = *(place - 1);
    if (place == ends.end())
      ends.push_back(i);
    else
      *place = i;
  }
  List<char> stays(sources.size());
  for (std::size_t i = ends.empty() ? sources.size() : ends.back(); i < sources.size(); i = before[i]) stays[i] = 1;
  return stays;
}

}  // namespace

void patchOrder(const List<int>& sources, std::size_t oldCount, const List<Text>& htmls, Text& patch) {
  bool isSame = sources.size() == oldCount;
  for (std::size_t i = 0; isSame && i < oldCount; ++i) isSame = sources[i] == static_cast<int>(i);
  if (isSame) return;
  const List<char> stays = staying(sources);
  FieldWriter fields(patch);
  fields.add("order").begin();
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (i > 0) patch += ' ';
    if (sources[i] < 0) {
      patch += '+';
      continue;
    }
    if (stays[i] == 0) patch += '>';
    appendInteger(patch, static_cast<std::uint64_t>(sources[i]));
  }
  for (const Text& html : htmls) fields.add(html);
}

}  // namespace vitrine
