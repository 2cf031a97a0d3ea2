#include "shopper/attribution.h"

#include <algorithm>
#include <utility>

namespace vitrine {
namespace {

// This many more touches than are stored are kept before the oldest are removed, all at once.
constexpr std::size_t kSpareShare = 8;
// No shop has longer ids and names. Longer ones must not fill the record.
constexpr std::size_t kMaxTextBytes = 400;
// A clock that was set back leaves touches in the future. Touches further ahead than this are ignored.
constexpr double kMaxAheadMs = kDayMs;

template <class Entries>
auto findIn(Entries& entries, std::string_view id) {
  return std::find_if(entries.begin(), entries.end(), [id](const auto& entry) { return entry.id == id; });
}

template <class Entries>
bool holds(const Entries& entries, std::string_view id, TimeMs atMs) {
  const auto found = findIn(entries, id);
  return found != entries.end() && found->atMs == atMs;
}

// Keeps the newer of two touches of an item.
template <class Entry>
void put(List<Entry>& entries, Entry entry) {
  const auto known = findIn(entries, entry.id);
  if (known == entries.end())
    entries.push_back(std::move(entry));
  else if (known->atMs < entry.atMs)
    *known = std::move(entry);
}

bool isWithin(TimeMs atMs, double spanMs, TimeMs wallMs) {
  return atMs > wallMs - spanMs && atMs < wallMs + kMaxAheadMs;
}

template <class Entry>
void dropExpired(List<Entry>& entries, double spanMs, TimeMs wallMs) {
  entries.eraseIf([&](const Entry& entry) { return !isWithin(entry.atMs, spanMs, wallMs); });
}

// Removes the oldest touches until `most` remain. All tabs remove the same ones.
template <class Entry>
void keepLatest(List<Entry>& entries, std::size_t most) {
  if (entries.size() <= most) return;
  for (std::size_t excess = entries.size() - most; excess > 0; --excess) {
    std::min_element(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
      if (a.id.empty() || b.id.empty()) return b.id.empty() && !a.id.empty();
      return a.atMs != b.atMs ? a.atMs < b.atMs : a.id < b.id;
    })->id.clear();
  }
  entries.eraseIf([](const Entry& entry) { return entry.id.empty(); });
}

}  // namespace

void Attribution::trim(TimeMs wallMs) {
  dropExpired(touches_, options_.windowMs, wallMs);
  keepLatest(touches_, static_cast<std::size_t>(options_.maxItems));
}

void Attribution::merge(std::string_view text, TimeMs wallMs) {
  const Json record = parseJson(text);
  const Json* theirs = member(record, "touches");
  if (theirs) {
    for (const Json& entry : theirs->children) {
      const std::string_view id = stringMember(entry, "id");
      const TimeMs atMs = numberMember(entry, "at", 0);
      if (id.empty() || id.size() > kMaxTextBytes) continue;
      const std::string_view serveId = stringMember(entry, "serveId"), surface = stringMember(entry, "surface"),
                             source = stringMember(entry, "source");
      if (serveId.empty() || surface.empty() || source.empty()) continue;
      Text members;
      appendMember(members, "serveId", serveId);
      appendMember(members, "surface", surface);
      appendMember(members, "source", source);
      if (members.size() <= kMaxTextBytes)
        put(touches_, Touch{Text(id), atMs, members, numberMember(entry, "position", -1)});
    }
  }
  trim(wallMs);
  std::size_t shared = 0;
  if (theirs) {
    for (const Json& entry : theirs->children)
      shared += holds(touches_, stringMember(entry, "id"), numberMember(entry, "at", 0)) ? 1 : 0;
  }
  isDirty_ = shared < touches_.size();
}

void Attribution::touch(std::string_view itemId, std::string_view serveMembers, double position, TimeMs wallMs) {
  if (itemId.size() > kMaxTextBytes || serveMembers.size() > kMaxTextBytes) return;
  Touch touch{Text(itemId), wallMs, Text(serveMembers), position};
  const auto known = std::find_if(touches_.begin(), touches_.end(), [&](const Touch& t) { return t.key == touch.key; });
  if (known != touches_.end())
    *known = std::move(touch);
  else
    touches_.push_back(std::move(touch));
  const auto most = static_cast<std::size_t>(options_.maxItems);
  if (touches_.size() > most + most / kSpareShare) trim(wallMs);
  isDirty_ = true;
}

bool Attribution::isTouched(std::string_view itemId, TimeMs wallMs) const {
  const auto touch = findIn(touches_, itemId);
  return touch != touches_.end() && isWithin(touch->atMs, options_.windowMs, wallMs);
}

void Attribution::describe(std::string_view itemId, TimeMs wallMs, JsonObject& json) const {
  if (!isTouched(itemId, wallMs)) return;
  const Touch& touch = *findIn(touches_, itemId);
  JsonObject members(json.key("attribution"));
  members.addMembers(touch.serveMembers);
  if (touch.position >= 0) members.add("position", touch.position);
  members.add("touchedAt", touch.atMs).close();
}

void Attribution::clear() {
  touches_.clear();
  isDirty_ = false;
}

Text Attribution::record() {
  isDirty_ = false;
  keepLatest(touches_, static_cast<std::size_t>(options_.maxItems));
  Text out;
  JsonObject record(out);
  Text& list = record.key("touches");
  list += '[';
  for (const Touch& touch : touches_) {
    if (list.back() != '[') list += ',';
    JsonObject entry(list);
    entry.add("id", touch.id).add("at", touch.atMs);
    if (touch.position >= 0) entry.add("position", touch.position);
    entry.addMembers(touch.serveMembers).close();
  }
  list += ']';
  record.close();
  return out;
}

}  // namespace vitrine
