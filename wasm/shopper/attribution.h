// The knowledge of other pages that a purchase needs: which list led to an item (the last touch).
//
// All tabs share one small stored record. Each tab merges what another one wrote (the newest touch wins), and writes
// again only if the other lacked something, so that the tabs agree and then stop writing.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/hash.h"
#include "base/json.h"
#include "base/list.h"
#include "base/storage_keys.h"
#include "base/text.h"
#include "base/time.h"

namespace vitrine {

struct AttributionOptions {
  double windowMs = 7 * kDayMs;  // Refine's documented window; older touches do not count
  int maxItems = 200;            // the latest touched items are stored: about 25 kB
};

// All times are wall times, because tabs and pages compare them.
class Attribution {
 public:
  explicit Attribution(const AttributionOptions& options) : options_(options) {}

  // Merges the text of a stored record, at the start or when another tab wrote it. Unreadable parts are ignored.
  void merge(std::string_view text, TimeMs wallMs);
  // The shopper clicked the item, or took it from a list. serveMembers: `"serveId":…,"surface":…,"source":…`.
  void touch(std::string_view itemId, std::string_view serveMembers, double position, TimeMs wallMs);
  bool isTouched(std::string_view itemId, TimeMs wallMs) const;
  // Adds `attribution: {serveId, surface, source, position?, touchedAt}` if there was a touch within the window.
  void describe(std::string_view itemId, TimeMs wallMs, JsonObject& json) const;

  // Forgets everything: for another shopper, or one who wants nothing remembered.
  void clear();
  bool isUnsaved() const { return isDirty_; }
  // Returns the record to store, which counts as stored from here on.
  Text record();
  // isStale: storage holds something that the record no longer has.
  void markUnsaved(bool isStale = false) { isDirty_ |= isStale || !touches_.empty(); }

 private:
  struct Touch {
    Text id;  // item id
    TimeMs atMs = 0;
    Text serveMembers;
    double position = -1;
    std::uint64_t key = hash(id);  // each click compares with every touch, and comparing hashes is much faster
  };

  void trim(TimeMs wallMs);

  const AttributionOptions options_;
  List<Touch> touches_;  // up to an eighth more than are stored, so that not every click has to remove one
  bool isDirty_ = false;
};

}  // namespace vitrine
