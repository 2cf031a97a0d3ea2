// What a purchase must know of other pages: which list led to an item (the last touch), and which orders are known.
//
// One small stored record is shared by all tabs. Each tab takes over what another wrote, newest touch first, and writes
// again only what the other did not have, so that tabs agree and then are quiet.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/json.h"
#include "base/time.h"

namespace vitrine {

constexpr char kAttributionKey[] = "vitrine:1:touch";

struct AttributionOptions {
  double windowMs = 7 * kDayMs;  // Refine's documented window; older touches count no more
  int maxItems = 200;            // touched items stored, the latest: about 25 kB
};

// All times are wall times: they are compared between tabs and pages.
class Attribution {
 public:
  explicit Attribution(const AttributionOptions& options) : options_(options) {}

  // Takes over a stored record: at start, or what another tab wrote. Anything unreadable in it is passed over.
  void merge(std::string_view record, TimeMs wallMs);
  // The shopper clicked the item, or took it from a list. serveMembers: `"serveId":…,"surface":…,"source":…`.
  void touch(std::string_view itemId, std::string_view serveMembers, double position, TimeMs wallMs);
  bool isTouched(std::string_view itemId, TimeMs wallMs) const;
  // Adds `attribution: {serveId, surface, source, position?, touchedAt}` if there was a touch within the window.
  void describe(std::string_view itemId, TimeMs wallMs, JsonObject& json) const;

  // An order of the last 24 hours.
  bool isKnownOrder(std::string_view orderId, TimeMs wallMs) const;
  void addOrder(std::string_view orderId, TimeMs wallMs);

  // Another shopper, or one who wants nothing remembered.
  void clear();
  bool isUnsaved() const { return isDirty_; }
  // An order is: other tabs must know it before they are told of the same one.
  bool isOrderUnsaved() const { return isOrderDirty_; }
  // The record to store; it counts as stored from here on.
  std::string record();
  void markUnsaved() { isDirty_ = !touches_.empty() || !orders_.empty(); }

 private:
  struct Touch {
    std::string id;  // of the item
    TimeMs atMs = 0;
    std::string serveMembers;
    double position = -1;
    std::uint64_t key = hash(id);  // every click looks through all of them, and this is much the fastest to look at
  };
  struct Order {
    std::string id;
    TimeMs atMs = 0;
  };

  void trim(TimeMs wallMs);

  const AttributionOptions options_;
  std::vector<Touch> touches_;  // up to an eighth more than are stored, so that not every click has to choose one to go
  std::vector<Order> orders_;
  bool isDirty_ = false;
  bool isOrderDirty_ = false;
};

}  // namespace vitrine
