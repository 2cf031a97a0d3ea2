#include "services/depict/events.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <string>

#include "services/depict/form.h"
#include "store/ids.h"
#include "store/row.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

constexpr std::pair<std::string_view, StoredEventKind> kTypes[] = {
    {"page_view", StoredEventKind::kPageView},
    {"click", StoredEventKind::kClick},
    {"add_to_cart", StoredEventKind::kAddToCart},
    {"purchase", StoredEventKind::kPurchase},
    {"element_visible", StoredEventKind::kView},
    {"ws_click", StoredEventKind::kClick},
    {"recommendations_inserted", StoredEventKind::kItemsServed},
};

// Further members of an event, which are only kept in the row as sent.
constexpr const char* kFurtherTexts[] = {
    "dsid",           "ab_test_group",       "document_referrer",         "document_width",
    "attribution_id", "search_result_id",    "product_listing_result_id", "click_location",
    "page_url",       "recommendation_type", "collection_handle",         "shopify_collection_id",
    "grid_item_link", "depict_ab_variant"};

std::optional<StoredEventKind> kindNamed(const std::string& name) {
  const auto found =
      std::find_if(std::begin(kTypes), std::end(kTypes), [&](const auto& type) { return type.first == name; });
  return found == std::end(kTypes) ? std::nullopt : std::optional(found->second);
}

bool isCurrency(const std::string& text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

StoredEvent readEvent(DepictForm& form, const json& loc) {
  StoredEvent event;
  event.service = "depict";
  event.atMs = now();
  form.text("tenant");
  form.text("market");
  const std::string type = form.text("type");
  if (const auto kind = kindNamed(type)) {
    event.kind = *kind;
  } else if (!type.empty()) {
    json at = loc;
    at.push_back("type");
    form.complain(at, "enum",
                  "Input should be 'page_view', 'click', 'add_to_cart', 'purchase', 'element_visible', 'ws_click' or "
                  "'recommendations_inserted'");
  }
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
  form.texts("variant_ids", false);
  form.optionalTextMap("entity_identifiers");
  form.refuseOthers();
  if (event.kind == StoredEventKind::kPageView)
    event.anchorId = productId;
  else if (!productId.empty())
    event.items.push_back({productId, 1, std::strtod(price.c_str(), nullptr)});
  return event;
}

// Reads a price: a number or its text.
double readPrice(DepictForm& form, const json& loc) {
  const json* value = form.member("price", true);
  if (!value) return 0;
  json at = loc;
  at.push_back("price");
  char* end = nullptr;
  const std::string text = value->is_string() ? value->get<std::string>() : "";
  const double price = value->is_number() ? value->get<double>() : std::strtod(text.c_str(), &end);
  const bool isNumber = value->is_number() || (!text.empty() && end == text.c_str() + text.size());
  if (!isNumber)
    form.complain(at, "float_parsing", "Input should be a valid number");
  else if (!(price >= 0))
    form.complain(at, "greater_than_equal", "Input should be greater than or equal to 0");
  return price;
}

void readLines(DepictForm& form, const json& loc, StoredEvent& event) {
  const json* lines = form.member("products", true);
  if (!lines) return;
  json at = loc;
  at.push_back("products");
  if (!lines->is_array()) return form.complain(at, "list_type", "Input should be a valid list");
  if (lines->empty()) form.complain(at, "too_short", "List should have at least 1 item after validation, not 0");
  for (std::size_t i = 0; i < lines->size(); ++i) {
    json lineLoc = at;
    lineLoc.push_back(i);
    DepictForm line((*lines)[i], lineLoc);
    const std::string sku = line.text("sku");
    const double price = readPrice(line, lineLoc);
    line.member("quantity", true);
    const auto quantity = line.optionalInteger("quantity", 1, INT32_MAX);
    line.refuseOthers();
    form.adopt(line);
    event.items.push_back({sku, static_cast<double>(quantity.value_or(1)), price});
  }
}

void readShopper(DepictForm& form, const json& loc, StoredEvent& event) {
  event.sessionId = event.visitorId = form.optionalText("session_id");
  event.userId = form.optionalText("user_id");
  if (event.sessionId.empty() && event.userId.empty() && form.optionalText("dsid").empty())
    form.complain(loc, "value_error", "Value error, one of session_id, user_id and dsid is required");
  else
    form.optionalText("dsid");
}

// Returns nullopt for the types that have no StoredEventKind.
std::optional<StoredEvent> readTracked(DepictForm& form, const json& loc) {
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
  readShopper(form, loc, event);
  event.orderId = form.text("transaction_id");
  event.eventId = "transaction:" + event.orderId;
  if (type == "transaction_mapping") return std::nullopt;
  json at = loc;
  if (type != "purchase" && !type.empty()) {
    at.push_back("event_type");
    form.complain(at, "union_tag_invalid",
                  "Input should be 'purchase', 'transaction_mapping' or 'product_unavailable'");
    return std::nullopt;
  }
  const std::string currency = form.text("currency");
  at.push_back("currency");
  if (!currency.empty() && !isCurrency(currency))
    form.complain(at, "string_pattern_mismatch", "String should match pattern of ISO 4217 codes");
  readLines(form, loc, event);
  form.refuseOthers();
  return event;
}

}  // namespace

std::vector<StoredEvent> readDepictEvents(const json& body) {
  const json none = json::object();
  DepictForm all(none, {"body"});
  std::vector<StoredEvent> events;
  if (!body.is_array()) all.complain({"body"}, "list_type", "Input should be a valid list");
  for (std::size_t i = 0; body.is_array() && i < body.size(); ++i) {
    const json loc = {"body", i};
    DepictForm form(body[i], loc);
    events.push_back(readEvent(form, loc));
    all.adopt(form);
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
  DepictForm form(body, {"body"});
  form.text("tenant");
  form.text("market");
  const json* sources = form.member("events", true);
  form.refuseOthers();
  std::vector<StoredEvent> events;
  if (sources && !sources->is_array()) form.complain({"body", "events"}, "list_type", "Input should be a valid list");
  for (std::size_t i = 0; sources && sources->is_array() && i < sources->size(); ++i) {
    const json loc = {"body", "events", i};
    DepictForm entry((*sources)[i], loc);
    if (std::optional<StoredEvent> event = readTracked(entry, loc)) {
      const json& sent = (*sources)[i];
      if (sent.is_object()) describe(*event, sent, {{"currency", sent.value("currency", json())}});
      events.push_back(std::move(*event));
    }
    form.adopt(entry);
  }
  form.finish();
  return events;
}

}  // namespace vitrine::demo
