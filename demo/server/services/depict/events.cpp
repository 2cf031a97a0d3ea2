#include "services/depict/events.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>

#include "services/depict/errors.h"
#include "store/ids.h"
#include "store/row.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

// The types of events, and the kinds of the rows that they become.
constexpr std::string_view kTypes[] = {
    "page_view", "click", "add_to_cart", "purchase", "element_visible", "ws_click", "recommendations_inserted"};
constexpr StoredEventKind kKinds[] = {
    StoredEventKind::kPageView, StoredEventKind::kClick, StoredEventKind::kAddToCart,  StoredEventKind::kPurchase,
    StoredEventKind::kView,     StoredEventKind::kClick, StoredEventKind::kItemsServed};
constexpr std::string_view kTrackedTypes[] = {"purchase", "transaction_mapping", "product_unavailable"};

// Further members of an event, which are only kept in the row as sent.
constexpr const char* kFurtherTexts[] = {
    "dsid",           "ab_test_group",       "document_referrer",         "document_width",
    "attribution_id", "search_result_id",    "product_listing_result_id", "click_location",
    "page_url",       "recommendation_type", "collection_handle",         "shopify_collection_id",
    "grid_item_link", "depict_ab_variant"};

bool isCurrency(const std::string& text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// Returns 0 for a text that is no finite number: a row cannot hold NaN.
double priceIn(const std::string& text) {
  const double price = std::strtod(text.c_str(), nullptr);
  return std::isfinite(price) ? price : 0;
}

StoredEvent readEvent(Form& form) {
  StoredEvent event;
  event.service = "depict";
  event.atMs = now();
  form.text("tenant");
  form.text("market");
  const std::string type = form.text("type");
  if (!type.empty())
    if (const auto known = form.oneOf("type", type, kTypes, "enum")) event.kind = kKinds[*known];
  event.eventId = form.optionalText("deduplication_id");
  if (event.eventId.empty()) event.eventId = newUuid();
  event.sessionId = event.visitorId = form.optionalText("session_id");
  event.userId = form.optionalText("user_id");
  event.serveId = form.optionalText("recommendation_id");
  const std::string productId = form.optionalText("product_id");
  const std::string price = form.optionalText("entity_price");
  form.optionalText("currency");
  form.optionalText("url");
  for (const char* name : kFurtherTexts) form.optionalText(name);
  form.optionalInteger("grid_item_id", INT32_MIN, INT32_MAX);
  form.texts("variant_ids", form.optionalList("variant_ids"));
  checkTextMap(form, "entity_identifiers");
  form.refuseOthers();
  if (event.kind == StoredEventKind::kPageView)
    event.anchorId = productId;
  else if (!productId.empty())
    event.items.push_back({productId, 1, priceIn(price)});
  return event;
}

void readLines(Form& form, StoredEvent& event) {
  const json& lines = form.list("products", 1);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Form line = form.inner({"products", i}, lines[i]);
    const std::string sku = line.text("sku");
    const double price = line.number("price", 0, std::numeric_limits<double>::max());
    line.require("quantity", {Rule::kInteger});
    const auto quantity = line.optionalInteger("quantity", 1, INT32_MAX);
    line.refuseOthers();
    event.items.push_back({sku, static_cast<double>(quantity.value_or(1)), price});
  }
}

void readShopper(Form& form, StoredEvent& event) {
  event.sessionId = event.visitorId = form.optionalText("session_id");
  event.userId = form.optionalText("user_id");
  const std::string dsid = form.optionalText("dsid");
  if (event.sessionId.empty() && event.userId.empty() && dsid.empty())
    form.complain(json::array(), "Value error, one of session_id, user_id and dsid is required", "value_error");
}

// Returns nullopt for the types that have no StoredEventKind.
std::optional<StoredEvent> readTracked(Form& form) {
  StoredEvent event;
  event.service = "depict";
  event.kind = StoredEventKind::kPurchase;
  event.atMs = now();
  const std::string type = form.text("event_type");
  if (type == "product_unavailable") {
    form.text("product_id");
    form.text("unavailability_type");
    return std::nullopt;
  }
  readShopper(form, event);
  event.orderId = form.text("transaction_id");
  event.eventId = "transaction:" + event.orderId;
  if (type == "transaction_mapping") return std::nullopt;
  if (!type.empty() && !form.oneOf("event_type", type, kTrackedTypes, "union_tag_invalid")) return std::nullopt;
  const std::string currency = form.text("currency");
  if (!currency.empty() && !isCurrency(currency))
    form.complain("currency", "String should match pattern of ISO 4217 codes", "string_pattern_mismatch");
  readLines(form, event);
  form.refuseOthers();
  return event;
}

}  // namespace

std::vector<StoredEvent> readDepictEvents(const json& body) {
  const json none = json::object();
  const Form all(none, kDepictStyle);
  std::vector<StoredEvent> events;
  if (!body.is_array()) all.complain(json::array(), {.problem = Complaint::kWrongKind, .rule = {Rule::kList}});
  for (std::size_t i = 0; body.is_array() && i < body.size(); ++i) {
    Form form = all.inner(i, body[i]);
    events.push_back(readEvent(form));
  }
  all.finish();
  for (std::size_t i = 0; i < events.size(); ++i) {
    json extra = json::object();
    for (const char* name : {"url", "currency"})
      if (body[i].value(name, json()).is_string()) extra[name] = body[i][name];
    describe(events[i], body[i], extra);
  }
  return events;
}

std::vector<StoredEvent> readDepictPurchases(const json& body) {
  Form form(body, kDepictStyle);
  form.text("tenant");
  form.text("market");
  const json& sources = form.list("events");
  form.refuseOthers();
  std::vector<StoredEvent> events;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    Form entry = form.inner({"events", i}, sources[i]);
    std::optional<StoredEvent> event = readTracked(entry);
    if (!event || !entry.isObject()) continue;
    describe(*event, sources[i], {{"currency", sources[i].value("currency", json())}});
    events.push_back(std::move(*event));
  }
  form.finish();
  return events;
}

}  // namespace vitrine::demo
