#include "slots/slot.h"

#include <catch2/catch_test_macros.hpp>

#include "model/event.h"

using namespace vitrine;

namespace {

Slot read(std::string_view request) {
  Slot slot;
  REQUIRE_FALSE(readSlot(parseJson(request), slot));
  return slot;
}

}  // namespace

TEST_CASE("A slot's request gives its query and the names that its events carry") {
  const Slot slot =
      read(R"({"kind":"searchText","query":{"query":"red","topK":4},"surface":"search_results","source":"search"})");
  CHECK(slot.kind == QueryKind::kSearchText);
  CHECK(stringMember(slot.query, "query") == "red");
  CHECK(slot.surface == "search_results");
  CHECK(slot.source == "search");
}

TEST_CASE("A slot without surface and source gets names that events can carry") {
  for (const char* request : {R"({"kind":"similarItems"})", R"({"kind":"similarItems","surface":"","source":""})"}) {
    const Slot slot = read(request);
    CHECK(slot.surface == "widget");
    CHECK(slot.source == "similarItems");
  }
}

TEST_CASE("A slot of an unknown kind is refused") {
  for (const char* request : {"{}", "[]", "oops", R"({"kind":"popular"})", R"({"kind":1})"}) {
    Slot slot;
    const Problem problem = readSlot(parseJson(request), slot);
    REQUIRE(problem);
    CHECK(problem->field == "kind");
  }
}

TEST_CASE("The products on show in a slot are a serve with their query") {
  Slot slot = read(R"({"kind":"similarItems","query":{"anchorId":"x","topK":2,"filters":[{"field":"a"}]}})");
  Slate slate;
  slate.serveId = "sv_1";
  slate.totalResults = 9;
  for (const char* id : {"a", "b\""}) {
    Product product;
    product.id = id;
    slate.products.push_back(Shared<Product>::make(product));
  }
  Serve serve;
  List<Text> parts;
  REQUIRE_FALSE(serveMembers(servedOf(slot, slate), "sv_made", {}, kMaxEventBytes, serve, parts));
  REQUIRE(parts.size() == 1);
  CHECK(parts[0] == R"("serveId":"sv_1","surface":"widget","source":"similarItems","itemIds":["a","b\""],)"
                    R"("anchorId":"x","totalResults":9,"filters":[{"field":"a"}])");
}
