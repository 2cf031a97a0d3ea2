#include "model/event.h"

#include <algorithm>

#include "base/json.h"
#include "base/json_cursor.h"
#include "base/number.h"

namespace vitrine {

bool readEventKind(std::string_view name, EventKind& kind) {
  for (int i = 0; i < kEventKinds; ++i) {
    if (name != kEventNames[i]) continue;
    kind = static_cast<EventKind>(i);
    return true;
  }
  return false;
}

void EventWriter::setPage(std::string_view pageId) {
  pageFragment_ = ",\"pageId\":";
  appendString(pageFragment_, pageId);
  sequence_ = 0;
}

Event EventWriter::write(EventKind kind, TimeMs wallMs, std::string_view identity, std::string_view members) {
  Event event{{}, wallMs, kind};
  Text& out = event.text;
  out.reserve(160 + identity.size() + members.size());
  out += "{\"eventId\":\"";
  out += random_.ulid(wallMs);
  out += "\",\"type\":\"";
  out += kEventNames[static_cast<int>(kind)];
  out += "\",\"at\":";
  appendNumber(out, wallMs);
  out += ",\"seq\":";
  appendInteger(out, static_cast<std::uint64_t>(sequence_++));
  out += pageFragment_;
  for (const std::string_view part : {identity, members}) {
    if (part.empty()) continue;
    out += ',';
    out += part;
  }
  out += '}';
  return event;
}

namespace {

// Removes every member with this name that another one precedes. name: with its quotes and colon.
void cut(Text& text, std::string_view name) {
  for (std::size_t at = 0; (at = text.find(name, at)) != Text::npos;) {
    const std::string_view rest = std::string_view(text).substr(at + name.size());
    JsonCursor cursor(rest);
    Json::Type type;
    if (text[at - 1] != ',' || !cursor.value(type, 2)) {
      at += name.size();
      continue;
    }
    text.erase(at - 1, static_cast<std::size_t>(cursor.at() - text.data()) - at + 1);
  }
}

}  // namespace

Text unrecognised(std::string_view text, EventKind kind) {
  Text out = withoutIds(text);
  // The shop's own objects in these events may have members with the same names.
  if (kind == EventKind::kCustom || kind == EventKind::kSearch || kind == EventKind::kItemsServed) return out;
  cut(out, "\"attribution\":");
  constexpr std::string_view kSession = "\"sessionId\":\"";
  const auto session = text.find(kSession);
  if (session == Text::npos) return out;
  const auto begin = session + kSession.size();
  if (out.find(text.substr(begin, text.find('"', begin) - begin)) != Text::npos) cut(out, "\"reference\":");
  return out;
}

Text withoutIds(std::string_view text) {
  // Identity::fragment() is one piece, from visitorId to userId, behind the page id. The user before may follow it.
  JsonCursor cursor(text);
  std::size_t start = 0;
  std::string_view last;
  if (!cursor.take('{')) return Text(text);
  do {
    const auto comma = static_cast<std::size_t>(cursor.at() - 1 - text.data());
    std::string_view name;
    Json::Type type;
    if (!cursor.name(name) || !cursor.value(type, 1)) break;
    if (name == "visitorId" && last == "pageId") start = comma;
    if (name == "userId" && start > 0) {
      const char* end = cursor.at();
      if (cursor.take(',') && cursor.name(name) && name == "previousUserId" && cursor.value(type, 1)) end = cursor.at();
      return Text(text.substr(0, start)).append(end, text.data() + text.size());
    }
    last = name;
  } while (cursor.take(','));
  return Text(text);
}

std::string_view ownerOf(std::string_view text) {
  const std::size_t visitor = text.find("\"visitorId\":\"v_");
  if (visitor < text.size()) return text.substr(visitor, 39);
  return text.substr(std::min(text.find("\"pageId\":\""), text.size()), 21);
}

bool readEvent(std::string_view text, Event& event) {
  if (text.size() > kMaxOrderBytes) return false;
  const Json json = parseJson(text);
  const std::string_view type = stringMember(json, "type");
  if (!readEventKind(type, event.kind)) event.kind = EventKind::kCustom;
  event.atMs = numberMember(json, "at", -1);
  if (event.atMs < 0 || type.empty() || stringMember(json, "eventId").empty()) return false;
  event.text = text;
  return true;
}

}  // namespace vitrine
