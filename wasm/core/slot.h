// A place on the page that shows a slate: what it asked for, which serve it shows.
#pragma once

#include <string>

#include "providers/provider.h"
#include "render/card.h"

namespace vitrine {

struct Slot {
  double id = 0;
  QueryKind kind = QueryKind::kSimilarItems;
  Json query;
  std::string surface;
  std::string source;
  CardOptions card;
  int serve = -1;  // shown; -1 if none
};

// {kind, query, title?, surface?, source?, addToCart?, money?}. surface defaults to "widget", source to the kind.
Problem readSlot(const Json& request, Slot& slot);

// The payload of the serve that showing this slate in this slot is (serve.h), as JSON.
std::string servePayload(const Slot& slot, const Slate& slate);

}  // namespace vitrine
