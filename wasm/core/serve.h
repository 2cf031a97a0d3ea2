// What events say: the members of each kind, checked before anything is queued, and the serves that item events belong
// to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/json.h"
#include "core/random.h"

namespace vitrine {

// One display of a list of products. Clicks, views and add-to-carts of its items carry what it was.
struct Serve {
  std::string serveId;
  std::string itemFragment;  // `"serveId":…,"surface":…,"source":…`
};

// All serves of this page, by the number that the page holds.
class Serves {
 public:
  int open(Serve serve) {
    serves_.push_back(std::move(serve));
    return static_cast<int>(serves_.size()) - 1;
  }
  const Serve* find(double number) const {
    const bool isOurs = number >= 0 && number < static_cast<double>(serves_.size());
    return isOurs ? &serves_[static_cast<std::size_t>(number)] : nullptr;
  }

 private:
  std::vector<Serve> serves_;
};

// For a serve that its service has given no id.
inline std::string newServeId(Random& random) { return "sv_" + random.token(24); }

// Each answers what is wrong with its input, or null and the members (`"name":value,…`) for the event's text.

// Of an itemsServed event, from {surface, source, itemIds[], serveId?, query?, totalResults?, anchorId?, filters?,
// sortBy?}. `serve` is filled in; a serve without an id gets madeServeId.
Problem readServe(const Json& payload, std::string_view madeServeId, std::string_view url, Serve& serve,
                  std::string& members);

// Of a view, click or addToCart event. position < 0 and quantity <= 0 mean "not said".
Problem itemMembers(const Serve& serve, std::string_view itemId, double position, double quantity,
                    std::string& members);

// Of a purchase event, from {orderId, value, currency, items: [{itemId, quantity, unitPrice?}]}: value not negative,
// currency three capital letters (ISO 4217), at least one item, quantities whole and positive.
Problem purchaseMembers(const Json& payload, std::string_view url, std::string& members);

}  // namespace vitrine
