#include "base/storage_keys.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "simulation/disk.h"

using namespace vitrine;

TEST_CASE("The simulated world shares between tabs the keys that the host shares") {
  for (const char* key : {kIdentityKey, kAttributionKey, kOrdersKey, kExposedKey, kOptOutKey}) {
    CAPTURE(key);
    CHECK(test::Disk::isShared(key));
  }
  for (const std::string& key : {std::string(kJournalPrefix) + "m9ywt4h5j0:0", std::string("vitrine:1:l:m9ywt4h5j0"),
                                 std::string("vitrine:1:early"), std::string("shop:cart")}) {
    CAPTURE(key);
    CHECK_FALSE(test::Disk::isShared(key));
  }
}
