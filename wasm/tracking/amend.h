// Checks what the page's hooks make of an event (docs/plugins.md).
#pragma once

#include "base/json.h"
#include "base/text.h"
#include "model/error.h"
#include "model/event.h"

namespace vitrine {

// Returns in `text` the text of an event that a hook has changed, or the problem with it. before, after: the event
// before and after the hook.
//   eventId, type, at, seq, pageId, visitorId, sessionId, userId, previousUserId
//       are those of `before`, whatever `after` has, and stand first in their order, by which stored events are read
//       (withoutIds() in model/event.h)
//   other members of `before`
//       keep their type, and a text stays empty or not. What the shop's own calls check is checked as they do. Only in
//       events of these calls a member may be missing in `after`.
//   other members of `after`
//       may have any value
Problem amendEvent(const Json& before, const Json& after, Text& text);

}  // namespace vitrine
