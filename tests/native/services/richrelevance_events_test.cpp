// Tests what RichRelevance's events carry and bring back, and its ranges of prices.
#include "native/services/service_bench.h"

using namespace vitrine;

namespace {

constexpr char kOptions[] =
    R"({"apiKey":"k","apiClientKey":"c","apiUrl":"https://rr.example","currency":"USD","purchasePrices":"both"})";

ServiceBench richRelevance(std::string_view options = kOptions) { return ServiceBench("richrelevance", options); }

}  // namespace

TEST_CASE("RichRelevance: with JSON-P no reply to an event can be read, so none is awaited") {
  const std::string_view cart = R"({"type":"addToCart","itemId":"a"})";
  const std::string_view order = R"({"type":"purchase","orderId":"o","items":[]})";
  for (const bool isScript : {true, false}) {
    const ServiceBench bench = richRelevance(isScript ? R"({"apiKey":"k","apiClientKey":"c","jsonp":true})" : kOptions);
    CHECK(bench.sent(EventKind::kAddToCart, {cart}).isBlind == isScript);
    CHECK(bench.sent(EventKind::kPurchase, {order}).isBlind == isScript);
  }
}

TEST_CASE("RichRelevance: an event has the visitor's cookie, and its reply brings a newer one") {
  const ServiceBench bench = richRelevance();
  const std::string_view mine = R"({"type":"addToCart","visitorId":"v_a","itemId":"a"})";
  const std::string_view others = R"({"type":"addToCart","visitorId":"v_b","itemId":"a"})";
  const auto hasCookie = [&](std::string_view event) {
    return bench.sent(EventKind::kAddToCart, {event}).url.ends_with("&rcs=a%2Fb");
  };
  const int lane = bench.service->lane(EventKind::kAddToCart);
  const char kNewer[] = R"({"status":"ok","rcs":"newer"})";
  CHECK_FALSE(hasCookie(mine));
  Text visitor("v_a"), ticket;
  bench.service->lend(visitor, ticket);
  CHECK_FALSE(hasCookie(mine));
  ticket = "a/b";
  CHECK(hasCookie(mine));
  CHECK(bench.service->receipt(lane, 200, kNewer) == 200);
  CHECK(bench.service->takeTicket() == "newer");
  CHECK(bench.service->takeTicket().empty());
  CHECK_FALSE(hasCookie(others));
  CHECK(bench.service->receipt(lane, 200, kNewer) == 200);
  CHECK(bench.service->takeTicket().empty());
  CHECK(hasCookie(mine));
  CHECK(bench.service->receipt(lane, 200, R"({"status":"error","rcs":"x"})") == 422);
  CHECK(bench.service->takeTicket().empty());
  CHECK_FALSE(hasCookie(R"({"type":"addToCart","itemId":"a"})"));  // ids may not be sent
  CHECK(hasCookie(mine));
  visitor = "v_b";
  CHECK(bench.service->receipt(lane, 200, kNewer) == 200);
  CHECK(bench.service->takeTicket().empty());
}

TEST_CASE("RichRelevance: a range of prices is a price and a highest price") {
  const auto product = [](const std::string& fields) {
    const Slate slate =
        richRelevance().slate(R"({"status":"ok","placements":[{"recommendedProducts":[{"id":"a",)" + fields + "}]}]}");
    return slate.products[0];
  };
  const auto ranged = product(R"("salePriceCents":[1000,2500])");
  CHECK(ranged->price == 10);
  CHECK(ranged->highestPrice == 25);
  const auto apart = product(R"("salePriceCents":1000,"salePriceRangeCents":[1000,2500],"priceCents":1200)");
  CHECK(apart->price == 10);
  CHECK(apart->originalPrice == 12);
  CHECK(apart->highestPrice == 25);
  const auto only = product(R"("priceRangeCents":[1000,2500])");
  CHECK(only->price == 10);
  CHECK(only->highestPrice == 25);
  const auto reversed = product(R"("salePriceRangeCents":[2500,1000],"priceRangeCents":[3500,1200])");
  CHECK(reversed->price == 10);
  CHECK(reversed->highestPrice == 25);
  CHECK(reversed->originalPrice == 12);
  CHECK(product(R"("priceCents":6900,"priceRangeCents":[1,1])")->highestPrice == -1);
  CHECK(product(R"("priceCents":6900)")->highestPrice == -1);
}

TEST_CASE("RichRelevance: items without a price share what the others leave of the order's value") {
  const auto prices = [](std::string_view order) {
    const HttpRequest request = richRelevance().sent(EventKind::kPurchase, {order});
    return std::string(request.url.substr(request.url.find("&pp=")));
  };
  CHECK(prices(R"({"type":"purchase","orderId":"o","value":30,"currency":"USD","items":[{"itemId":"a","quantity":1,)"
               R"("unitPrice":9},{"itemId":"b","quantity":2},{"itemId":"c","quantity":1,"unitPrice":-1}]})")
            .starts_with("&pp=9%7C11&ppc=900%7C1100"));
  CHECK(prices(R"({"type":"purchase","orderId":"o","value":1,"items":[{"itemId":"a","quantity":1,"unitPrice":9},)"
               R"({"itemId":"b","quantity":2}]})")
            .starts_with("&pp=9%7C0&"));
}
