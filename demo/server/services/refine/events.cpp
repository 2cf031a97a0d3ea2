#include "services/refine/events.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>

#include "http/form.h"
#include "http/replies.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

constexpr double kMaxEpochMs = 8.64e15;  // the latest time of a JavaScript Date
constexpr std::int64_t kMaxCount = 1'000'000'000;
constexpr double kMaxMoney = 1e12;
constexpr double kLeastQuantity = 1e-6;  // weights need not be whole
constexpr std::size_t kMaxUrlBytes = 8192, kMaxQueryBytes = 1000;

bool isUlid(const std::string& text) {
  constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz";
  return text.size() == 26 && text[0] <= '7' && text.find_first_not_of(kCrockford) == std::string::npos;
}

StoredEventKind readKind(Form& form) {
  const std::string name = form.text("type");
  constexpr std::size_t kDoofinderKinds = 1;  // the last one
  const std::span names(kStoredEventKindNames, std::size(kStoredEventKindNames) - kDoofinderKinds);
  return static_cast<StoredEventKind>(form.oneOf("type", name, names).value_or(0));
}

void readShopper(Form& form, StoredEvent& event) {
  event.visitorId = form.optionalText("visitorId");
  event.sessionId = form.optionalText("sessionId");
  event.userId = form.optionalText("userId");
  // Without consent an event carries neither id; one id without the other is an error of the sender.
  if (event.visitorId.empty() != event.sessionId.empty())
    form.complain(event.visitorId.empty() ? "visitorId" : "sessionId",
                  "must be a non-empty string where the other of the two is given");
}

void readServe(Form& form, StoredEvent& event) {
  event.serveId = form.text("serveId");
  form.text("surface");
  form.text("source");
}

void readSearch(Form& form) {
  form.optionalInteger("totalResults", 0, kMaxCount);
  form.optionalList("filters");
  // An order is a text or {field, order?} (docs/event.schema.json).
  const json* sortBy = form.find("sortBy");
  if (!sortBy || !sortBy->is_object()) {
    form.optionalText("sortBy");
    return;
  }
  Form inner = form.inner(json::array({"sortBy"}), *sortBy);
  inner.text("field");
  inner.optionalText("order");
}

void readItemsServed(Form& form, StoredEvent& event) {
  readServe(form, event);
  event.anchorId = form.optionalText("anchorId");
  form.optionalInteger("offset", 1, kMaxCount);  // a list may come in several events
  form.optionalText("query", kMaxQueryBytes);
  readSearch(form);
  for (const json& id : form.list("itemIds"))
    if (!id.is_string() || id.get_ref<const std::string&>().empty())
      form.complain("itemIds", "must be an array of non-empty strings");
}

void readItemEvent(Form& form, StoredEvent& event) {
  readServe(form, event);
  form.optionalInteger("position", 0, kMaxCount);
  const double quantity = form.optionalNumber("quantity", kLeastQuantity, kMaxCount).value_or(1);
  event.items.push_back({form.text("itemId"), quantity, 0});
}

// An act on a product outside any list. An addToCart of a list names all three members of its serve.
void readProductEvent(Form& form, StoredEvent& event) {
  for (const char* name : {"serveId", "surface", "source"}) {
    if (form.find(name)) return readItemEvent(form, event);
  }
  const double quantity = form.optionalNumber("quantity", kLeastQuantity, kMaxCount).value_or(1);
  event.items.push_back({form.text("itemId"), quantity, form.optionalNumber("unitPrice", 0, kMaxMoney).value_or(0)});
  form.optionalText("title", kMaxQueryBytes);
  form.optionalText("currency", 3);
}

void readPurchase(Form& form, StoredEvent& event) {
  event.orderId = form.text("orderId");
  form.number("value", 0, kMaxMoney);
  const std::string currency = form.text("currency");
  if (currency.size() != 3 ||
      !std::all_of(currency.begin(), currency.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
    form.complain("currency", "must be an ISO 4217 code such as EUR");
  for (const json& line : form.list("items", 1)) {
    const json at = {"items", event.items.size()};
    if (!line.is_object()) form.complain(at, "must be an object {itemId, quantity, unitPrice?}");
    Form item = form.inner(at, line);
    const double quantity = item.number("quantity", kLeastQuantity, kMaxCount);
    // A negative price is a discount.
    const double price = item.optionalNumber("unitPrice", -kMaxMoney, kMaxMoney).value_or(0);
    event.items.push_back({item.text("itemId"), quantity, price});
  }
}

StoredEvent readEvent(const json& source, Form form) {
  StoredEvent event;
  event.service = "refine";
  event.eventId = form.text("eventId");
  if (!isUlid(event.eventId)) form.complain("eventId", "must be a ULID (26 characters)");
  event.kind = readKind(form);
  event.atMs = static_cast<EpochMs>(form.number("at", 0, kMaxEpochMs));
  event.seq = form.integer("seq", 0, kMaxCount);
  form.optionalText("url", kMaxUrlBytes);
  readShopper(form, event);
  switch (event.kind) {
    case StoredEventKind::kItemsServed:
      readItemsServed(form, event);
      break;
    case StoredEventKind::kView:
    case StoredEventKind::kClick:
      readItemEvent(form, event);
      break;
    case StoredEventKind::kAddToCart:
    case StoredEventKind::kViewItem:
    case StoredEventKind::kRemoveFromCart:
      readProductEvent(form, event);
      break;
    case StoredEventKind::kSearch:
      form.text("query", kMaxQueryBytes);
      readSearch(form);
      break;
    case StoredEventKind::kCustom:
      form.text("name", 100);
      if (const json* properties = form.find("properties"); properties && !properties->is_object())
        form.complain("properties", "must be an object");
      break;
    case StoredEventKind::kPurchase:
      readPurchase(form, event);
      break;
    case StoredEventKind::kIdentify:
      form.text("userId");
      form.text("visitorId");
      break;
    case StoredEventKind::kPageView:
    case StoredEventKind::kClearCart:
      break;
    case StoredEventKind::kExposure:
      form.text("experiment");
      form.text("variant");
      break;
    case StoredEventKind::kSessionInit:
      break;
  }
  event.body = source.dump(-1, ' ', false, json::error_handler_t::replace);
  return event;
}

std::string eventIdOf(const json& source) {
  const auto found = source.is_object() ? source.find("eventId") : source.end();
  return source.is_object() && found != source.end() && found->is_string()
             ? found->get<std::string>().substr(0, kMaxIdBytes)
             : std::string();
}

}  // namespace

std::vector<StoredEvent> readRefineBatch(const json& batch) {
  Form form(batch);
  form.text("batchId");
  form.optionalNumber("sentAt", 0, kMaxEpochMs);
  const json& sources = form.list("events", 1);
  std::vector<StoredEvent> events;
  events.reserve(sources.size());
  for (const json& source : sources) {
    try {
      events.push_back(readEvent(source, form.inner({"events", events.size()}, source)));
    } catch (Refusal& refusal) {
      const std::string eventId = eventIdOf(source);
      refusal.code = "invalid-event";
      refusal.details = {{"index", events.size()}, {"eventId", eventId.empty() ? json() : json(eventId)}};
      if (!eventId.empty()) refusal.message += " (event " + eventId + ")";
      throw;
    }
  }
  return events;
}

}  // namespace vitrine::demo
