#include "services/filters.h"

#include "native/services/service_bench.h"

using namespace vitrine;

namespace {

constexpr char kReply[] =
    R"({"displays":[{"product_id":"a","title":"Red shoe","sale_price":"12.50","original_price":20,"brand":"Nord",)"
    R"("stock":3,"size":"42","tags":["new","red"],"isNew":true,"deep":{"er":1}},)"
    R"({"product_id":"b","title":"Blue SHOE","sale_price":30,"brand":"nord","stock":0,"size":"9",)"
    R"("tags":[],"isNew":false},)"
    R"({"product_id":"c","title":"Hat","sale_price":8,"stock":null,"size":"large"}]})";

// Returns the ids that are left, or the message of the problem.
std::string left(const std::string& filters, const char* reply = kReply) {
  const ServiceBench bench("depict", R"({"tenant":"t","market":"m","currency":"EUR"})");
  Slate slate = bench.slate(reply);
  const Json query = parseJson(R"({"filters":)" + filters + "}");
  REQUIRE_FALSE(checkFilters(query));
  const std::size_t before = slate.products.size();
  if (const Problem problem = applyFilters(*member(query, "filters"), "Depict", slate)) {
    CHECK(problem->type == ErrorType::kValidation);
    CHECK(problem->code == "bad-filter");
    CHECK(problem->field == "filters");
    CHECK(slate.products.size() == before);
    return std::string(problem->message);
  }
  std::string ids;
  for (const auto& product : slate.products) ids += product->id;
  return ids;
}

std::string one(const char* field, const char* op, const char* value) {
  return left(std::string(R"([{"field":")") + field + R"(","operator":")" + op + R"(","value":)" + value + "}]");
}

}  // namespace

TEST_CASE("Vitrine's filters compare as the operators say") {
  CHECK(one("brand", "eq", R"("Nord")") == "a");
  CHECK(one("brand", "ne", R"("Nord")") == "bc");  // a product without a brand has another one
  CHECK(one("title", "match", R"("shoe")") == "ab");
  CHECK(one("title", "match", R"("")") == "abc");
  CHECK(one("stock", "gt", "0") == "a");
  CHECK(one("stock", "gte", "0") == "ab");
  CHECK(one("stock", "lt", "3") == "b");
  CHECK(one("stock", "lte", "3") == "ab");
  CHECK(one("isNew", "eq", "true") == "a");
  CHECK(one("isNew", "ne", "true") == "bc");
  CHECK(one("isNew", "eq", "1") == "");
  CHECK(one("productId", "in", R"(["a","c",7])") == "ac");
  CHECK(one("productId", "nin", R"(["a","c"])") == "b");
  CHECK(one("productId", "in", "[]") == "");
  CHECK(one("title", "gte", R"("Hat")") == "ac");
  CHECK(one("stock", "exists", "true") == "ab");
  CHECK(one("stock", "exists", "false") == "c");
  CHECK(one("stock", "eq", "null") == "c");
  CHECK(one("stock", "ne", "null") == "ab");
  CHECK(left("[]") == "abc");
  CHECK(left(R"([{"field":"stock","operator":"gte","value":0},{"field":"price","operator":"lt","value":20}])") == "a");
}

TEST_CASE("Vitrine's filters find a field in the product, in its metadata, and by a dotted path") {
  CHECK(one("price", "lte", "12.5") == "ac");  // the product's price, not the service's text
  CHECK(one("metadata.sale_price", "eq", R"("12.50")") == "a");
  CHECK(one("metadata.stock", "gt", "0") == "a");
  CHECK(one("deep.er", "eq", "1") == "a");
  CHECK(one("deep", "eq", R"("x")") == "");
  CHECK(one("tags", "eq", R"("red")") == "a");  // one element of the list
  CHECK(one("tags", "in", R"(["red","x"])") == "a");
  CHECK(one("tags", "nin", R"(["red"])") == "bc");
}

TEST_CASE("A text that is just a number is compared with a number as one") {
  CHECK(one("size", "lt", "20") == "b");
  CHECK(one("size", "eq", "42") == "a");
  CHECK(one("size", "eq", R"("42")") == "a");
  // The other way round too: the field is a number, and the value a text.
  for (const char* op : {"gte", "gt", "lt", "lte", "eq"}) CHECK(one("price", op, R"("25")") == one("price", op, "25"));
  CHECK(one("price", "gt", R"("7")") == one("price", "gt", "7"));
  CHECK_FALSE(one("price", "gt", R"("7")").empty());
  CHECK(one("price", "gt", R"("cheap")").empty());
  CHECK(one("size", "lt", R"("5")") == "a");  // two texts are compared by their bytes
}

TEST_CASE("A filter on a field that no product of the reply has is refused, unless its absence is an answer") {
  CHECK(one("colour", "eq", R"("red")") ==
        "No product of Depict's reply has the field \"colour\", so Vitrine cannot filter by it. Name a field that the "
        "results have, or filter at the service.");
  CHECK(one("colour", "nin", R"(["red"])") != "abc");
  CHECK(one("colour", "exists", "false") == "abc");
  CHECK(one("colour", "eq", "null") == "abc");
  CHECK(one("badges", "eq", R"("New")") == "");
  CHECK(left(R"([{"field":"originalPrice","operator":"gt","value":1}])",
             R"({"displays":[{"product_id":"c","sale_price":8}]})") == "");
  CHECK(left(R"([{"field":"colour","operator":"eq","value":1}])", R"({"displays":[]})") == "");
}
