#include "native/services/service_bench.h"

using namespace vitrine;

namespace {

constexpr char kOptions[] = R"({"name":"depict","tenant":"myexamplestore","market":"se","currency":"SEK"})";

ServiceBench depict(std::string_view options = kOptions) { return ServiceBench("depict", options); }

constexpr char kV3[] =
    R"({"name":"depict","tenant":"myexamplestore","market":"se","locale":"sv-SE","version":3,"currency":"SEK"})";

}  // namespace

TEST_CASE("Depict: the request for a single product equals the recorded one") {
  const HttpRequest request = depict().asked(QueryKind::kSimilarItems, R"({"anchorId":"45234234"})");
  CHECK(request.method == "POST");
  CHECK(request.url == "https://api.depict.ai/v2/recommend/products/product");
  CHECK(request.headersJson == R"({"content-type":"application/json"})");
  CHECK(request.body ==
        R"({"tenant":"myexamplestore","market":"se","type":"similar","product_id":"45234234","session_id":"v_a"})");
}

TEST_CASE("Depict: the recorded reply is read") {
  const Slate slate = depict().slate(R"({
    "displays": [
        {
            "main_product_id": "234234",
            "product_id": "45234234",
            "title": "A very nice product",
            "original_price": 999,
            "sale_price": 899,
            "page_url": "https://www.myexamplestore.com/45234234",
            "image_url": "https://www.myexamplestore.com/45234234/image.jpg",
            "sustainability_value": 5,
            "recommendation_id": "ee3652eb-a459-459c-aaa6-52e2c0e5695a"
        }
    ]
})");
  REQUIRE(slate.products.size() == 1);
  const Product& product = *slate.products[0];
  CHECK(product.id == "45234234");
  CHECK(product.title == "A very nice product");
  CHECK(product.price == 899);
  CHECK(product.originalPrice == 999);
  CHECK(product.url == "https://www.myexamplestore.com/45234234");
  CHECK(product.imageUrl == "https://www.myexamplestore.com/45234234/image.jpg");
  CHECK(product.reference == "ee3652eb-a459-459c-aaa6-52e2c0e5695a");
  CHECK(numberMember(product.attributes(), "sustainability_value", 0) == 5);
  CHECK(slate.currency == "SEK");
}

TEST_CASE("Depict: each kind of query has its address, its ids and its type") {
  ServiceBench bench = depict(
      R"({"tenant":"t","market":"m","locale":"sv","apiKey":"k","apiUrl":"/depict/","configs":{"home":"frontpage",)"
      R"("trending":"bestsellers"}})");
  bench.asker.userId = "u1";
  const HttpRequest home = bench.asked(QueryKind::kForVisitor, R"({"configId":"home","topK":8})");
  CHECK(home.url == "/depict/v2/recommend/products/general");
  CHECK(home.headersJson == R"({"content-type":"application/json","X-API-KEY":"k"})");
  CHECK(home.body ==
        R"({"tenant":"t","market":"m","type":"frontpage","session_id":"v_a","user_id":"u1","limit":8,"locale":"sv"})");
  CHECK(bench.asked(QueryKind::kForUser, R"({"configId":"checkout"})").body.find(R"("type":"checkout")") !=
        std::string::npos);
  CHECK(bench.asked(QueryKind::kTrending, "{}").body.find(R"("type":"bestsellers")") != std::string::npos);
  const HttpRequest several = bench.asked(QueryKind::kSimilarItems, R"({"anchorIds":["a","b"]})");
  CHECK(several.url == "/depict/v2/recommend/products/products");
  CHECK(several.body.find(R"("type":"similar","product_ids":["a","b"])") != std::string::npos);
  bench.asker.cart = {"c1", "c2"};
  CHECK(bench.asked(QueryKind::kBoughtTogether, "{}").body.find(R"("type":"cross_sell","product_ids":["c1","c2"])") !=
        std::string::npos);
  const HttpRequest category = bench.asked(QueryKind::kCategory, R"({"categoryId":"shoes"})");
  CHECK(category.url == "/depict/v2/recommend/products/category");
  CHECK(category.body.find(R"("category_id":"shoes")") != std::string::npos);
}

TEST_CASE("Depict: version 3 sends merchant and products, and shows the chosen variant") {
  ServiceBench bench = depict(kV3);
  const HttpRequest request = bench.asked(QueryKind::kSimilarItems, R"({"anchorId":"a","topK":128})");
  CHECK(request.url == "https://api.depict.ai/v3/recommend/products");
  CHECK(request.body ==
        R"({"merchant":"myexamplestore","market":"se","locale":"sv-SE","type":"similar","product_ids":["a"],)"
        R"("session_id":"v_a","limit":128})");
  CHECK(bench.asked(QueryKind::kForVisitor, "{}").body.find(R"("product_ids":[])") != std::string::npos);
  CHECK(bench.refused(QueryKind::kCategory, R"({"categoryId":"c"})") == "kind");
  CHECK(depict(R"({"tenant":"t","market":"m","version":3})").problems[0]->field == "provider.locale");
  const Slate slate = bench.slate(R"({"displays":[
    {"variant_index":1,"variant_displays":[{"title":"Red","sale_price":1},{"title":"Blue","sale_price":2}],
     "variant_skus":["r","b"],"variant_product_ids":["p1","p2"]},
    {"variant_index":9,"variant_displays":[{"product_id":"own","title":"X"}],"variant_product_ids":["other"]},
    {"variant_index":0,"variant_displays":[]},{"variant_displays":[7],"variant_product_ids":["p"]},7,
    {"variant_index":-1,"variant_displays":[{"title":"no id"}]}]})");
  REQUIRE(slate.products.size() == 2);
  CHECK(slate.products[0]->id == "p2");
  CHECK(slate.products[0]->title == "Blue");
  CHECK(slate.products[1]->id == "own");
  CHECK(slate.rejected == 4);
}

TEST_CASE("Depict: without consent the page view stands for the session") {
  ServiceBench bench = depict();
  bench.asker = {};
  bench.asker.pageId = "pg1";
  CHECK(bench.asked(QueryKind::kForVisitor, "{}").body ==
        R"({"tenant":"myexamplestore","market":"se","type":"forVisitor","session_id":"pg1"})");
}

TEST_CASE("Depict: a query that the service would refuse is refused before it is sent") {
  CHECK(depict("{}").problems.size() == 2);
  CHECK(depict(R"({"tenant":"t"})").refused(QueryKind::kTrending, "{}") == "provider.market");
  CHECK(depict().refused(QueryKind::kTrending, R"({"topK":129})") == "topK");
  CHECK(depict().refused(QueryKind::kTrending, R"({"topK":0})") == "topK");
  CHECK(depict().refused(QueryKind::kSimilarItems, R"({"anchorIds":[]})") == "anchorId");
  CHECK(depict().refused(QueryKind::kForUser, "{}") == "userId");
  CHECK(depict().refused(QueryKind::kBoughtTogether, "{}") == "itemIds");
  CHECK(depict().refused(QueryKind::kSearchText, R"({"query":"q"})") == "provider.locale");
}

TEST_CASE("Depict: the shop's price format is the slate's") {
  const Slate slate = depict(R"({"tenant":"t","market":"m","currency":"SEK","priceFormat":{"pre_":"","post_":" kr",
    "decimal_places_delimiter_":",","thousands_delimiter_":" ","places_after_comma_":"auto"}})")
                          .slate(R"({"displays":[{"product_id":"a","sale_price":"1234.50"}]})");
  REQUIRE(slate.hasMoney);
  CHECK(formatMoney(slate.products[0]->price, slate.currency, slate.money) == "1 234,50 kr");
}

TEST_CASE("Depict: each complaint of a 422 names its field") {
  const Problem problem = depict().failed(
      422, R"({"detail":[{"loc":["body","limit"],"msg":"ensure this value is less than or equal to 128",)"
           R"("type":"value_error.number.not_le"},)"
           R"({"loc":["body","product_ids",0],"msg":"str type expected","type":"type_error.str"}]})");
  CHECK(problem->type == ErrorType::kValidation);
  CHECK(problem->field == "limit");
  CHECK(problem->code == "value_error.number.not_le");
  CHECK(problem->message == "ensure this value is less than or equal to 128");
  REQUIRE(problem->details.size() == 2);
  CHECK(problem->details[1].field == "product_ids.0");
  CHECK(depict().failed(403, R"({"detail":"Not allowed"})")->message == "Not allowed");
  for (const char* body : {"", "<html>", R"({"detail":[7,{"loc":7},{}]})", R"({"detail":{}})"})
    CHECK(depict().failed(422, body)->type == ErrorType::kValidation);
}

TEST_CASE("Depict: a good status without displays is the service's fault") {
  CHECK(depict().failed(200, R"({"displays":[],"error":"no such type"})")->message == "no such type");
  CHECK(depict().slate(R"({"displays":[],"error":null})").products.empty());
  // The service says so alone, too.
  const char kAlone[] = R"({"error":"(tenant, market, type) not yet configured. Please contact Depict."})";
  for (const int status : {200, 400, 404}) {
    const Problem problem = depict().failed(status, kAlone);
    CHECK(problem->code == "service-error");
    CHECK(problem->message == "(tenant, market, type) not yet configured. Please contact Depict.");
  }
  for (const char* body : {"", "[]", "{}", R"({"displays":{}})", "<html>", R"({"displays":[)"})
    CHECK(depict().failed(200, body)->code == "bad-reply");
}

TEST_CASE("Depict: events are an array, purchases go to version 2") {
  const ServiceBench bench = depict();
  const HttpRequest events = bench.sent(
      EventKind::kClick,
      {R"({"eventId":"E1","type":"itemsServed","pageId":"pg1","visitorId":"v_a","sessionId":"s_a","userId":null,)"
       R"("serveId":"sv","surface":"home_page","source":"visitor-recs","itemIds":["a"],"url":"https://shop.example/"})",
       R"({"eventId":"E2","type":"view","visitorId":"v_a","sessionId":"s_a","userId":"u1","itemId":"a",)"
       R"("reference":"r-1","source":"visitor-recs","url":"https://shop.example/"})",
       R"({"eventId":"E3","type":"click","pageId":"pg1","itemId":"a","surface":"home_page"})",
       R"({"eventId":"E4","type":"addToCart","visitorId":"v_a","itemId":"a","unitPrice":69.90,"currency":"SEK"})",
       R"({"eventId":"E5","type":"itemsServed","pageId":"pg1","source":"similar-items","reference":"similar"})"});
  CHECK(events.method == "POST");
  CHECK(events.url == "https://api.depict.ai/create-events");
  CHECK(events.headersJson == R"({"content-type":"application/json"})");
  CHECK(events.body ==
        R"([{"tenant":"myexamplestore","market":"se","type":"recommendations_inserted","deduplication_id":"E1",)"
        R"("session_id":"v_a","recommendation_type":"visitor-recs","url":"https://shop.example/"},)"
        R"({"tenant":"myexamplestore","market":"se","type":"element_visible","deduplication_id":"E2",)"
        R"("session_id":"v_a","user_id":"u1","product_id":"a","recommendation_id":"r-1",)"
        R"("url":"https://shop.example/"},)"
        R"({"tenant":"myexamplestore","market":"se","type":"click","deduplication_id":"E3","session_id":"pg1",)"
        R"("product_id":"a","click_location":"home_page"},)"
        R"({"tenant":"myexamplestore","market":"se","type":"add_to_cart","deduplication_id":"E4","session_id":"v_a",)"
        R"("product_id":"a","entity_price":"69.90","currency":"SEK"},)"
        R"({"tenant":"myexamplestore","market":"se","type":"recommendations_inserted","deduplication_id":"E5",)"
        R"("session_id":"pg1","recommendation_type":"similar"}])");
  // The service's example of a page view, as far as the core knows what is in it.
  CHECK(bench
            .sent(EventKind::kPageView,
                  {R"({"eventId":"E0","type":"pageView","pageId":"pg1","visitorId":"v_a","sessionId":"s_a",)"
                   R"("userId":"GA1.2","url":"https://my_store.com/keyboard.html","referrer":"https://my_store.com/",)"
                   R"("itemId":"BLA-KEY-XXX"})"})
            .body ==
        R"([{"tenant":"myexamplestore","market":"se","type":"page_view","deduplication_id":"E0","session_id":"v_a",)"
        R"("user_id":"GA1.2","product_id":"BLA-KEY-XXX","url":"https://my_store.com/keyboard.html",)"
        R"("document_referrer":"https://my_store.com/"}])");
  const HttpRequest purchase = bench.sent(
      EventKind::kPurchase,
      {R"({"eventId":"E5","type":"purchase","visitorId":"v_a","userId":"u1","orderId":"o1","value":30,)"
       R"("currency":"SEK","items":[{"itemId":"a","quantity":2,"unitPrice":9.5},{"itemId":"b","quantity":1}]})"});
  CHECK(purchase.url == "https://api.depict.ai/v2/create-events");
  CHECK(purchase.body ==
        R"({"tenant":"myexamplestore","market":"se","events":[{"event_type":"purchase","session_id":"v_a",)"
        R"("user_id":"u1","transaction_id":"o1","currency":"SEK",)"
        R"("products":[{"sku":"a","price":9.5,"quantity":2},{"sku":"b","price":11,"quantity":1}]}]})");
  // The service takes whole quantities, and no prices below zero.
  const std::string weights = R"({"type":"purchase","orderId":"o1","currency":"JPY",)"
                              R"("items":[{"itemId":"a","quantity":2.5,"unitPrice":999},)"
                              R"({"itemId":"b","quantity":1,"unitPrice":-500}]})";
  CHECK(
      bench.sent(EventKind::kPurchase, {weights}).body.find(R"("products":[{"sku":"a","price":2498,"quantity":1}])") !=
      std::string::npos);
  CHECK(bench.service->lane(EventKind::kPurchase) != bench.service->lane(EventKind::kClick));
  for (const EventKind kind : {EventKind::kIdentify, EventKind::kRemoveFromCart, EventKind::kClearCart,
                               EventKind::kSearch, EventKind::kCustom})
    CHECK(bench.service->lane(kind) == Service::kNoLane);
  CHECK(depict(R"({"tenant":"t","market":"m","eventsUrl":"/e"})").sent(EventKind::kClick, {"{}"}).url ==
        "/e/create-events");
}

TEST_CASE("Depict: a product that cannot be bought is reported, and any other product page is not the service's") {
  const ServiceBench bench = depict();
  const HttpRequest request =
      bench.sent(EventKind::kViewItem, {R"({"type":"viewItem","itemId":"a","availability":"out_of_stock"})"});
  CHECK(request.url == "https://api.depict.ai/v2/create-events");
  CHECK(request.body ==
        R"({"tenant":"myexamplestore","market":"se","events":[{"event_type":"product_unavailable","product_id":"a",)"
        R"("unavailability_type":"out_of_stock"}]})");
  HttpRequest other;
  const int lane = bench.service->lane(EventKind::kViewItem);
  CHECK(bench.service->laneSize(lane) == 1);
  CHECK_FALSE(bench.service->encode(lane, {R"({"type":"viewItem","itemId":"a"})"}, "b1", 1, other));
}

TEST_CASE("Depict: an order that the shop's server reports is tied to the shopper") {
  const ServiceBench bench = depict(R"({"tenant":"t","market":"m","purchases":"server","sessionId":"dep-1"})");
  CHECK(bench
            .sent(EventKind::kPurchase,
                  {R"({"type":"purchase","visitorId":"v_a","userId":"u1","orderId":"o1","value":1,"currency":"SEK",)"
                   R"("items":[{"itemId":"a","quantity":1}]})"})
            .body == R"({"tenant":"t","market":"m","events":[{"event_type":"transaction_mapping",)"
                     R"("session_id":"dep-1","user_id":"u1","transaction_id":"o1"}]})");
}

TEST_CASE("Depict: further members that the service asks for are sent with each query, and must be an object") {
  const ServiceBench bench = depict(R"({"tenant":"t","market":"m","params":{"metadata":{"a":"b"}}})");
  CHECK(bench.asked(QueryKind::kTrending, R"({"params":{"document_referrer":"https://a.example/"}})")
            .body.ends_with(R"("session_id":"v_a","metadata":{"a":"b"},"document_referrer":"https://a.example/"})"));
  CHECK(bench.refused(QueryKind::kTrending, R"({"params":"x"})") == "params");
  const ServiceBench bad = depict(R"({"tenant":"t","market":"m","params":[1]})");
  REQUIRE(bad.problems.size() == 1);
  CHECK(bad.problems[0]->field == "provider.params");
  CHECK(bad.problems[0]->code == "bad-option");
}

TEST_CASE("Depict: the service's experiment is told, and a price that is called price is read") {
  const Slate slate =
      depict().slate(R"({"displays":[{"product_id":"a","price":"100.00"}],"variant":1,"experiment_id":"e"})");
  CHECK(slateJson(slate).find(R"("experiment":{"id":"e","variant":1})") != Text::npos);
  CHECK(slate.products[0]->price == 100);
  CHECK(slateJson(depict().slate(R"({"displays":[{"product_id":"a"}]})")).find("experiment") == Text::npos);
  CHECK(depict().slate(R"({"displays":[{"product_id":"a","price":1,"sale_price":2}]})").products[0]->price == 2);
}
