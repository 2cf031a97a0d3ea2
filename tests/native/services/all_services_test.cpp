#include <tuple>

#include "native/services/service_bench.h"

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

ServiceBench vendorOf(const Row& row) {
  return ServiceBench(
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

TEST_CASE("Every service: entries that are no product are counted, the others stay") {
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

TEST_CASE("Every service: a product whose price cannot be read as an amount has no price") {
  for (const Row& row : rows()) {
    CAPTURE(row.name);
    for (const char* price : {"null", R"("ask us")", "-1", R"("NaN")", R"("1e400")", "{}", "true", "[]"}) {
      CAPTURE(price);
      const Slate slate = slateOf(row, product(row, price));
      REQUIRE(slate.products.size() == 1);
      if (slate.products[0]->attributes().isObject()) {
        const bool isThere = price != std::string_view("null") && price != std::string_view("[]");
        CHECK(slate.products[0]->price < 0);
        CHECK(slate.products[0]->isPriceUnreadable == isThere);
        CHECK(slate.remarks.size() == (isThere ? 2 : 0));
      }
    }
  }
}

TEST_CASE("Every service: bytes that are not UTF-8, repeated members and enormous lists are read") {
  for (const Row& row : rows()) {
    CAPTURE(row.name);
    const std::string open = std::string("{\"") + row.id + "\":\"";
    CHECK(slateOf(row, open + "\xC3(\"}").products[0]->id == "\xEF\xBF\xBD(");
    CHECK(slateOf(row, open + "a\",\"" + row.id + "\":\"b\"}").products[0]->id == "b");
    std::string many = product(row, "1");
    for (int i = 0; i < 1500; ++i) many += "," + open + std::to_string(i) + "\"}";
    const Slate slate = slateOf(row, many);
    CHECK(slate.products.size() == 1000);
    CHECK(slate.rejected == 501);
    Slate none;
    CHECK(vendorOf(row).read(200, row.before + std::string(kMaxJsonBytes, ' ') + row.after, none, row.part));
  }
}

TEST_CASE("Every service: HTML, an empty body or nonsense is a typed error under every status") {
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

TEST_CASE("Every service: a kind of query that it lacks is refused with a list of those that it has") {
  const auto refusal = [](const Row& row, QueryKind kind, const char* more = "") {
    const ServiceBench bench(row.name, std::string(R"({"tenant":"t","market":"m","locale":"l","apiKey":"pk",)") + more +
                                           R"("organizationId":"o","catalogId":"c","apiClientKey":"pk"})");
    HttpRequest request;
    const Problem problem = bench.service->ask(kind, parseJson("{}"), bench.asker, request);
    return problem && problem->code == "unsupported-kind" ? problem->message : Text();
  };
  const auto& [refine, depict, richRelevance, doofinder] = std::tie(rows()[0], rows()[1], rows()[2], rows()[3]);
  const std::string fourOfRefine = "it has similarItems, forVisitor, forUser, searchText. Call one of these.";
  CHECK(refusal(refine, QueryKind::kBoughtTogether) == "Refine has no boughtTogether; " + fourOfRefine);
  CHECK(refusal(refine, QueryKind::kTrending) == "Refine has no trending; " + fourOfRefine);
  CHECK(refusal(refine, QueryKind::kCategory) == "Refine has no category; " + fourOfRefine);
  CHECK(refusal(refine, QueryKind::kSearchCategory) == "Refine has no searchCategory; " + fourOfRefine);
  CHECK(refusal(refine, QueryKind::kSuggest) == "Refine has no suggest; " + fourOfRefine);
  CHECK(refusal(depict, QueryKind::kCategory, R"("version":3,)") ==
        "Depict has no category; it has similarItems, forVisitor, forUser, boughtTogether, trending, searchText, "
        "searchCategory, suggest. Call one of these.");
  for (int kind = 0; kind < kQueryKinds; ++kind) {
    for (const Row& row : {depict, richRelevance, doofinder}) CHECK(refusal(row, static_cast<QueryKind>(kind)).empty());
  }
}

TEST_CASE("Every service: a secret key in a page is reported, a public one is not") {
  const auto exposure = [](const Row& row, const char* options) {
    return ServiceBench(row.name, options).service->exposure();
  };
  for (const Row& row : rows()) {
    CAPTURE(row.name);
    CHECK(exposure(row, R"({"apiKey":"4faeaf752ee40a0f"})").find("can read apiKey,") != std::string::npos);
    CHECK(exposure(row, R"({"apiKey":"pk_live_1"})").empty());
    CHECK(exposure(row, R"({"apiKey":"4faeaf752ee40a0f","keysArePublic":true})").empty());
    CHECK(exposure(row, "{}").empty());
  }
  CHECK(exposure(rows()[2], R"({"apiKey":"a","apiClientKey":"b"})").find("apiKey, apiClientKey,") != std::string::npos);
}

TEST_CASE("Every service can read the sample reply") {
  for (const Row& row : rows()) {
    CAPTURE(row.name);
    const Slate slate = vendorOf(row).slate(sampleReply(), row.part);
    CHECK(slate.rejected == 0);
    REQUIRE(slate.products.size() == 8);
    for (const auto& product : slate.products) {
      CHECK_FALSE(product->title.empty());
      CHECK_FALSE(product->url.empty());
      CHECK_FALSE(product->imageUrl.empty());
      CHECK(product->price > 0);
      CHECK(product->originalPrice > product->price);
    }
    CHECK(slate.products[0]->title != slate.products[1]->title);
  }
}

TEST_CASE("An unchanged product keeps only the latest reply in memory") {
  for (const Row& row : rows()) {
    CAPTURE(row.name);
    const ServiceBench bench = vendorOf(row);
    const auto read = [&](const std::string& price, const Slate* last) {
      auto slate = Shared<Slate>::make();
      slate->body = Shared<const Text>::make(row.before + product(row, "1") + "," + std::string("{\"") + row.id +
                                             "\":\"other\",\"" + row.price + "\":" + price + "}" + row.after);
      REQUIRE_FALSE(bench.service->read(200, *slate->body, row.part, last, *slate));
      return slate;
    };
    auto first = read("2", nullptr);
    const Shared<const Text> body = first->body;
    const auto second = read("3", first.get());
    CHECK(second->products[0] == first->products[0]);
    CHECK(second->products[1] != first->products[1]);
    CHECK(second->products[0]->text() == product(row, "1"));
    const char* const text = second->products[0]->text().data();
    CHECK((text >= second->body->data() && text < second->body->data() + second->body->size()));
    first.reset();
    CHECK(body.use_count() == 1);
  }
}

TEST_CASE("The session of the service's own script stands for Vitrine's where ids may be sent") {
  constexpr const char* kOptions[][2] = {
      {"depict", R"({"tenant":"t","market":"m","sessionId":"own-1"})"},
      {"richrelevance", R"({"apiKey":"k","apiClientKey":"c","sessionId":"own-1"})"},
      {"doofinder", R"({"hashid":"h","sessionId":"own-1","configs":{"trending":"w"}})"}};
  for (const auto& [name, options] : kOptions) {
    CAPTURE(name);
    ServiceBench bench(name, options);
    const auto isShared = [&](const HttpRequest& request) {
      return (request.url + request.body).find("own-1") != Text::npos;
    };
    const std::string event = R"({"type":"purchase","visitorId":"v_a","sessionId":"s_a","orderId":"o","items":[]})";
    CHECK(isShared(bench.asked(QueryKind::kTrending, "{}")));
    CHECK(isShared(bench.sent(EventKind::kPurchase, {event})));
    bench.asker.visitorId = bench.asker.sessionId = "";
    CHECK_FALSE(isShared(bench.asked(QueryKind::kTrending, "{}")));
    CHECK_FALSE(isShared(bench.sent(EventKind::kPurchase, {R"({"type":"purchase","pageId":"pg1","orderId":"o"})"})));
    CHECK(bench.service->optionNames().find("sessionId") != Text::npos);
    const Text without = Text(options).replace(Text(options).find("\"own-1\""), 7, "null");
    ServiceBench plain(name, without);
    CHECK((plain.asked(QueryKind::kTrending, "{}").url + plain.asked(QueryKind::kTrending, "{}").body)
              .find(std::string_view(name) == "depict" ? "v_a" : "s_a") != Text::npos);
  }
}
