#include "store/row.h"

#include <utility>

namespace vitrine::demo {

using nlohmann::json;

void describe(StoredEvent& event, const json& sent, const json& extra) {
  json row = {{"eventId", event.eventId}, {"type", nameOf(event.kind)}, {"at", event.atMs}};
  const std::pair<const char*, const std::string*> texts[] = {
      {"visitorId", &event.visitorId}, {"sessionId", &event.sessionId}, {"userId", &event.userId},
      {"serveId", &event.serveId},     {"anchorId", &event.anchorId},   {"orderId", &event.orderId},
  };
  for (const auto& [name, text] : texts)
    if (!text->empty()) row[name] = *text;
  if (event.kind == StoredEventKind::kPurchase) {
    row["items"] = json::array();
    for (const EventItem& line : event.items)
      row["items"].push_back({{"itemId", line.itemId}, {"quantity", line.quantity}, {"unitPrice", line.unitPrice}});
  } else if (!event.items.empty()) {
    row["itemId"] = event.items.front().itemId;
    if (event.kind == StoredEventKind::kAddToCart) row["quantity"] = event.items.front().quantity;
  }
  row.update(extra);
  row["sent"] = sent;
  event.body = row.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace vitrine::demo
