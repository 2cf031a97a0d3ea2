// Reads the parameters of recsForPlacements: lists separated by `|`, page types and their required parameters.
#pragma once

#include <httplib.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/replies.h"

namespace vitrine::demo {

// The only valid keys.
constexpr char kRichRelevanceApiKey[] = "rr_demo_site";
constexpr char kRichRelevanceClientKey[] = "rr_demo_client";

struct Placement {
  std::string id;    // "item_page.horizontal"
  std::string type;  // "item_page"
};

struct OrderLine {
  std::string productId;
  std::int64_t cents = 0;  // price of one piece
  std::int64_t quantity = 1;
};

struct RichRelevanceRequest {
  std::string sessionId, userId, rcs;
  std::vector<Placement> placements;  // at least one, all of one page type
  // productIds has an entry on an item_page, cart_page or purchase_complete_page, cartIds on an add_to_cart_page.
  std::vector<std::string> productIds, cartIds, categoryHints, blockedIds;
  std::string brand, categoryId, searchTerm, orderId;
  std::vector<OrderLine> order;  // only on a purchase_complete_page
  std::optional<std::int64_t> minCents, maxCents;
  std::size_t count = 0;  // products per placement
  bool withItems = true, withAttributes = true, withCategories = true, isMinimal = false;

  const std::string& pageType() const { return placements.front().type; }
};

// Throws a Refusal whose message names the wrong parameter.
RichRelevanceRequest readRichRelevanceRequest(const httplib::Request& source);

// Returns the parts of "a|b|c" that are not empty; an empty list for "" and "|".
std::vector<std::string> splitList(std::string_view text);

}  // namespace vitrine::demo
