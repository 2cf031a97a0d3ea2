#include "core/slot.h"

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

std::string servePayload(const Slot& slot, const Slate& slate) {
  std::string out;
  JsonObject payload(out);
  payload.add("surface", slot.surface).add("source", slot.source).add("serveId", slate.serveId);
  std::string& items = payload.key("itemIds");
  items += '[';
  for (const auto& product : slate.products) {
    if (items.back() != '[') items += ',';
    appendString(items, product->id);
  }
  items += ']';
  if (slate.totalResults >= 0) payload.add("totalResults", slate.totalResults);
  for (const char* name : {"anchorId", "query", "filters", "sortBy"}) {
    if (const Json* value = member(slot.query, name)) payload.addJson(name, *value);
  }
  payload.close();
  return out;
}

}  // namespace vitrine
