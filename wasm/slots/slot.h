// A place on the page that shows a slate: what it asked for, which serve it shows.
#pragma once

#include <memory>
#include <string>

#include "cards/card.h"
#include "services/service.h"
#include "tracking/serve.h"

namespace vitrine {

struct Slot {
  double id = 0;
  QueryKind kind = QueryKind::kSimilarItems;
  Json query;
  std::string surface;
  std::string source;
  std::string experiment;  // that it takes part in; "" if in none
  CardOptions card;
  std::shared_ptr<const Slate> shown;  // null if it shows no products
  CardOptions shownCard;               // as what is shown was rendered
  bool isFilled = false;               // it shows products
  bool isAdopted = false;              // a server rendered them: nothing is known of them but their ids
  bool isOutdated = false;             // those were for what it was asked before
  bool isOpening = true;               // it has had no answer yet
  bool isLater = false;                // it asks nothing before it is refreshed
  TimeMs skeletonAtMs = kNever;
  int serve = -1;  // shown; -1 if none
};

// {kind, query, surface?, source?, experiment?, later?, rendered?}, but not how it looks (card.h). surface defaults to
// "widget", source to the kind. later: true asks nothing before the first refresh. rendered: {serveId, itemIds} of what
// a server has put into the page already (slots.h).
Problem readSlot(const Json& request, Slot& slot);

// The serve that showing this slate in this slot is. It holds views into both.
Served servedOf(const Slot& slot, const Slate& slate);

}  // namespace vitrine
