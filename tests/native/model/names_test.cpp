// The nearest right name of a misspelt one.
#include "model/names.h"

#include <catch2/catch_test_macros.hpp>

using namespace vitrine;

namespace {

std::string nearestTo(std::string_view name) {
  std::string_view nearest;
  CHECK_FALSE(isAmong("refine depict richrelevance doofinder batchSize topK", name, nearest));
  return std::string(nearest);
}

}  // namespace

TEST_CASE("A known name is known, in its own case only") {
  std::string_view nearest;
  CHECK(isAmong("a batchSize", "batchSize", nearest));
  CHECK(isAmong("a batchSize", "a", nearest));
  CHECK_FALSE(isAmong("a batchSize", "batch", nearest));
  CHECK_FALSE(isAmong("", "a", nearest));
}

TEST_CASE("A letter that is replaced, missing, added or transposed, another case, and a beginning are near") {
  CHECK(nearestTo("depikt") == "depict");
  CHECK(nearestTo("depct") == "depict");
  CHECK(nearestTo("refinne") == "refine");
  CHECK(nearestTo("dofoinder") == "doofinder");
  CHECK(nearestTo("RichRelevance") == "richrelevance");
  CHECK(nearestTo("batchsize") == "batchSize");
  CHECK(nearestTo("topk") == "topK");
  CHECK(nearestTo("batch") == "batchSize");
}

TEST_CASE("A name that is far from every known one has no nearest name") {
  for (const char* name : {"algolia", "", "x", "kotp", "endpoint", "d"}) CHECK(nearestTo(name).empty());
}
