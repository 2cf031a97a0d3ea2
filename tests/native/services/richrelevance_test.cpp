#include "native/services/service_bench.h"

using namespace vitrine;

namespace {

constexpr char kOptions[] = R"({"name":"richrelevance","apiKey":"d4ff21d55a1368fc","apiClientKey":"42f5962fe3ed493e",)"
                            R"("apiUrl":"https://rr.example/","currency":"USD","purchasePrices":"both"})";
#define kBase                                                                                          \
  "https://rr.example/rrserver/api/rrPlatform/recsForPlacements?apiKey=d4ff21d55a1368fc&apiClientKey=" \
  "42f5962fe3ed493e&userId=12345&sessionId=827ccb0eea8a706c4c34a16891f84e7b"

ServiceBench richRelevance(std::string_view options = kOptions) {
  ServiceBench bench("richrelevance", options);
  bench.asker.userId = "12345";
  bench.asker.sessionId = "827ccb0eea8a706c4c34a16891f84e7b";
  return bench;
}

// The seed's reply.
constexpr char kReply[] =
    R"({
  "rcs": "eF5j4cotK8lM4TMzsNA11DVkKU32MEkyBAJjM11jYzMzXRNTozRdA0sgYZxiammQaGJmZmaaDABuTQ0O",
  "placements": [
    {
      "htmlElementId": "home_page_0",
      "placementType": "home_page",
      "strategyMessage": "Shop Top Sellers",
      "html": "",
      "placement": "home_page.rr1",
      "recommendedProducts": [
        {
          "clickURL": "https://integration.richrelevance.com/rrserver/apiclick?a=showcaseparent&cak=776cdd80331919e7)"
    R"(&ct=http%3A%2F%2Flabs.richrelevance.com%2Fstorre%2Fcatalog%2Fproduct%2Fview%2Fsku%2F22127002&vg=4b121136-3366)"
    R"(-452f-092f-3d590a46665c&stid=126&pti=9&pa=11339&pos=0&p=22127002&channelId=776cdd80331919e7)"
    R"(&s=827ccb0eea8a706c4c34a16891f84e7b&u=12345&mvtId=-1&mvtTs=1529712166361",
          "regionPriceDescription": "",
          "salePriceRangeCents": [
            1,
            1
          ],
          "rating": 3.884,
          "numReviews": 0,
          "priceRangeCents": [
            1,
            1
          ],
          "categoryIds": [
            "Electronics",
            "Electronics.Computers",
            "Electronics.Computers.Tablet PCs"
          ],
          "clickTrackingURL": "https://integration.richrelevance.com/rrserver/apiclick?a=showcaseparent)"
    R"(&cak=776cdd80331919e7&vg=4b121136-3366-452f-092f-3d590a46665c&stid=126&pti=9&pa=11339&pos=0&p=22127002)"
    R"(&channelId=776cdd80331919e7&s=827ccb0eea8a706c4c34a16891f84e7b&u=12345&mvtId=-1&mvtTs=1529712166361",
          "salePriceCents": 1,
          "regionalProductSku": "22127002",
          "imageURL": "http://labs.richrelevance.com/storre/media/catalog/product/n/e/nextbook-7quot-tablet-with-8gb)"
    R"(-memory-with-google-mobile-services-73fbdb1640b18e99695aa87c7da712f5.jpg",
          "name": "\"Nextbook 7\\\" Tablet with 8GB Memory with Google Mobile Services\"",
          "genre": "default",
          "isRecommendable": true,
          "priceCents": 6900,
          "attributes": {
            "MktplcInd": [
              "W"
            ],
            "Clearance": [
              "N"
            ],
            "97CentShipping": [
              "N"
            ],
            "Rollback": [
              "N"
            ],
            "Online": [
              "Y"
            ],
            "ListPrice": [
              "79"
            ],
            "AddToCart": [
              "Y"
            ],
            "IsReducedPrice": [
              "N"
            ],
            "IsSubmap": [
              "N"
            ],
            "S2S": [
              "Y"
            ]
          },
          "id": "22127002",
          "categories": [
            {
              "hasChildren": false,
              "name": "Electronics",
              "childCategories": [],
              "ancestorCategories": [],
              "id": "Electronics",
              "isActive": false
            },
            {
              "hasChildren": false,
              "name": "Computers",
              "childCategories": [],
              "ancestorCategories": [],
              "id": "Electronics.Computers",
              "isActive": false
            },
            {
              "hasChildren": false,
              "name": "Tablet PCs",
              "childCategories": [],
              "ancestorCategories": [],
              "id": "Electronics.Computers.Tablet PCs",
              "isActive": false
            }
          ],
          "productURL": "http://labs.richrelevance.com/storre/catalog/product/view/sku/22127002",
          "brand": "Nextbook"
        }
      ]
    }
  ],
  "viewGuid": "4b121136-3366-452f-092f-3d590a46665c",
  "status": "ok"
})";

}  // namespace

TEST_CASE("RichRelevance: the requests of each type of page equal the recorded ones") {
  const ServiceBench bench = richRelevance();
  CHECK(bench.asked(QueryKind::kForVisitor, R"({"configId":"home_page.rr1"})").method == "GET");
  CHECK(bench.address(QueryKind::kForVisitor, R"({"configId":"home_page.rr1"})") == kBase "&placements=home_page.rr1");
  CHECK(bench.address(
            QueryKind::kBoughtTogether,
            R"({"configId":"add_to_cart_page.atc_page_rr1_test","itemIds":["CON-NC4P-15454W2K","D1H79AV"]})") == kBase
        "&placements=add_to_cart_page.atc_page_rr1_test&atcid=CON-NC4P-15454W2K%7CD1H79AV");
  CHECK(bench.address(QueryKind::kBoughtTogether,
                      R"({"configId":"cart_page.rr_warranties","itemIds":["WHYM-F-CP23-N"]})") == kBase
        "&placements=cart_page.rr_warranties&productId=WHYM-F-CP23-N");
  CHECK(bench.address(QueryKind::kTrending, R"({"configId":"brand_page.rr1_test","brand":"Lenovo"})") == kBase
        "&placements=brand_page.rr1_test&fpb=Lenovo");
  CHECK(bench.address(QueryKind::kTrending, R"({"configId":"error_page.rr1"})") == kBase "&placements=error_page.rr1");
  CHECK(bench.address(QueryKind::kTrending, R"({"configId":"generic_page.rr1_test"})") == kBase
        "&placements=generic_page.rr1_test");
  CHECK(bench.address(
            QueryKind::kSimilarItems,
            R"({"configId":"item_page.rr_recommended_qa","anchorId":"E7W53A#0D1","categoryHints":["C-CC"]})") == kBase
        "&placements=item_page.rr_recommended_qa&productId=E7W53A%230D1&chi=C-CC");
  CHECK(bench.address(QueryKind::kForUser, R"({"configId":"personal_page.rr1"})") == kBase
        "&placements=personal_page.rr1");
  CHECK(bench.address(QueryKind::kForVisitor,
                      R"({"configId":"purchase_complete_page.rr1","order":{"orderId":"300242352342",
        "items":[{"itemId":"4XB0G88733","quantity":1,"unitPrice":228.99}]}})") == kBase
        "&placements=purchase_complete_page.rr1&productId=4XB0G88733&o=300242352342&q=1&pp=228.99&ppc=22899");
}

TEST_CASE("RichRelevance: two queries of one page share a request, as in the recorded one") {
  const ServiceBench bench = richRelevance();
  const auto joined = [&](QueryKind kind, const std::string& page, const std::string& arguments) {
    HttpRequest both = bench.asked(kind, R"({"configId":")" + page + R"(.rr1",)" + arguments);
    const HttpRequest second = bench.asked(kind, R"({"configId":")" + page + R"(.rr2",)" + arguments);
    CHECK(both.url == second.url);
    CHECK(both.urlTail == second.urlTail);
    return both.url + both.part + kPartSeparator + second.part + both.urlTail;
  };
  CHECK(joined(QueryKind::kCategory, "category_page", R"("categoryId":"C-JF"})") == kBase
        "&placements=category_page.rr1%7Ccategory_page.rr2&categoryId=C-JF");
  CHECK(joined(QueryKind::kTrending, "search_page", R"("query":"Lenovo"})") == kBase
        "&placements=search_page.rr1%7Csearch_page.rr2&searchTerm=Lenovo");
}

TEST_CASE("RichRelevance: the recorded reply is read") {
  const Slate slate = richRelevance().slate(kReply, "home_page.rr1");
  CHECK(slate.serveId == "4b121136-3366-452f-092f-3d590a46665c");
  CHECK(slate.ticket == "eF5j4cotK8lM4TMzsNA11DVkKU32MEkyBAJjM11jYzMzXRNTozRdA0sgYZxiammQaGJmZmaaDABuTQ0O");
  CHECK(slate.title == "Shop Top Sellers");
  CHECK(slate.currency == "USD");
  REQUIRE(slate.products.size() == 1);
  const Product& product = *slate.products[0];
  CHECK(product.id == "22127002");
  CHECK(product.title == "\"Nextbook 7\\\" Tablet with 8GB Memory with Google Mobile Services\"");
  CHECK(product.brand == "Nextbook");
  CHECK(product.price == 0.01);
  CHECK(product.originalPrice == 69);
  CHECK(product.rating == 3.884);
  CHECK(product.ratingCount == 0);
  CHECK(product.url == "http://labs.richrelevance.com/storre/catalog/product/view/sku/22127002");
  CHECK(product.imageUrl.find("http://labs.richrelevance.com/storre/media/catalog/product/n/e/nextbook") == 0);
  CHECK(product.reference ==
        "https://integration.richrelevance.com/rrserver/"
        "apiclick?a=showcaseparent&cak=776cdd80331919e7&vg=4b121136-3366-452f-092f-"
        "3d590a46665c&stid=126&pti=9&pa=11339&pos=0&p=22127002&channelId=776cdd80331919e7&s="
        "827ccb0eea8a706c4c34a16891f84e7b&u="
        "12345&mvtId=-1&mvtTs=1529712166361");
  CHECK(member(product.attributes(), "attributes")->children.size() == 10);
  const Slate followed =
      richRelevance(R"({"apiKey":"k","apiClientKey":"c","clicks":"follow"})").slate(kReply, "home_page.rr1");
  CHECK(followed.products[0]->url.find("&ct=http%3A%2F%2Flabs.richrelevance.com") != std::string::npos);
  CHECK(followed.products[0]->reference.empty());
}

TEST_CASE("RichRelevance: each placement is a slate of its own") {
  const char kBoth[] = R"({"viewGuid":"g","status":"ok","placements":[
    {"placement":"item_page.a","strategyMessage":"A","recommendedProducts":[{"id":"1"}]},
    {"placement":"item_page.b|c","strategyMessage":"B","recommendedProducts":[{"id":"2"},{"id":""}]},
    {"placement":"item_page.d","recommendedProducts":{}},7]})";
  const ServiceBench bench = richRelevance();
  CHECK(bench.slate(kBoth, "item_page.a").title == "A");
  const Slate b = bench.slate(kBoth, "item_page.b%7Cc");
  CHECK(b.title == "B");
  CHECK(b.products[0]->id == "2");
  CHECK(b.rejected == 1);
  CHECK(b.serveId == "g");
  Slate none;
  for (const char* part : {"item_page.d", "item_page.e"})
    CHECK(bench.read(200, kBoth, none, part)->code == "bad-reply");
}

TEST_CASE("RichRelevance: a missing parameter of a page type is named") {
  const ServiceBench bench = richRelevance();
  const auto refused = [&](const char* page, const char* rest = "") {
    return bench.refused(QueryKind::kForVisitor, R"({"configId":")" + std::string(page) + ".x\"" + rest + "}");
  };
  CHECK(refused("home_page") == "accepted");
  CHECK(refused("error_page") == "accepted");
  CHECK(refused("generic_page") == "accepted");
  CHECK(refused("personal_page") == "accepted");
  CHECK(refused("item_page") == "productId");
  CHECK(refused("cart_page") == "accepted");  // the cart may be empty
  CHECK(refused("add_to_cart_page") == "atcid");
  CHECK(refused("brand_page") == "fpb");
  CHECK(refused("category_page") == "categoryId");
  CHECK(refused("search_page") == "searchTerm");
  CHECK(refused("purchase_complete_page") == "productId");
  CHECK(refused("purchase_complete_page", R"(,"order":{"items":[{"itemId":"a"}]})") == "o");
  CHECK(refused("purchase_complete_page", R"(,"order":{"orderId":"1","items":[]})") == "productId");
  const auto line = [&](const char* items) {
    return refused("purchase_complete_page",
                   (R"(,"order":{"orderId":"1","items":[)" + std::string(items) + "]}").c_str());
  };
  CHECK(line(R"({"itemId":"a","quantity":1,"unitPrice":2})") == "accepted");
  CHECK(line(R"({"itemId":"a","quantity":0.5,"unitPrice":2},{"itemId":"b","quantity":1,"unitPrice":-2})") ==
        "accepted");
  CHECK(line(R"({"quantity":1,"unitPrice":2})") == "productId");
  CHECK(line(R"({"itemId":"a","quantity":1,"unitPrice":2},{"itemId":"b","unitPrice":2})") == "q");
  CHECK(line(R"({"itemId":"a","quantity":0,"unitPrice":2})") == "q");
  CHECK(line(R"({"itemId":"a","quantity":1})") == "pp");
  CHECK(line(R"({"itemId":"a","quantity":1,"unitPrice":"2"})") == "pp");
  CHECK(refused("no_page") == "configId");
  CHECK(richRelevance("{}").problems.size() == 2);
  CHECK(richRelevance(R"({"apiKey":"k"})").refused(QueryKind::kTrending, "{}") == "provider.apiClientKey");
}

TEST_CASE("RichRelevance: the recorded error, which has a 2xx, is an error") {
  const Problem problem = richRelevance().failed(200, R"({
  "errormessage": "An internal error occurred while processing the recsForPlacements API request",
  "status": "error"
})");
  CHECK(problem->type == ErrorType::kServer);
  CHECK(problem->code == "service-error");
  CHECK(problem->message == "An internal error occurred while processing the recsForPlacements API request");
  CHECK(richRelevance().failed(200, R"({"status":"error","placements":[]})")->code == "service-error");
  CHECK(richRelevance().failed(500, R"({"status":"error","errormessage":"x"})")->message == "x");
  for (const char* body : {"", "<html>", "{}", R"({"placements":[]})", R"({"placements":7})", "x({})"})
    CHECK(richRelevance().failed(200, body)->code == "bad-reply");
}

TEST_CASE("RichRelevance: JSON-P is used if the option says so") {
  const HttpRequest request =
      richRelevance(R"({"apiKey":"k","apiClientKey":"c","jsonp":true})").asked(QueryKind::kTrending, "{}");
  CHECK(request.isScript);
  CHECK(request.freeTail == "&jsonp=true&jcp=");
  CHECK_FALSE(richRelevance().asked(QueryKind::kTrending, "{}").isScript);
  ServiceBench server = richRelevance(R"({"apiKey":"k","apiClientKey":"c","jsonp":true})");
  server.asker.url.clear();
  const HttpRequest fetched = server.asked(QueryKind::kTrending, "{}");
  CHECK_FALSE(fetched.isScript);
  CHECK(fetched.freeTail.empty());
}

TEST_CASE("RichRelevance: a click requests its address, carts and purchases are page requests") {
  const ServiceBench bench = richRelevance();
  const HttpRequest click =
      bench.sent(EventKind::kClick,
                 {R"({"type":"click","itemId":"a","reference":"https://recs.richrelevance.com/apiclick?p=a"})"});
  CHECK(click.method == "GET");
  CHECK(click.url == "https://recs.richrelevance.com/apiclick?p=a");
  CHECK(click.isBlind);
  HttpRequest none;
  CHECK_FALSE(bench.service->encode(bench.service->lane(EventKind::kClick), {R"({"type":"click","itemId":"a"})"}, "b",
                                    1, none));
  const std::string bad = R"({"type":"click","itemId":"a","reference":"h\tps://rr.example/"})";
  CHECK_FALSE(bench.service->encode(bench.service->lane(EventKind::kClick), {bad}, "b", 1, none));
  const char kWho[] = R"("sessionId":"827ccb0eea8a706c4c34a16891f84e7b","userId":"12345")";
  CHECK(bench.sent(EventKind::kAddToCart, {R"({"type":"addToCart","itemId":"a|b",)" + std::string(kWho) + "}"}).url ==
        kBase "&placements=add_to_cart_page.rr1&atcid=a%257Cb&ts=1700000000000");
  const std::string order =
      R"({"type":"purchase","orderId":"o1",)" + std::string(kWho) +
      R"(,"items":[{"itemId":"a","quantity":2,"unitPrice":29.99},{"itemId":"b","quantity":1,"unitPrice":32.97}]})";
  CHECK(bench.sent(EventKind::kPurchase, {order}).url == kBase
        "&placements=purchase_complete_page.rr1&productId=a%7Cb&o=o1&q=2%7C1&pp=29.99%7C32.97&ppc=2999%7C3297&ts="
        "1700000000000");
  // The service takes whole quantities, and no prices below zero.
  const std::string weights = R"({"type":"purchase","orderId":"o1",)" + std::string(kWho) +
                              R"(,"items":[{"itemId":"a","quantity":0.75,"unitPrice":19.99},)"
                              R"({"itemId":"b","quantity":1,"unitPrice":-5},{"itemId":"c","quantity":1}]})";
  CHECK(
      bench.sent(EventKind::kPurchase, {weights}).url == kBase
      "&placements=purchase_complete_page.rr1&productId=a%7Cc&o=o1&q=1%7C1&pp=14.99%7C0&ppc=1499%7C0&ts=1700000000000");
  for (const EventKind kind : {EventKind::kView, EventKind::kItemsServed, EventKind::kIdentify, EventKind::kViewItem,
                               EventKind::kRemoveFromCart, EventKind::kSearch, EventKind::kCustom})
    CHECK(bench.service->lane(kind) == Service::kNoLane);
  CHECK(richRelevance(R"({"apiKey":"k","apiClientKey":"c","clicks":"follow"})").service->lane(EventKind::kClick) ==
        Service::kNoLane);
}

TEST_CASE("RichRelevance: a refusal with a 2xx is no delivery, a click that timed out is one") {
  const ServiceBench bench = richRelevance();
  const int page = bench.service->lane(EventKind::kPurchase), click = bench.service->lane(EventKind::kClick);
  CHECK(bench.service->receipt(page, 200, R"({"status":"error"})") == 422);
  CHECK(bench.service->receipt(page, 200, R"({"status":"ok"})") == 200);
  CHECK(bench.service->receipt(page, -1, {}) == -1);  // an order id counts once
  CHECK(bench.service->receipt(click, -1, {}) == 204);
  CHECK(bench.service->receipt(bench.service->lane(EventKind::kAddToCart), -1, {}) == 204);
  CHECK(bench.service->receipt(click, 0, {}) == 0);
}

#undef kBase
