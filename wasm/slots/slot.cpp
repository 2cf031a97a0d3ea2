#include "slots/slot.h"

namespace vitrine {

Problem readSlot(const Json& request, Slot& slot) {
  slot.name = stringMember(request, "name");
  if (!readQueryKind(stringMember(request, "kind"), slot.kind) || slot.kind == QueryKind::kSuggest) {
    return argumentError(
        "kind", "similarItems, forVisitor, forUser, boughtTogether, trending, category, searchText or searchCategory");
  }
  slot.experiment = stringMember(request, "experiment");
  slot.isLater = boolMember(request, "later", false);
  if (const Json* query = member(request, "query")) slot.query = *query;
  slot.surface = stringMember(request, "surface");
  if (slot.surface.empty()) slot.surface = "widget";
  slot.source = stringMember(request, "source");
  if (slot.source.empty()) slot.source = kQueryKindNames[static_cast<int>(slot.kind)];
  if (member(request, "reuse")) {
    slot.list = stringMember(request, "kind");
    slot.list += slot.surface;
    slot.list += slot.source;
    appendJson(slot.list, slot.query);
  }
  return nullptr;
}

Served servedOf(const Slot& slot, const Slate& slate) {
  Served served{.surface = slot.surface,
                .source = slot.source,
                .serveId = slate.serveId,
                .itemIds = {},
                .totalResults = static_cast<double>(slate.totalResults),
                .query = stringMember(slot.query, "query"),
                .anchorId = stringMember(slot.query, "anchorId"),
                .sortBy = member(slot.query, "sortBy"),
                .filters = member(slot.query, "filters")};
  served.itemIds.reserve(slate.products.size());
  for (const auto& product : slate.products) served.itemIds.push_back(product->id);
  return served;
}

}  // namespace vitrine
