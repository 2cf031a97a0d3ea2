#include "shopper/known_orders.h"

#include <algorithm>

#include "base/hash.h"
#include "base/json.h"

namespace vitrine {
namespace {

constexpr std::size_t kNumberSize = 4, kSaltSize = 5, kHashSize = 11;
constexpr std::size_t kHeadSize = kNumberSize + kSaltSize, kEntrySize = kHeadSize + kHashSize;
// The characters of an entry.
constexpr char kFirst = '0', kLast = 'z';

constexpr char kOldOrders[] = "\"orders\":[";

// Appends the hash of an order, 6 bits per character. head: number and salt. The salt is hashed first, so that two ids
// with the same hash in one browser have different ones in the next.
void appendHash(Text& entry, std::string_view head, std::string_view orderId) {
  const std::uint64_t mark = hash(orderId, hash(head.substr(kNumberSize, kSaltSize)));
  for (int shift = 60; shift >= 0; shift -= 6) entry += static_cast<char>(kFirst + (mark >> shift & 63));
}

}  // namespace

std::string_view KnownOrders::entryAt(std::size_t index) const {
  return entries_.substr(index * kEntrySize, kEntrySize);
}

// Inserts an entry, unless it is there, and removes the lowest ones of too many.
void KnownOrders::put(std::string_view entry) {
  std::size_t low = 0, high = entries_.size() / kEntrySize;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (entryAt(middle) < entry)
      low = middle + 1;
    else
      high = middle;
  }
  if (entryAt(low) != entry) entries_.insert(low * kEntrySize, entry);
  if (entries_.size() > kMost * kEntrySize) entries_.erase(0, kEntrySize);
}

void KnownOrders::merge(std::string_view record) {
  if (record.empty()) return;
  for (std::size_t at = 0; at < kMost * kEntrySize && at + kEntrySize <= record.size(); at += kEntrySize) {
    const std::string_view entry = record.substr(at, kEntrySize);
    if (std::any_of(entry.begin(), entry.end(), [](char c) { return c < kFirst || c > kLast; })) break;
    put(entry);
  }
  isDirty_ = !entries_.empty() && entries_ != record;
}

bool KnownOrders::carryOver(std::string_view touchRecord) {
  const std::size_t at = touchRecord.find(kOldOrders);
  if (at == std::string_view::npos) return false;
  const Json record = parseJson("{" + Text(touchRecord.substr(at)));
  if (record.children.empty()) return false;
  for (const Json& order : record.children[0].children) {
    const std::string_view id = stringMember(order, "id");
    if (!id.empty() && !isKnown(id)) add(id);
  }
  return true;
}

bool KnownOrders::isKnown(std::string_view orderId) const {
  Text sought;  // salt and hash; nearly always all orders have one salt
  for (std::size_t i = 0; i < entries_.size() / kEntrySize; ++i) {
    const std::string_view entry = entryAt(i), salt = entry.substr(kNumberSize, kSaltSize);
    if (!sought.starts_with(salt) || sought.empty()) {
      sought = salt;
      appendHash(sought, entry, orderId);
    }
    if (entry.substr(kNumberSize) == sought) return true;
  }
  return false;
}

void KnownOrders::add(std::string_view orderId) {
  Text entry;
  if (entries_.empty())
    entry.append(kNumberSize, kFirst).append(random_.token(kSaltSize));
  else
    entry = entries_.substr(entries_.size() - kEntrySize, kHeadSize);
  for (std::size_t digit = kNumberSize; digit-- > 0;) {  // count up
    if (entry[digit]++ < kLast) break;
    entry[digit] = kFirst;
  }
  appendHash(entry, entry, orderId);
  put(entry);
  isDirty_ = true;
}

void KnownOrders::clear() {
  entries_.clear();
  isDirty_ = false;
}

}  // namespace vitrine
