// The storage that all tabs of one browser share, and how it fails: localStorage, its mirror in IndexedDB, locks.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace vitrine::test {

using Table = std::map<std::string, std::string>;

struct Disk {
  Table local;                              // localStorage as pages see it
  Table committed;                          // localStorage as a killed browser finds it after its restart
  Table copy;                               // IndexedDB: journals
  Table copiedRecords;                      // IndexedDB: records that all tabs share
  std::multiset<std::string> copyRemovals;  // keys whose removal from IndexedDB was ordered and is not done
  std::map<std::string, int> locks;         // journal id -> number of the tab that holds it

  bool takesWrites = true;
  bool takesShorter = false;  // while writes are refused: full, not read-only, so a shorter value is accepted
  bool hasCopy = true;
  bool takesLateCopies = true;  // IndexedDB changes of a page that is left are done; WebKit does not do them
  std::size_t quotaBytes = 5u << 20;

  bool set(const std::string& key, const std::string& value) {
    std::size_t bytes = key.size() + value.size();
    for (const auto& [other, kept] : local) bytes += other == key ? 0 : other.size() + kept.size();
    const auto old = local.find(key);
    const bool isShorter = takesShorter && old != local.end() && value.size() < old->second.size();
    if (!isShorter && (!takesWrites || bytes > quotaBytes)) return false;
    local[key] = value;
    return true;
  }

  // Whether a write of this key is reported to the other tabs: every key of Vitrine but segments, leases and queued
  // calls. Same rule as isShared in js/ports/storage.ts.
  static bool isShared(std::string_view key) {
    constexpr std::string_view kPrefix = "vitrine:1:";
    if (!key.starts_with(kPrefix)) return false;
    const std::string_view name = key.substr(kPrefix.size());
    return !name.starts_with("j:") && !name.starts_with("l:") && name != "early";
  }

  // The keys in storage that all tabs share.
  std::set<std::string> sharedKeys() const {
    std::set<std::string> keys;
    for (const auto& [key, value] : local) {
      if (isShared(key)) keys.insert(key);
    }
    return keys;
  }

  // Returns whether one of these segments, but for the `removed` keys, contains the text.
  static bool holds(const Table& table, std::string_view text, const std::multiset<std::string>& removed = {}) {
    for (const auto& [key, value] : table) {
      const bool isSegment = key.find(":j:") != std::string::npos && !removed.contains(key);
      if (isSegment && value.find(text) != std::string::npos) return true;
    }
    return false;
  }

  std::size_t keysOf(std::string_view prefix) const {
    std::size_t n = 0;
    for (const auto& [key, value] : local) n += key.starts_with(prefix);
    return n;
  }
};

}  // namespace vitrine::test
