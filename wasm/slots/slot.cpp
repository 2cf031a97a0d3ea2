#include "slots/slot.h"

#include "base/number.h"

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

namespace {

Json& addMember(Json& object, const char* name, Json::Type type, std::string_view text = {}) {
  Json& value = object.children.emplace_back();
  value.name = name;
  value.type = type;
  value.text = text;
  return value;
}

}  // namespace

Json servePayload(const Slot& slot, const Slate& slate) {
  Json payload;
  payload.type = Json::Type::kObject;
  addMember(payload, "surface", Json::Type::kString, slot.surface);
  addMember(payload, "source", Json::Type::kString, slot.source);
  addMember(payload, "serveId", Json::Type::kString, slate.serveId);
  Json& items = addMember(payload, "itemIds", Json::Type::kArray);
  items.children.reserve(slate.products.size());
  for (const auto& product : slate.products) {
    Json& item = items.children.emplace_back();
    item.type = Json::Type::kString;
    item.text = product->id;
  }
  if (slate.totalResults >= 0) {
    Json& total = addMember(payload, "totalResults", Json::Type::kNumber);
    total.number = slate.totalResults;
    appendNumber(total.text, total.number);
  }
  for (const char* name : {"anchorId", "query", "filters", "sortBy"}) {
    if (const Json* value = member(slot.query, name)) payload.children.push_back(*value);
  }
  return payload;
}

}  // namespace vitrine
