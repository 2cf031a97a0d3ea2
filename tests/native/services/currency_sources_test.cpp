// Every class of ISO 4217, from every source of the currency, through every service: one amount, one scale.

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "native/cards/slates.h"
#include "native/services/service_bench.h"
#include "tracking/serve.h"

using namespace vitrine;

namespace {

struct Currency {
  const char* code;
  const char* price;  // the price 1290, as it is shown
  const char* format;
};
constexpr Currency kCurrencies[] = {{"JPY", "<¥1,290>", R"("prefix":"<¥","suffix":">","digits":0)"},
                                    {"KRW", "<₩1,290>", R"("prefix":"<₩","suffix":">","digits":0)"},
                                    {"CLP", "<$1,290>", R"("prefix":"<$","suffix":">","digits":0)"},
                                    {"VND", "<1,290 ₫>", R"("prefix":"<","suffix":" ₫>","digits":0)"},
                                    {"EUR", "<1,290.00 €>", R"("prefix":"<","suffix":" €>","digits":2)"},
                                    {"KWD", "<1,290.000 KD>", R"("prefix":"<","suffix":" KD>","digits":3)"},
                                    {"CLF", "<1,290.0000>", R"("prefix":"<","suffix":">","digits":4)"}};

enum Source { kProduct, kReply, kConfiguration, kElement, kNone };

struct Row {
  const char* name;
  // # stands for members of the product, @ for members of the reply.
  const char* reply;
};
constexpr Row kRows[] = {
    {"refine", R"({"results":[{"productId":"a","metadata":{"price":1290#}}]@})"},
    {"depict", R"({"displays":[{"product_id":"a","sale_price":1290#}]@})"},
    {"richrelevance",
     R"({"status":"ok","placements":[{"recommendedProducts":[{"id":"a","salePriceCents":129000#}]}]@})"},
    {"doofinder", R"({"results":[{"id":"a","sale_price":1290#}]@})"}};

std::string filled(std::string text, char hole, const std::string& with) {
  text.replace(text.find(hole), 1, with);
  return text;
}

std::string priceIn(const std::string& html) {
  constexpr std::string_view kBegin = "vitrine-price-now\">";
  const std::size_t at = html.find(kBegin);
  if (at == std::string::npos) return "none";
  const std::size_t begin = at + kBegin.size();
  return html.substr(begin, html.find("</span>", begin) - begin);
}

std::string shownBy(const Row& row, const Currency& currency, Source source, bool hasFormat) {
  const std::string named = R"("currency":")" + std::string(currency.code) + '"';
  std::string options = R"({"apiKey":"pk","organizationId":"o","catalogId":"c","tenant":"t","market":"m",)"
                        R"("apiClientKey":"pk")";
  options += (source == kConfiguration ? ',' + named : "") + "}";
  std::string reply = filled(row.reply, '#', source == kProduct ? ',' + named : "");
  reply = filled(reply, '@', source == kReply ? ',' + named : "");
  const Slate slate = ServiceBench(row.name, options).slate(reply, "");
  REQUIRE(slate.products.size() == 1);
  CHECK(slate.products[0]->price == 1290);
  Serve serve;
  serve.slate = Shared<Slate>::make(slate);
  Text members;
  REQUIRE_FALSE(addProductMembers(serve, "a", EventKind::kAddToCart, nullptr, members));
  CHECK(members.find(R"("unitPrice":1290)") != Text::npos);
  CHECK((members.find(named) != Text::npos) == (source <= kConfiguration));
  CHECK(slateJson(slate).find(R"("price":1290)") != Text::npos);
  CardOptions card;
  const std::string money = R"({"money":{)" + named + ',' + currency.format + "}}";
  readCardOptions(parseJson(hasFormat ? money : std::string("{}")), card);
  const std::string shown = priceIn(renderSlate(slate, card));
  // The outcome of a call, handed to renderWidget(), shows the same.
  CHECK(priceIn(renderSlate(readSlate(parseJson(slateJson(slate))), card)) == shown);
  return shown;
}

}  // namespace

TEST_CASE("A price of 1290 is 1290 in every currency, whoever names the currency") {
  for (const Row& row : kRows) {
    for (const Currency& currency : kCurrencies) {
      CAPTURE(row.name, currency.code);
      Text escaped(currency.price);
      escaped.replace(escaped.find('<'), 1, "&lt;");
      escaped.replace(escaped.find('>'), 1, "&gt;");
      for (const Source source : {kProduct, kReply, kConfiguration, kElement}) {
        CAPTURE(source);
        CHECK(shownBy(row, currency, source, true) == std::string(escaped));
      }
      const std::string digits(std::string_view(currency.format).substr(std::string_view(currency.format).size() - 1));
      const std::string plain = digits == "0" ? "1,290" : "1,290." + std::string(std::stoul(digits), '0');
      for (const Source source : {kProduct, kReply, kConfiguration})
        CHECK(shownBy(row, currency, source, false) == plain + " " + currency.code);
      CHECK(shownBy(row, currency, kNone, false) == "1,290.00");
    }
  }
}

TEST_CASE("The product's currency comes before the reply's, that before the service's, that before the element's") {
  const auto shown = [](const char* product, const char* reply, const char* configured) {
    const std::string options =
        std::string(R"({"apiKey":"pk","organizationId":"o","catalogId":"c","currency":")") + configured + "\"}";
    const Slate slate = ServiceBench("refine", options)
                            .slate(std::string(R"({"results":[{"productId":"a","price":5,"currency":")") + product +
                                       R"("}],"currency":")" + reply + "\"}",
                                   "");
    CardOptions card;
    readCardOptions(parseJson(R"({"money":{"currency":"USD","prefix":"$","digits":2}})"), card);
    return priceIn(renderSlate(slate, card));
  };
  CHECK(shown("jpy", "EUR", "GBP") == "5 JPY");
  CHECK(shown("", "eur", "GBP") == "5.00 EUR");
  CHECK(shown("Euro", "€", "gbp") == "5.00 GBP");
  CHECK(shown("", "", "") == "$5.00");
}

TEST_CASE("Doofinder's reply names its currency in its format") {
  const auto shown = [](const char* currency, const char* options) {
    const Slate slate =
        ServiceBench("doofinder", options)
            .slate(std::string(R"({"results":[{"id":"a","price":1290}],"currency":)") + currency + "}", "");
    return priceIn(renderSlate(slate, looking()));
  };
  CHECK(shown(R"({"code":"jpy","symbol":"￥","format":"%s%v"})", "{}") == "￥1,290");
  CHECK(shown(R"({"symbol":"￥","format":"%s%v"})", R"({"currency":"JPY"})") == "￥1,290");
  CHECK(shown(R"({"code":"KWD","symbol":"KD","precision":3})", "{}") == "1,290.000 KD");
  CHECK(shown(R"("JPY")", "{}") == "1,290 JPY");
}
