#include "slots/slot.h"

namespace vitrine {

Problem readSlot(const Json& request, Slot& slot) {
  if (!readQueryKind(stringMember(request, "kind"), slot.kind)) {
    return validationError("kind", "bad-argument",
                           "A widget's kind is one of those in widget/README.md, such as similarItems.");
  }
  slot.experiment = stringMember(request, "experiment");
  slot.isLater = boolMember(request, "later", false);
  if (const Json* query = member(request, "query")) slot.query = *query;
  slot.surface = stringMember(request, "surface");
  if (slot.surface.empty()) slot.surface = "widget";
  slot.source = stringMember(request, "source");
  if (slot.source.empty()) slot.source = kQueryKindNames[static_cast<int>(slot.kind)];
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
                .sortBy = stringMember(slot.query, "sortBy"),
                .filters = member(slot.query, "filters")};
  served.itemIds.reserve(slate.products.size());
  for (const auto& product : slate.products) served.itemIds.push_back(product->id);
  return served;
}

}  // namespace vitrine
