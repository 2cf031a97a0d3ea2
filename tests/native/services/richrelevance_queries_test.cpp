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

}  // namespace

TEST_CASE("RichRelevance: a configId that is no placement is refused, and names what to configure") {
  ServiceBench bench = richRelevance();
  HttpRequest request;
  const Problem problem = bench.service->ask(QueryKind::kForVisitor, parseJson(R"({"configId":"personalized_picks"})"),
                                             bench.asker, request);
  REQUIRE(problem);
  CHECK(problem->field == "configId");
  CHECK(problem->message ==
        "personalized_picks is no placement of RichRelevance. Name one, such as 'home_page.rr1', in "
        "provider.configs.personalized_picks.");
  // The shop has named a placement for all calls of the kind.
  bench = richRelevance(R"({"apiKey":"k","apiClientKey":"c","configs":{"forVisitor":"home_page.top","bad":"top"}})");
  CHECK(bench.address(QueryKind::kForVisitor, R"({"configId":"any"})").find("&placements=home_page.top") !=
        std::string::npos);
  CHECK(bench.refused(QueryKind::kForVisitor, R"({"configId":"bad"})") == "provider.configs");
}

TEST_CASE("RichRelevance: a cart page is asked with the cart, or without products") {
  ServiceBench bench = richRelevance();
  CHECK(bench.address(QueryKind::kBoughtTogether, R"({"configId":"cart_page.rr1"})") == kBase
        "&placements=cart_page.rr1");
  bench.asker.cart = {"a", "b"};
  CHECK(bench.address(QueryKind::kBoughtTogether, "{}") == kBase "&placements=cart_page.rr1&productId=a%7Cb");
  bench.asker.cart.clear();
  CHECK(bench.refused(QueryKind::kBoughtTogether, R"({"configId":"add_to_cart_page.a"})") == "atcid");
}

TEST_CASE("RichRelevance: each request has the time, unless the shop gives its own") {
  ServiceBench bench = richRelevance();
  bench.asker.wallMs = 1700000000000;
  bench.asker.ticket = "t";
  CHECK(bench.address(QueryKind::kForVisitor, "{}") == kBase "&placements=home_page.rr1&rcs=t&ts=1700000000000");
  CHECK(bench.asked(QueryKind::kForVisitor, "{}").urlTail.empty());  // equal queries stay equal
  CHECK(bench.address(QueryKind::kForVisitor, R"({"params":{"ts":17}})") == kBase
        "&placements=home_page.rr1&ts=17&rcs=t");
  bench = richRelevance(R"({"apiKey":"k","apiClientKey":"c","params":{"ts":5}})");
  bench.asker.wallMs = 1700000000000;
  CHECK(bench.address(QueryKind::kForVisitor, "{}").ends_with("&placements=home_page.rr1&ts=5"));
  CHECK(bench.sent(EventKind::kAddToCart, {R"({"type":"addToCart","itemId":"a"})"}).url.ends_with("&atcid=a&ts=5"));
}

TEST_CASE("RichRelevance: own parameters may be truth values and maps, and any other value is refused") {
  const ServiceBench bench = richRelevance();
  const auto tail = [&](const std::string& params) {
    return std::string(bench.asked(QueryKind::kForVisitor, R"({"params":)" + params + "}").urlTail);
  };
  CHECK(tail(R"({"excludeHtml":true,"categoryData":false})") == "&excludeHtml=true&categoryData=false");
  CHECK(tail(R"({"a":[true,1,"x"],"b":null,"c":""})") == "&a=true%7C1%7Cx&c=");
  CHECK(tail(R"({"filterAtr":{"color":["red","blue"],"size":4}})") == "&filterAtr=color%3Ared%3Bblue%7Csize%3A4");
  CHECK(tail(R"({"m":{"k":"a:b;c|d"}})") == "&m=k%3Aa%253Ab%253Bc%257Cd");
  const auto refused = [&](const char* params) {
    return bench.refused(QueryKind::kForVisitor, R"({"params":)" + std::string(params) + "}");
  };
  CHECK(refused(R"({"x":[[1]]})") == "params.x");
  CHECK(refused(R"({"x":[null]})") == "params.x");
  CHECK(refused(R"({"x":{"y":{"z":1}}})") == "params.x");
  CHECK(refused(R"({"x":{"y":[[1]]}})") == "params.x");
  CHECK(refused("[1]") == "params");
  const ServiceBench wrong = richRelevance(R"({"apiKey":"k","apiClientKey":"c","params":{"x":[{}],"y":1}})");
  REQUIRE(wrong.problems.size() == 1);
  CHECK(wrong.problems[0]->field == "provider.params.x");
  CHECK(wrong.problems[0]->code == "bad-option");
}

TEST_CASE("RichRelevance: conditions on price and brand are the service's, others are left for Vitrine") {
  const ServiceBench bench = richRelevance();
  const auto asked = [&](const std::string& filters) {
    const HttpRequest request = bench.asked(QueryKind::kForVisitor, R"({"filters":[)" + filters + "]}");
    return std::string(request.urlTail) + " " + std::string(request.filtersJson);
  };
  const auto filter = [](const char* field, const char* op, const char* value) {
    return std::string(R"({"field":")") + field + R"(","operator":")" + op + R"(","value":)" + value + "}";
  };
  CHECK(
      asked(filter("price", "gte", "10") + "," + filter("price", "gte", "12.5") + "," + filter("price", "lte", "99")) ==
      "&minPriceFilter=1250&maxPriceFilter=9900&includePriceFilteredProducts=true ");
  CHECK(asked(filter("brand", "eq", R"("A|B")")) == "&filter=A%257CB&includeBrandFilteredProducts=true ");
  CHECK(asked(filter("brand", "in", R"(["A","B"])")) == "&filter=A%7CB&includeBrandFilteredProducts=true ");
  CHECK(asked(filter("brand", "nin", R"(["A","B"])")) == "&filter=A%7CB&includeBrandFilteredProducts=false ");
  CHECK(asked(filter("brand", "ne", R"("A")")) == "&filter=A&includeBrandFilteredProducts=false ");
  // Whether the bound itself belongs to it is not documented, cents have no fractions, and there is one list of brands.
  const std::string left = filter("price", "gt", "10") + "," + filter("price", "lte", "9.999") + "," +
                           filter("brand", "in", "[]") + "," + filter("stock", "gt", "0");
  CHECK(asked(left) == " [" + left + "]");
  CHECK(asked(filter("brand", "eq", R"("A")") + "," + filter("brand", "ne", R"("B")")) ==
        "&filter=A&includeBrandFilteredProducts=true [" + filter("brand", "ne", R"("B")") + "]");
}

TEST_CASE("RichRelevance: pipes and ampersands stay within their values") {
  const ServiceBench bench = richRelevance();
  const std::string url =
      bench.address(QueryKind::kBoughtTogether, R"({"itemIds":["a|b","c&d=e"],"categoryHints":["x|y","z"]})");
  CHECK(url == kBase "&placements=cart_page.rr1&productId=a%257Cb%7Cc%26d%3De&chi=x%257Cy%7Cz");
  CHECK(bench.address(QueryKind::kTrending, R"({"configId":"search_page.rr1","query":"a&b|c"})") == kBase
        "&placements=search_page.rr1&searchTerm=a%26b%7Cc");
}

TEST_CASE("RichRelevance: the request carries the cookie, a count and the configured parameters") {
  ServiceBench bench =
      richRelevance(R"({"apiKey":"d4ff21d55a1368fc","apiClientKey":"42f5962fe3ed493e","apiUrl":"https://rr.example",)"
                    R"("params":{"region":"r&1"},"configs":{"home":"home_page.top"}})");
  bench.asker.ticket = "eF5j+/=";
  CHECK(bench.address(QueryKind::kForVisitor,
                      R"({"configId":"home","topK":6,"params":{"sgs":["a","b"],"ts":17,"a b&c":1}})") == kBase
        "&placements=home_page.top&count=6&sgs=a%7Cb&ts=17&a%20b%26c=1&region=r%261&rcs=eF5j%2B%2F%3D");
  CHECK(bench.address(QueryKind::kTrending, "{}") == kBase
        "&placements=generic_page.rr1&region=r%261&rcs=eF5j%2B%2F%3D");
  CHECK(
      bench
          .address(QueryKind::kCategory,
                   R"({"categoryId":"c","itemIds":["1","2","3","4","5","6","7","8","9","10","11","12","13","14","15",)"
                   R"("16"]})")
          .find("%7C15&") != std::string::npos);
}

TEST_CASE("RichRelevance: userId is empty without a login, and without consent the page view id is the session id") {
  ServiceBench bench = richRelevance();
  bench.asker = {};
  bench.asker.pageId = "pg1";
  CHECK(bench.address(QueryKind::kTrending, "{}").find("&userId=&sessionId=pg1&placements=") != std::string::npos);
}

TEST_CASE("RichRelevance: the environment chooses the host") {
  const auto host = [](const char* rest) {
    return richRelevance(R"({"apiKey":"k","apiClientKey":"c")" + std::string(rest) + "}")
        .asked(QueryKind::kTrending, "{}")
        .url;
  };
  CHECK(host("").find("https://recs.richrelevance.com/rrserver/api/rrPlatform/recsForPlacements?") == 0);
  CHECK(host(R"(,"environment":"integration")").find("https://integration.richrelevance.com/rrserver/") == 0);
  CHECK(host(R"(,"apiUrl":"https://recs.algorecs.com")").find("https://recs.algorecs.com/rrserver/") == 0);
}

#undef kBase
