#include "services/richrelevance/events.h"

#include <charconv>
#include <cmath>

#include "http/form.h"
#include "store/ids.h"
#include "store/row.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

StoredEvent eventOf(StoredEventKind kind, const Shopper& shopper) {
  StoredEvent event;
  event.service = "richrelevance";
  event.eventId = newUuid();
  event.kind = kind;
  event.atMs = now();
  event.visitorId = shopper.visitorId;
  event.sessionId = shopper.sessionId;
  event.userId = shopper.userId;
  return event;
}

}  // namespace

std::vector<StoredEvent> eventsOfCall(const httplib::Request& source, const Catalog& catalog,
                                      const RichRelevanceRequest& request, const Shopper& shopper,
                                      const std::vector<Filled>& placements, const std::string& viewGuid) {
  const json sent = parametersOf(source);
  std::vector<StoredEvent> events;
  const auto add = [&](StoredEvent event, const json& extra) {
    describe(event, sent, extra);
    events.push_back(std::move(event));
  };
  const std::string& page = request.pageType();
  if (page == "item_page") {
    StoredEvent event = eventOf(StoredEventKind::kPageView, shopper);
    event.anchorId = request.productIds.front();
    add(std::move(event), {{"surface", page}});
  }
  if (page == "add_to_cart_page")
    for (const std::string& id : request.cartIds) {
      StoredEvent event = eventOf(StoredEventKind::kAddToCart, shopper);
      event.items.push_back({id, 1, 0});
      add(std::move(event), {{"surface", page}});
    }
  if (page == "purchase_complete_page") {
    StoredEvent event = eventOf(StoredEventKind::kPurchase, shopper);
    event.eventId = "order:" + request.orderId;
    event.orderId = request.orderId;
    std::int64_t cents = 0;
    for (const OrderLine& line : request.order) {
      cents += line.cents * line.quantity;
      event.items.push_back(
          {line.productId, static_cast<double>(line.quantity), static_cast<double>(line.cents) / 100});
    }
    add(std::move(event), {{"value", static_cast<double>(cents) / 100}});
  }
  for (const Filled& filled : placements) {
    StoredEvent event = eventOf(StoredEventKind::kItemsServed, shopper);
    event.serveId = viewGuid;
    if (page == "item_page") event.anchorId = request.productIds.front();
    json itemIds = json::array();
    for (const ScoredItem& item : filled.items) itemIds.push_back(catalog[item.item].id);
    add(std::move(event), {{"surface", page}, {"source", filled.placement.id}, {"itemIds", std::move(itemIds)}});
  }
  return events;
}

StoredEvent eventOfClick(const httplib::Request& source) {
  const auto parameter = [&](const char* name) {
    const std::string value = source.get_param_value(name);
    if (value.empty() || value.size() > kMaxIdBytes)
      throw Refusal{400, "invalid-parameter", std::string("Missing required parameter: ") + name};
    return value;
  };
  if (parameter("a") != kRichRelevanceApiKey) throw Refusal{400, "invalid-parameter", "Invalid apiKey"};
  if (parameter("cak") != kRichRelevanceClientKey) throw Refusal{400, "invalid-parameter", "Invalid apiClientKey"};
  StoredEvent event = eventOf(StoredEventKind::kClick, {parameter("s"), parameter("s"), source.get_param_value("u")});
  event.serveId = parameter("vg");
  event.items.push_back({parameter("p"), 1, 0});
  const std::string place = parameter("pos"), placement = parameter("pa");
  int position = 0;
  std::from_chars(place.data(), place.data() + place.size(), position);
  describe(event, parametersOf(source),
           {{"surface", placement.substr(0, placement.find('.'))}, {"source", placement}, {"position", position}});
  return event;
}

}  // namespace vitrine::demo
