// The ids of the service: its search engine, and a `dfid` for each item: <hashid>@<index>@<md5 of the item's id>.
#pragma once

#include <string>
#include <unordered_map>

#include "base/md5.h"
#include "store/catalog.h"

namespace vitrine::demo {

// The only search engine of the demo.
constexpr char kDoofinderHashid[] = "de8f052ea612f95b6950d4013dd6ef38";
constexpr std::size_t kMaxSessionIdLength = 32, kMaxUserIdLength = 36;

inline std::string dfidOf(const std::string& itemId) {
  return std::string(kDoofinderHashid) + "@product@" + md5(itemId);
}

// Maps dfids to items of the catalogue.
class Dfids {
 public:
  explicit Dfids(const Catalog& catalog) {
    for (const CatalogProduct& product : catalog.products()) items_.emplace(dfidOf(product.id), product.id);
  }
  // Returns the item's id, or the argument if it is no dfid of the catalogue.
  const std::string& itemOf(const std::string& dfid) const {
    const auto found = items_.find(dfid);
    return found == items_.end() ? dfid : found->second;
  }

 private:
  std::unordered_map<std::string, std::string> items_;
};

}  // namespace vitrine::demo
