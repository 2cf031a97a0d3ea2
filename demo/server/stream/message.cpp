#include "stream/message.h"

#include <cstdint>
#include <cstdio>
#include <limits>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "http/form.h"
#include "http/replies.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

constexpr char kEventHeader[] = "Vitrine-Event";
constexpr std::size_t kMoreHeaderBytes = 256;  // names and ends of headers, and the options of JetStream

constexpr double kMaxNumber = std::numeric_limits<double>::max();
constexpr std::size_t kMaxTextBytes = 1 << 20;
// A request has 32 levels at most, and rows of other protocols hold the request one level deeper.
constexpr int kMaxRowDepth = 40;

// The rules are wide, because each protocol has checked the event by its own when it was received.
constexpr FormStyle kStreamStyle{.print = printInvalidField, .stopsAtFirst = true, .maxTextLength = kMaxTextBytes};

const std::pair<const char*, std::string StoredEvent::*> kOptionalTexts[] = {
    {"visitorId", &StoredEvent::visitorId}, {"sessionId", &StoredEvent::sessionId}, {"userId", &StoredEvent::userId},
    {"serveId", &StoredEvent::serveId},     {"anchorId", &StoredEvent::anchorId},   {"orderId", &StoredEvent::orderId},
};

std::string envelopeOf(const StoredEvent& event) {
  json envelope = {{"service", event.service}, {"eventId", event.eventId}, {"type", nameOf(event.kind)},
                   {"at", event.atMs},         {"seq", event.seq},         {"items", json::array()}};
  for (const auto& [name, member] : kOptionalTexts)
    if (!(event.*member).empty()) envelope[name] = event.*member;
  for (const EventItem& item : event.items)
    envelope["items"].push_back({{"itemId", item.itemId}, {"quantity", item.quantity}, {"unitPrice", item.unitPrice}});
  // Headers are ASCII without line ends, so other characters are escaped.
  return envelope.dump(-1, ' ', true, json::error_handler_t::replace);
}

StoredEvent readEnvelope(const json& envelope) {
  Form form(envelope, kStreamStyle);
  StoredEvent event;
  event.service = form.text("service");
  event.eventId = form.text("eventId");
  event.kind = static_cast<StoredEventKind>(form.oneOf("type", form.text("type"), kStoredEventKindNames).value_or(0));
  event.atMs = form.integer("at", INT64_MIN, INT64_MAX);
  event.seq = form.integer("seq", INT64_MIN, INT64_MAX);
  for (const auto& [name, member] : kOptionalTexts) event.*member = form.optionalText(name);
  for (const json& line : form.list("items")) {
    Form item = form.inner({"items", event.items.size()}, line);
    const double quantity = item.number("quantity", -kMaxNumber, kMaxNumber);
    const double unitPrice = item.number("unitPrice", -kMaxNumber, kMaxNumber);
    event.items.push_back({item.optionalText("itemId"), quantity, unitPrice});
  }
  return event;
}

}  // namespace

std::string streamSubject(const StoredEvent& event) {
  return "vitrine.events." + event.service + "." + std::string(nameOf(event.kind));
}

std::string streamMessageId(const StoredEvent& event) {
  std::string id = event.service == "refine" ? "" : event.service + "/";
  for (const char c : event.eventId) {
    if (c > ' ' && c < '\x7f' && c != '%') {
      id += c;
      continue;
    }
    char escape[4];
    std::snprintf(escape, sizeof escape, "%%%02X", static_cast<unsigned char>(c));
    id += escape;
  }
  return id;
}

NatsMessage toMessage(const StoredEvent& event) {
  natsMsg* made = nullptr;
  natsStatus status = natsMsg_Create(&made, streamSubject(event).c_str(), nullptr, event.body.data(),
                                     static_cast<int>(event.body.size()));
  NatsMessage message(made);
  if (status == NATS_OK) status = natsMsgHeader_Set(made, kEventHeader, envelopeOf(event).c_str());
  if (status != NATS_OK) throw StreamError(natsText("cannot make a message of the stream", status));
  return message;
}

std::size_t messageBytes(const StoredEvent& event) {
  return event.body.size() + envelopeOf(event).size() + streamMessageId(event).size() + kMoreHeaderBytes;
}

StoredEvent fromMessage(natsMsg* message) {
  const char* header = nullptr;
  if (natsMsgHeader_Get(message, kEventHeader, &header) != NATS_OK || !header)
    throw invalidField(kEventHeader, "must be a header");
  const std::optional<json> envelope = readJson(header);
  if (!envelope) throw invalidField(kEventHeader, "must be JSON");
  StoredEvent event = readEnvelope(*envelope);
  event.body.assign(natsMsg_GetData(message), static_cast<std::size_t>(natsMsg_GetDataLength(message)));
  const std::optional<json> row = readJson(event.body, kMaxRowDepth);
  if (!row || !row->is_object()) throw invalidField("the payload", "must be a JSON object");
  return event;
}

}  // namespace vitrine::demo
