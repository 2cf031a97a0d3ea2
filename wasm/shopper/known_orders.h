// The orders that are recorded already, in any tab and for any shopper of this browser: an order counts once.
//
// The record is a row of entries of 20 characters, one per order, in ascending order: a number that counts up from
// order to order (4 characters), a random salt (5), and the 64-bit hash of salt and order id (11). It holds no id and
// no time. All tabs keep the highest entries, whatever their clocks say. Merging two records gives the same result in
// every tab, so the tabs agree and then stop writing.
#pragma once

#include <string_view>

#include "base/random.h"
#include "base/storage_keys.h"
#include "base/text.h"

namespace vitrine {

class KnownOrders {
 public:
  // How many orders are known at most. Further ones push the earliest out.
  static constexpr std::size_t kMost = 1000;

  // random: gives the salt of a browser's first order.
  explicit KnownOrders(Random& random) : random_(random) {}

  // Merges a stored record, at the start or when another tab wrote it. Reads up to the first unreadable entry. A record
  // that was removed ("") removes nothing here.
  void merge(std::string_view record);
  // Adds the orders that version 0.2.2 kept in the touch record. Returns whether that record has a list
  // of orders, which it must lose.
  bool carryOver(std::string_view touchRecord);
  bool isKnown(std::string_view orderId) const;
  // orderId: of any length; not known yet.
  void add(std::string_view orderId);

  void clear();
  // An order is not stored yet. It is written at once, so that other tabs know it before they get the same order.
  bool isUnsaved() const { return isDirty_; }
  // Returns the record to store, which counts as stored from here on.
  const Text& record() {
    isDirty_ = false;
    return entries_;
  }
  void markUnsaved() { isDirty_ = !entries_.empty(); }

 private:
  std::string_view entryAt(std::size_t index) const;
  void put(std::string_view entry);

  Random& random_;
  Text entries_;
  bool isDirty_ = false;
};

}  // namespace vitrine
