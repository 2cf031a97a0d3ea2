#include "tracking/amend.h"

#include "model/names.h"
#include "shopper/attribution.h"
#include "tracking/serve.h"

namespace vitrine {
namespace {

bool isFixed(const Json& member) {
  std::string_view nearest;
  return isAmong("eventId type at seq pageId visitorId sessionId userId previousUserId", member.name, nearest);
}

// Appends the members that no hook may change, or all others.
void append(Text& out, const Json& event, bool areFixed) {
  for (const Json& child : event.children) {
    if (isFixed(child) != areFixed) continue;
    out += out.empty() ? '{' : ',';
    appendString(out, child.name);
    out += ':';
    appendJson(out, child);
  }
}

}  // namespace

Problem amendEvent(const Json& before, const Json& after, Text& text) {
  EventKind kind = EventKind::kCustom;
  readEventKind(stringMember(before, "type"), kind);
  Problem problem = shopEventMembers(kind, after, {}, Attribution({}), 0, text);
  // The members of a list's event come from a service, and need not be such as a shop's call takes.
  const bool isShops = !member(before, "serveId") && (!problem || problem->field != "kind");
  if (isShops && problem) return problem;
  for (const Json& was : before.children) {
    const Json* now = member(after, std::string_view(was.name));
    const bool isLike = now ? now->type == was.type && now->text.empty() <= was.text.empty() : isShops;
    if (!isLike && !isFixed(was)) return argumentError(was.name, "a value of the same kind as before");
  }
  text.clear();
  append(text, before, true);
  append(text, after, false);
  text += '}';
  return nullptr;
}

}  // namespace vitrine
