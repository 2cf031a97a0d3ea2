// A slot: a place on the page that shows a slate. Holds its query, its products and the serve on show.
#pragma once

#include "base/shared.h"
#include "base/text.h"
#include "cards/card.h"
#include "services/service.h"
#include "tracking/serve.h"

namespace vitrine {

struct Slot {
  double id = 0;
  Text name;  // stands in front of messages about the slot; "" for none
  QueryKind kind = QueryKind::kSimilarItems;
  Json query;
  Text surface;
  Text source;
  Text experiment;                      // the experiment it takes part in; "" if none
  Shared<const CardOptions> card;       // null until it is read
  Shared<const Slate> shown;            // null if the slot shows no products
  Shared<const CardOptions> shownCard;  // the options with which `shown` was rendered
  bool isFilled = false;                // the slot shows products
  bool isAdopted = false;               // a server rendered the products; only their ids are known
  bool isOutdated = false;              // the products on show belong to the slot's previous request
  bool isOpening = true;                // the first data call has not settled yet
  bool isLater = false;                 // the first data call waits for a refresh
  TimeMs skeletonAtMs = kNever;
  int serve = -1;  // the serve on show; -1 if none
  Text list;       // the same text for slots that make the same call for the same events; "": stands alone
};

// Reads {kind, query, surface?, source?, experiment?, later?, reuse?, name?} into `slot`. Returns the problem, or null.
// surface defaults to "widget", source to the kind. later: true makes no data call before the first refresh. reuse:
// true takes over the products of a slot with the same request in this page view, if there is one (Slots::open). With
// `reuse`, slots that show the same list in one page view share its serve.
// A request has further members, which are read elsewhere: the card options (cards/card.h), and rendered: {serveId,
// itemIds}, the products that a server has put into the page already (Slots::open).
Problem readSlot(const Json& request, Slot& slot);

// Returns the serve that begins when `slot` shows `slate`. The result holds views into both.
Served servedOf(const Slot& slot, const Slate& slate);

}  // namespace vitrine
