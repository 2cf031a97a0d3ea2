#include "vendor.h"

using namespace vitrine;

namespace {

// A reply of each service around its list of products, and the names of a product's id and price.
struct Row {
  const char* name;
  std::string before;
  std::string after;
  const char* id;
  const char* price;
  std::string part;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> all = {
      {"refine", R"({"status":"success","results":[)", "]}", "productId", "price", ""},
      {"depict", R"({"displays":[)", "]}", "product_id", "sale_price", ""},
      {"richrelevance", R"({"status":"ok","placements":[{"placement":"a.b","recommendedProducts":[)", "]}]}", "id",
       "salePriceCents", "a.b"},
      {"doofinder", R"({"results":[)", "]}", "id", "sale_price", ""}};
  return all;
}

Vendor vendorOf(const Row& row) {
  return Vendor(
      row.name,
      R"({"apiKey":"pk","organizationId":"o","catalogId":"c","tenant":"t","market":"m","apiClientKey":"pk"})");
}

Slate slateOf(const Row& row, const std::string& products) {
  return vendorOf(row).slate(row.before + products + row.after, row.part);
}

std::string product(const Row& row, const std::string& price) {
  return std::string("{\"") + row.id + "\":\"good\",\"" + row.price + "\":" + price + "}";
}

}  // namespace

TEST_CASE("Every service: a reply cut off anywhere is a slate or a typed error") {
  for (const Row& row : rows()) {
    CAPTURE(row.name);
    const std::string whole = row.before + product(row, "1") + "," + product(row, "2") + row.after;
    for (std::size_t length = 0; length < whole.size(); ++length) {
      Slate slate;
      const Problem problem = vendorOf(row).read(200, std::string_view(whole).substr(0, length), slate, row.part);
      REQUIRE(problem);
      CHECK(problem->type == ErrorType::kServer);
      CHECK(slate.products.empty());
    }
    CHECK(slateOf(row, product(row, "1")).products.size() == 1);
  }
}

TEST_CASE("Every service: what is no product is counted, the others stay") {
  for (const Row& row : rows()) {
    CAPTURE(row.name);
    const std::string deep = std::string(70, '[') + std::string(70, ']');
    const std::string bad = std::string("null,7,\"x\",[],{},{\"") + row.id + "\":\"\"},{\"" + row.id + "\":null},{\"" +
                            row.id + "\":\"deep\",\"x\":" + deep + "},{\"" + row.id + "\":\"n\",\"" + row.price +
                            "\":NaN},{\"" + row.id + "\":\"inf\",\"" + row.price + "\":1e400},";
    const Slate slate = slateOf(row, bad + product(row, "1"));
    CHECK(slate.rejected == 10);
    REQUIRE(slate.products.size() == 1);
    CHECK(slate.products[0]->id == "good");
  }
}

TEST_CASE("Every service: a price that is none leaves the product without one") {
  for (const Row& row : rows()) {
    CAPTURE(row.name);
    for (const char* price : {"null", R"("12,50")", "-1", R"("NaN")", R"("1e400")", "{}", "true", "[]"}) {
      CAPTURE(price);
      const Slate slate = slateOf(row, product(row, price));
      REQUIRE(slate.products.size() == 1);
      if (slate.products[0]->attributes().isObject()) CHECK(slate.products[0]->price == -1);
    }
  }
}

TEST_CASE("Every service: bytes that are no UTF-8, members twice, enormous lists") {
  for (const Row& row : rows()) {
    CAPTURE(row.name);
    const std::string open = std::string("{\"") + row.id + "\":\"";
    CHECK(slateOf(row, open + "\xC3(\"}").products[0]->id == "\xEF\xBF\xBD(");
    CHECK(slateOf(row, open + "a\",\"" + row.id + "\":\"b\"}").products[0]->id == "b");
    std::string many = product(row, "1");
    for (int i = 0; i < 1500; ++i) many += "," + product(row, "1");
    const Slate slate = slateOf(row, many);
    CHECK(slate.products.size() == 1000);
    CHECK(slate.rejected == 501);
    Slate none;
    CHECK(vendorOf(row).read(200, row.before + std::string(kMaxJsonBytes, ' ') + row.after, none, row.part));
  }
}

TEST_CASE("Every service: HTML, nothing and other nonsense is a typed error under every status") {
  for (const Row& row : rows()) {
    for (const char* body :
         {"", "<!doctype html><title>502</title>", "null", "[]", "7", "\"x\"", "{}", "\xFF\xFE", "{{{{"}) {
      for (const int status : {200, 204, 301, 400, 401, 403, 404, 408, 422, 429, 500, 503, 0, -1, -2}) {
        CAPTURE(row.name, body, status);
        const Problem problem = vendorOf(row).failed(status, body);
        CHECK_FALSE(problem->message.empty());
        CHECK(parseJson(errorJson(*problem)).isObject());
      }
    }
  }
}
