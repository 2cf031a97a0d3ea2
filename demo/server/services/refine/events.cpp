#include "services/refine/events.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "http/fields.h"
#include "http/replies.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

constexpr double kMaxEpochMs = 8.64e15;  // the latest time of a JavaScript Date
constexpr std::int64_t kMaxCount = 1'000'000'000;
constexpr double kMaxMoney = 1e12;
constexpr std::size_t kMaxUrlBytes = 8192, kMaxQueryBytes = 1000;

bool isUlid(const std::string& text) {
  constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz";
  return text.size() == 26 && text[0] <= '7' && text.find_first_not_of(kCrockford) == std::string::npos;
}

StoredEventKind readKind(const Fields& fields) {
  const std::string name = fields.text("type");
  const auto found = std::find(std::begin(kStoredEventKindNames), std::end(kStoredEventKindNames), name);
  if (found == std::end(kStoredEventKindNames) || *found == "sessionInit" || *found == "removeFromCart")
    fields.refuse("type", "must be itemsServed, view, click, addToCart, purchase, identify, pageView or exposure");
  return static_cast<StoredEventKind>(found - std::begin(kStoredEventKindNames));
}

void readShopper(const Fields& fields, StoredEvent& event) {
  event.visitorId = fields.optionalText("visitorId");
  event.sessionId = fields.optionalText("sessionId");
  event.userId = fields.optionalText("userId");
  // Without consent an event carries neither id; one id without the other is an error of the sender.
  if (event.visitorId.empty() != event.sessionId.empty())
    fields.refuse(event.visitorId.empty() ? "visitorId" : "sessionId",
                  "must be a non-empty string where the other of the two is given");
}

void readServe(const Fields& fields, StoredEvent& event) {
  event.serveId = fields.text("serveId");
  fields.text("surface");
  fields.text("source");
}

void readItemsServed(const Fields& fields, StoredEvent& event) {
  readServe(fields, event);
  event.anchorId = fields.optionalText("anchorId");
  fields.optionalInteger("totalResults", 0, kMaxCount);
  fields.optionalText("query", kMaxQueryBytes);
  if (fields.find("filters")) fields.list("filters");
  for (const json& id : fields.list("itemIds"))
    if (!id.is_string() || id.get_ref<const std::string&>().empty())
      fields.refuse("itemIds", "must be an array of non-empty strings");
}

void readItemEvent(const Fields& fields, StoredEvent& event) {
  readServe(fields, event);
  fields.optionalInteger("position", 0, kMaxCount);
  const auto quantity = fields.optionalInteger("quantity", 1, kMaxCount).value_or(1);
  event.items.push_back({fields.text("itemId"), static_cast<double>(quantity), 0});
}

void readPurchase(const Fields& fields, const std::string& where, StoredEvent& event) {
  event.orderId = fields.text("orderId");
  fields.number("value", 0, kMaxMoney);
  const std::string currency = fields.text("currency");
  if (currency.size() != 3 ||
      !std::all_of(currency.begin(), currency.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
    fields.refuse("currency", "must be an ISO 4217 code such as EUR");
  const json& lines = fields.list("items");
  if (lines.empty()) fields.refuse("items", "must have at least one entry");
  for (const json& line : lines) {
    const std::string at = "items[" + std::to_string(event.items.size()) + "]";
    if (!line.is_object()) throw invalidField(where + at, "must be an object {itemId, quantity, unitPrice?}");
    const Fields item(line, where + at + ".");
    const auto quantity = static_cast<double>(item.integer("quantity", 1, kMaxCount));
    event.items.push_back({item.text("itemId"), quantity, item.optionalNumber("unitPrice", 0, kMaxMoney).value_or(0)});
  }
}

StoredEvent readEvent(const json& source, const std::string& where) {
  if (!source.is_object()) throw invalidField(where, "must be an object");
  const std::string prefix = where + ".";
  const Fields fields(source, prefix);
  StoredEvent event;
  event.service = "refine";
  event.eventId = fields.text("eventId");
  if (!isUlid(event.eventId)) fields.refuse("eventId", "must be a ULID (26 characters)");
  event.kind = readKind(fields);
  event.atMs = static_cast<EpochMs>(fields.number("at", 0, kMaxEpochMs));
  event.seq = fields.integer("seq", 0, kMaxCount);
  fields.optionalText("url", kMaxUrlBytes);
  readShopper(fields, event);
  switch (event.kind) {
    case StoredEventKind::kItemsServed:
      readItemsServed(fields, event);
      break;
    case StoredEventKind::kView:
    case StoredEventKind::kClick:
    case StoredEventKind::kAddToCart:
      readItemEvent(fields, event);
      break;
    case StoredEventKind::kPurchase:
      readPurchase(fields, prefix, event);
      break;
    case StoredEventKind::kIdentify:
      fields.text("userId");
      fields.text("visitorId");
      break;
    case StoredEventKind::kPageView:
      break;
    case StoredEventKind::kExposure:
      fields.text("experiment");
      fields.text("variant");
      break;
    case StoredEventKind::kSessionInit:
    case StoredEventKind::kRemoveFromCart:
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
  const Fields fields(batch);
  fields.text("batchId");
  fields.optionalNumber("sentAt", 0, kMaxEpochMs);
  const json& sources = fields.list("events");
  if (sources.empty()) fields.refuse("events", "must have at least one entry");
  std::vector<StoredEvent> events;
  events.reserve(sources.size());
  for (const json& source : sources) {
    try {
      events.push_back(readEvent(source, "events[" + std::to_string(events.size()) + "]"));
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
