// The last replies of the page. They save requests, stand in when a service fails, and give the products of a serve id.
#pragma once

#include <string_view>

#include "base/list.h"
#include "base/shared.h"
#include "base/text.h"
#include "base/time.h"
#include "model/product.h"

namespace vitrine {

// Counts of changes after which a reply may be out of date.
struct Epoch {
  int askers = 0;  // another shopper, or another consent
  int pages = 0;   // page views
  int acts = 0;    // the shopper has done something that a service may learn from
};

class ReplyCache {
 public:
  struct Reply {
    Text key;                   // identifies the query: its method, address and body
    Shared<const Slate> slate;  // holds the reply's body
    TimeMs atMs;                // logical time of the reply
    Epoch epoch;                // when the request was made
  };

  // Returns null if the query has no reply among the last kMost.
  const Reply* find(std::string_view key) const;
  // Keeps a reply. Returns the slate to use for it: the last one if its products are the same, otherwise `slate`.
  Shared<const Slate> keep(std::string_view key, Shared<const Slate> slate, TimeMs nowMs, const Epoch& epoch);

  // Remembers a slate that was returned to a caller, who may send events with its serve id.
  void handedOut(Shared<const Slate> slate);
  Shared<const Slate> slateOf(std::string_view serveId) const;

  // Forgets all replies, because another shopper begins.
  void forget() {
    replyCache_.clear();
    handed_.clear();
  }

  static constexpr std::size_t kMost = 24;  // limit of each list; a page shows a handful

 private:
  List<Reply> replyCache_;            // oldest first
  List<Shared<const Slate>> handed_;  // oldest first
};

}  // namespace vitrine
