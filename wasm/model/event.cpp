#include "model/event.h"

#include <algorithm>

#include "base/json.h"
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
  std::string& out = event.text;
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

std::string withoutIds(std::string_view text) {
  // Identity::fragment() stands in one piece behind the page id, and a quote inside a value is always behind a
  // backslash.
  constexpr std::string_view kPage = ",\"pageId\":\"", kVisitor = ",\"visitorId\":\"";
  const std::size_t page = text.find(kPage);
  const std::size_t start = page == std::string_view::npos ? page : text.find(',', text.find('"', page + kPage.size()));
  const std::size_t user = text.find(",\"userId\":", start);
  if (user == std::string_view::npos || text.substr(start, kVisitor.size()) != kVisitor) return std::string(text);
  std::size_t end = user + 10;
  if (text[end] == '"') {
    while (++end < text.size() && text[end] != '"') end += text[end] == '\\';
    ++end;
  } else {
    end += 4;  // null
  }
  return std::string(text.substr(0, start)).append(text.substr(std::min(end, text.size())));
}

bool readEvent(std::string_view text, Event& event) {
  if (text.size() > kMaxEventBytes) return false;
  const Json json = parseJson(text);
  if (!readEventKind(stringMember(json, "type"), event.kind)) return false;
  event.atMs = numberMember(json, "at", -1);
  if (event.atMs < 0 || stringMember(json, "eventId").empty()) return false;
  event.text = text;
  return true;
}

}  // namespace vitrine
