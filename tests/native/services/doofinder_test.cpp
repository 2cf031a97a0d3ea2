#include "native/services/service_bench.h"

using namespace vitrine;

namespace {

constexpr char kOptions[] =
    R"({"name":"doofinder","zone":"eu1","hashid":"de8f052ea612f95b6950d4013dd6ef38","language":"en",
  "currency":"EUR","configs":{"similarItems":"11111111-0000-4000-8000-000000000001","boughtTogether":"b/t"}})";

ServiceBench doofinder(std::string_view options = kOptions) { return ServiceBench("doofinder", options); }

constexpr char kReply[] = R"({
  "title": "You might also like",
  "currency": {
    "code": "EUR",
    "label": "Euro",
    "format": "%v %s",
    "symbol": "€",
    "precision": 2,
    "decimal": ",",
    "thousand": "."
  },
  "fallback_action": "disabled",
  "results": [
    {
      "id": "SKU-099",
      "title": "Wireless Earbuds Pro",
      "price": 79.99,
      "url": "https://shop.example.com/products/wireless-earbuds-pro"
    }
  ]
})";

}  // namespace

TEST_CASE("Doofinder: the request equals the recorded one") {
  ServiceBench bench = doofinder();
  bench.asker.url = "https://shop.example.com/products/wireless-headphones";
  bench.asker.sessionId = "b2b89619844f4eb0b5fa19f28a19d679";
  bench.asker.userId = "8c80694b-354c-4533-acd1-e4b8e7d74b7b";
  bench.asker.viewing = "x";
  bench.asker.cart = {"de8f052ea612f95b6950d4013dd6ef38@product@e7b7a6c35b2d4afc94991bfc8100227a"};
  const HttpRequest request = bench.asked(QueryKind::kSimilarItems, R"({"anchorId":"x"})");
  CHECK(request.method == "POST");
  CHECK(request.url == "https://eu1-recommendations.doofinder.com/api/widget/11111111-0000-4000-8000-000000000001");
  CHECK(request.headersJson == R"({"content-type":"application/json"})");
  CHECK(request.body ==
        R"({"current_url":"https://shop.example.com/products/wireless-headphones",)"
        R"("session_id":"b2b89619844f4eb0b5fa19f28a19d679",)"
        R"("user_id":"8c80694b-354c-4533-acd1-e4b8e7d74b7b","hashid":"de8f052ea612f95b6950d4013dd6ef38",)"
        R"("language":"en","price_name":"EUR",)"
        R"("cart_items":[{"dfid":"de8f052ea612f95b6950d4013dd6ef38@product@e7b7a6c35b2d4afc94991bfc8100227a"}],)"
        R"("category_context":[]})");
}

TEST_CASE("Doofinder: the recorded reply is read") {
  const Slate slate = doofinder().slate(kReply);
  CHECK(slate.title == "You might also like");
  CHECK(slate.currency == "EUR");
  CHECK(slate.fallbackAction == "disabled");
  REQUIRE(slate.products.size() == 1);
  const Product& product = *slate.products[0];
  CHECK(product.id == "SKU-099");
  CHECK(product.title == "Wireless Earbuds Pro");
  CHECK(product.price == 79.99);
  CHECK(product.originalPrice == -1);
  CHECK(product.url == "https://shop.example.com/products/wireless-earbuds-pro");
  REQUIRE(slate.hasMoney);
  CHECK(formatMoney(product.price, slate.currency, slate.money) == "79,99 €");
  CHECK(formatMoney(1234567.89, slate.currency, slate.money) == "1.234.567,89 €");
}

TEST_CASE("Doofinder: a reduced product has both prices") {
  const Slate slate =
      doofinder().slate(R"({"results":[{"id":"a","price":20,"sale_price":15,"dfid":"d"},{"id":7,"price":"3.5"}]})");
  CHECK(slate.products[0]->price == 15);
  CHECK(slate.products[0]->originalPrice == 20);
  CHECK(slate.products[0]->reference == "d");
  CHECK(slate.products[1]->price == 3.5);
  CHECK(slate.products[1]->id == "7");
  CHECK_FALSE(slate.hasMoney);
  CHECK(slate.currency == "EUR");
}

TEST_CASE("Doofinder: a price format is read with the symbol in front, without one, and with nonsense") {
  const auto money = [](std::string_view currency) {
    const Slate slate =
        doofinder().slate(R"({"currency":)" + std::string(currency) + R"(,"results":[{"id":"a","price":1234}]})");
    return slate.hasMoney ? formatMoney(slate.products[0]->price, slate.currency, slate.money) : "none";
  };
  CHECK(money(R"({"code":"USD","format":"%s%v","symbol":"$","precision":2,"decimal":".","thousand":","})") ==
        "$1,234.00");
  CHECK(money(R"({"code":"JPY","format":"%v","symbol":"¥","precision":0,"thousand":""})") == "1234 JPY");
  CHECK(money(R"({"code":"USD","format":"free","precision":99})") == "1,234.00 USD");
  CHECK(money(R"({})") == "1,234.00 EUR");  // the currency of the configuration
  CHECK(money("7") == "none");
}

TEST_CASE("Doofinder: each kind of query is a configured widget, and its signals are in the body") {
  ServiceBench bench = doofinder();
  bench.asker.cart = {"SKU-1"};
  const HttpRequest bought = bench.asked(QueryKind::kBoughtTogether, R"({"itemIds":["a"]})");
  CHECK(bought.url == "https://eu1-recommendations.doofinder.com/api/widget/b%2Ft");
  CHECK(bought.body.find(
            R"("cart_items":[{"dfid":"de8f052ea612f95b6950d4013dd6ef38@product@0cc175b9c0f1b6a831c399e269772661"}])") !=
        std::string::npos);
  CHECK(bench.asked(QueryKind::kBoughtTogether, "{}").body.find("@product@") != std::string::npos);
  const char kUuid[] = R"("configId":"22222222-0000-4000-8000-000000000002")";
  const std::string category =
      bench.asked(QueryKind::kCategory, std::string("{\"categoryId\":\"Shoes\",") + kUuid + "}").body;
  CHECK(category.find(R"("category_context":[{"id":"Shoes"}])") != std::string::npos);
  CHECK(bench
            .asked(QueryKind::kCategory,
                   std::string(R"({"categoryId":"x","categoryPath":["Shoes","Running"],)") + kUuid + "}")
            .body.find(R"("category_context":[{"name":"Shoes"},{"name":"Running","id":"x"}])") != std::string::npos);
  // Members that the shop knows better are sent as they are.
  CHECK(bench.asked(QueryKind::kTrending, std::string(R"({"categoryPath":[{"slug":"s"},7],)") + kUuid + "}")
            .body.find(R"("category_context":[{"slug":"s"},{"name":"7"}])") != std::string::npos);
  CHECK(bench.asked(QueryKind::kTrending, std::string("{") + kUuid + R"(,"url":"https://other.example/"})")
            .body.find(R"("current_url":"https://other.example/")") != std::string::npos);
  CHECK(bench.refused(QueryKind::kTrending, R"({"configId":"home"})") == "provider.configs");
  bench.asker.url.clear();
  CHECK(bench.refused(QueryKind::kTrending, std::string("{") + kUuid + "}") == "url");
}

TEST_CASE("Doofinder: the product of similarItems must be found by an address, and be one") {
  ServiceBench bench = doofinder(R"({"configs":{"similarItems":"w"}})");
  CHECK(bench.refused(QueryKind::kSimilarItems, R"({"anchorId":"other_product"})") == "anchorId");
  CHECK(bench.refused(QueryKind::kSimilarItems, R"({"anchorIds":["anchor_1","anchor_2"]})") == "anchorIds");
  CHECK(bench.refused(QueryKind::kSimilarItems, R"({"anchorIds":["a"],"anchorId":"b"})") == "anchorIds");
  const auto address = [&](const char* query) {
    return std::string(stringMember(parseJson(bench.asked(QueryKind::kSimilarItems, query).body), "current_url"));
  };
  CHECK(address(R"({"anchorId":"a","url":"https://shop.example/a"})") == "https://shop.example/a");
  bench.asker.viewing = "a";  // the page is the product's own
  CHECK(address(R"({"anchorId":"a"})") == "https://shop.example/p");
  CHECK(bench.refused(QueryKind::kSimilarItems, R"({"anchorId":"b"})") == "anchorId");
  bench.service = makeService(
      "doofinder", parseJson(R"({"configs":{"similarItems":"w"},"productUrl":"https://shop.example/x/{id}"})"),
      bench.problems);
  CHECK(address(R"({"anchorIds":["b"]})") == "https://shop.example/x/b");
}

TEST_CASE("Doofinder: without a hashid a product that is to be named is refused, and one of the cart is left out") {
  ServiceBench bench = doofinder(R"({"configs":{"boughtTogether":"w","trending":"w"}})");
  CHECK(bench.refused(QueryKind::kBoughtTogether, R"({"itemIds":["a"]})") == "provider.hashid");
  bench.asker.cart = {"a"};
  CHECK(bench.asked(QueryKind::kTrending, "{}").body.find(R"("cart_items":[],)") != std::string::npos);
}

TEST_CASE("Doofinder: user_id is a UUID of the user, before a login of the visitor, and an id that is one is kept") {
  ServiceBench bench = doofinder(R"({"hashid":"h","searchUrl":"/df","configs":{"trending":"w"}})");
  const auto user = [&] {
    return std::string(stringMember(parseJson(bench.asked(QueryKind::kTrending, "{}").body), "user_id"));
  };
  // RFC 9562, version 3: uuid3(76697472-696e-652e-7573-65725f69642e, id)
  CHECK(user() == "92a1c137-4ada-31a0-b1c9-84689d6e2ef9");
  bench.asker.userId = "user_12345";
  CHECK(user() == "54120beb-5d7c-3fbc-95b8-e8df0f3a38b5");
  for (const char* kept : {"8c80694b-354c-4533-acd1-e4b8e7d74b7b", "8C80694B-354C-4533-ACD1-E4B8E7D74B7B"}) {
    bench.asker.userId = kept;
    CHECK(user() == kept);
  }
  bench.asker.userId = "8c80694b-354c-4533-acd1-e4b8e7d74b7g";
  CHECK(user() != bench.asker.userId);
  CHECK(user().size() == 36);
  bench.asker.userId.clear();
  bench.asker.visitorId.clear();  // no consent to ids
  CHECK(user().empty());
  // Events name the same one.
  CHECK(bench.sent(EventKind::kClick, {R"({"sessionId":"s_a","visitorId":"v_a","userId":null,"itemId":"a"})"})
            .url.find("&user_id=92a1c137-4ada-31a0-b1c9-84689d6e2ef9") != std::string::npos);
}

TEST_CASE("Doofinder: a query about another product than the page's sends that product's address") {
  const ServiceBench bench =
      doofinder(R"({"configs":{"similarItems":"w"},"productUrl":"https://shop.example/product/{id}?v=1"})");
  CHECK(bench.asked(QueryKind::kSimilarItems, R"({"anchorId":"a/b"})").body ==
        R"({"current_url":"https://shop.example/product/a%2Fb?v=1","session_id":"s_a",)"
        R"("user_id":"92a1c137-4ada-31a0-b1c9-84689d6e2ef9","cart_items":[],"category_context":[]})");
}

TEST_CASE("Doofinder: a session id that is too long is replaced by its MD5, a user id of any length by a UUID") {
  ServiceBench bench = doofinder();
  bench.asker.viewing = "a";
  bench.asker.sessionId = std::string(33, 's');
  bench.asker.userId = std::string(37, 'u');
  const Json body = parseJson(bench.asked(QueryKind::kSimilarItems, R"({"anchorId":"a"})").body);
  CHECK(stringMember(body, "session_id").size() == 32);
  CHECK(stringMember(body, "user_id").size() == 36);
  bench.asker.sessionId = std::string(32, 's');
  bench.asker.userId = std::string(36, 'u');
  const Json fits = parseJson(bench.asked(QueryKind::kSimilarItems, R"({"anchorId":"a"})").body);
  CHECK(stringMember(fits, "session_id") == bench.asker.sessionId);
  CHECK(stringMember(fits, "user_id").size() == 36);
}

TEST_CASE("Doofinder: the zone chooses the addresses") {
  for (const char* zone : {"eu1", "us1", "ap1"}) {
    const std::string options = std::string(R"({"configs":{"trending":"w"},"hashid":"h","zone":")") + zone + "\"}";
    CHECK(doofinder(options).asked(QueryKind::kTrending, "{}").url ==
          "https://" + std::string(zone) + "-recommendations.doofinder.com/api/widget/w");
    CHECK(doofinder(options)
              .sent(EventKind::kClick, {"{}"})
              .url.find("https://" + std::string(zone) + "-search.doofinder.com/6/h/stats/click?") == 0);
  }
  CHECK(doofinder(R"({"zone":"mars"})").problems[0]->field == "provider.zone");
}

TEST_CASE("Doofinder: the recorded error and its list of complaints are read") {
  const Problem bad = doofinder().failed(400, R"({
  "error": "Bad request",
  "details": {
    "current_url": ["is required"],
    "session_id": ["length must be less than or equal to 32"]
  }
})");
  CHECK(bad->type == ErrorType::kValidation);
  CHECK(bad->field == "current_url");
  CHECK(bad->message == "is required");
  REQUIRE(bad->details.size() == 2);
  CHECK(bad->details[1].field == "session_id");
  CHECK(bad->details[1].message == "length must be less than or equal to 32");
  CHECK(errorJson(*bad).find(R"("details":[{"field":"current_url","message":"is required"},{"field":"session_id",)") !=
        std::string::npos);
  const Problem origin = doofinder().failed(403, R"({"error":"Forbidden origin"})");
  CHECK(origin->type == ErrorType::kForbidden);
  CHECK(origin->message == "Forbidden origin");
  CHECK(doofinder().failed(404, R"({"error":"Not found"})")->type == ErrorType::kNotFound);
  CHECK(doofinder().failed(429, R"({"error":"Too many requests"})")->isRetryable());
  for (const char* body : {"", "<html>", "7", R"({"details":[7]})", R"({"details":{"a":"x","b":[7]}})"})
    CHECK(doofinder().failed(400, body)->type == ErrorType::kValidation);
  for (const char* body : {"", "{}", R"({"results":null})", "<html>"})
    CHECK(doofinder().failed(200, body)->code == "bad-reply");
}

TEST_CASE("Doofinder: each event is one PUT, and positions count from 1") {
  const ServiceBench bench = doofinder(R"({"hashid":"h","apiKey":"secret","searchUrl":"/df"})");
  const HttpRequest click = bench.sent(
      EventKind::kClick,
      {R"({"eventId":"E","sessionId":"s_a","userId":"u 1","itemId":"a","position":0,"reference":"h@product@x",)"
       R"("query":"red"})"});
  CHECK(click.method == "PUT");
  CHECK(click.headersJson == R"({"authorization":"Token secret"})");
  CHECK(click.body.empty());
  CHECK(click.url ==
        "/df/6/h/stats/"
        "click?dfid=h%40product%40x&session_id=s_a&user_id=21fdcfdf-af14-3043-b9ee-a02045cbdaca&query=red&position=1");
  CHECK(bench.sent(EventKind::kClick, {R"({"pageId":"pg1","itemId":"a"})"}).url ==
        "/df/6/h/stats/click?dfid=h%40product%400cc175b9c0f1b6a831c399e269772661&session_id=pg1");
  CHECK(
      bench
          .sent(EventKind::kAddToCart, {R"({"sessionId":"s_a","itemId":"a","quantity":2,"title":"T","unitPrice":9.5})"})
          .url == "/df/6/h/stats/cart/s_a?id=a&amount=2&index=product&title=T&price=9.5");
  // The service takes whole amounts.
  CHECK(bench
            .sent(EventKind::kAddToCart, {R"({"type":"addToCart","itemId":"a","sessionId":"s_a","quantity":0.75,)"
                                          R"("currency":"EUR","unitPrice":10})"})
            .url == "/df/6/h/stats/cart/s_a?id=a&amount=1&index=product&price=7.5");
  const HttpRequest removed =
      bench.sent(EventKind::kRemoveFromCart, {R"({"type":"removeFromCart","sessionId":"s_a","itemId":"a"})"});
  CHECK(removed.method == "PATCH");
  CHECK(removed.url == "/df/6/h/stats/cart/s_a?id=a&amount=1&index=product");
  const HttpRequest cleared = bench.sent(EventKind::kClearCart, {R"({"type":"clearCart","sessionId":"s_a"})"});
  CHECK(cleared.method == "DELETE");
  CHECK(cleared.url == "/df/6/h/stats/cart/s_a");
  CHECK(cleared.headersJson == R"({"authorization":"Token secret"})");
  for (const EventKind kind : {EventKind::kViewItem, EventKind::kSearch, EventKind::kCustom})
    CHECK(bench.service->lane(kind) == Service::kNoLane);
  CHECK(bench.sent(EventKind::kPurchase, {R"({"sessionId":"s_a","userId":null})"}).url ==
        "/df/6/h/stats/checkout?session_id=s_a");
  CHECK(bench.service->lane(EventKind::kView) == Service::kNoLane);
  CHECK(doofinder("{}").service->lane(EventKind::kClick) == Service::kNoLane);
}

TEST_CASE("Doofinder: a session is begun once, and again with a new one, a user, or when that failed") {
  const ServiceBench bench = doofinder(R"({"hashid":"h","searchUrl":"/df"})");
  const auto served = [&](const char* event) { return bench.sent(EventKind::kItemsServed, {event}).url; };
  const char kFirst[] = R"({"eventId":"1","type":"itemsServed","sessionId":"s_a"})";
  CHECK(served(kFirst) == "/df/6/h/stats/init?session_id=s_a");
  CHECK(served(kFirst) == "/df/6/h/stats/init?session_id=s_a");  // tried again
  CHECK(served(R"({"eventId":"2","type":"itemsServed","sessionId":"s_a"})").empty());
  CHECK(served(R"({"eventId":"3","type":"itemsServed","sessionId":"s_b"})") == "/df/6/h/stats/init?session_id=s_b");
  CHECK(served(R"({"eventId":"4","type":"identify","sessionId":"s_b","userId":"u"})") ==
        "/df/6/h/stats/init?session_id=s_b&user_id=dccc8e19-0839-3b58-bb2e-3cff33334778");
}

TEST_CASE("Doofinder: an event that may have arrived and would count twice is not sent again") {
  const ServiceBench bench = doofinder();
  const auto receipt = [&](EventKind kind) { return bench.service->receipt(bench.service->lane(kind), -1, {}); };
  CHECK(receipt(EventKind::kClick) == 204);
  CHECK(receipt(EventKind::kPurchase) == 204);
  CHECK(receipt(EventKind::kIdentify) == -1);
  CHECK(bench.service->receipt(0, 503, {}) == 503);
}
