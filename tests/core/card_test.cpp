#include "render/card.h"

#include <catch2/catch_test_macros.hpp>

using namespace vitrine;

namespace {

Product shoe() {
  Product product;
  product.id = "SKU-1";
  product.title = "Shoe";
  product.url = "/p/1";
  product.imageUrl = "/img/1.svg";
  product.brand = "Brand";
  product.currency = "EUR";
  product.price = 1290;
  product.originalPrice = 2000;
  product.rating = 4.4;
  product.ratingCount = 12;
  return product;
}

std::string rendered(const Product& product, const CardOptions& options = {}) {
  Slate slate;
  slate.products.push_back(std::make_shared<Product>(product));
  return renderSlate(slate, options);
}

bool holds(const std::string& html, std::string_view part) { return html.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("A slate is a titled list of cards") {
  CardOptions options;
  options.title = "Similar items";
  options.addToCart = "Add to cart";
  CHECK(
      rendered(shoe(), options) ==
      "<section class=\"vitrine\" aria-label=\"Similar items\"><h2 class=\"vitrine-title\">Similar items</h2>"
      "<ul class=\"vitrine-items\"><li class=\"vitrine-item\" data-vitrine-item=\"SKU-1\" data-vitrine-position=\"0\">"
      "<a class=\"vitrine-link\" href=\"/p/1\"><span class=\"vitrine-media\"><img class=\"vitrine-image\" alt=\"\" "
      "loading=\"lazy\" decoding=\"async\" width=\"400\" height=\"400\" src=\"/img/1.svg\"></span>"
      "<span class=\"vitrine-brand\">Brand</span><span class=\"vitrine-name\">Shoe</span>"
      "<span class=\"vitrine-rating\" role=\"img\" aria-label=\"4.4 / 5\">★★★★½ <small>(12)</small></span>"
      "<span class=\"vitrine-price\"><span class=\"vitrine-price-now\">12.90 EUR</span>"
      "<s class=\"vitrine-price-was\">20.00 EUR</s></span></a>"
      "<button class=\"vitrine-add\" type=\"button\" data-vitrine-add=\"SKU-1\" aria-label=\"Add to cart: Shoe\">"
      "Add to cart</button></li></ul></section>");
}

TEST_CASE("What a product does not have is left out") {
  Product bare;
  bare.id = "a";
  bare.title = "a";
  CHECK(rendered(bare) ==
        "<section class=\"vitrine\"><ul class=\"vitrine-items\"><li class=\"vitrine-item\" data-vitrine-item=\"a\" "
        "data-vitrine-position=\"0\"><span class=\"vitrine-link\"><span class=\"vitrine-media\"></span>"
        "<span class=\"vitrine-name\">a</span></span></li></ul></section>");
}

TEST_CASE("The service's title stands in for a heading that was not given") {
  Slate slate;
  slate.title = "Picked for you";
  CHECK(holds(renderSlate(slate, {}), "<h2 class=\"vitrine-title\">Picked for you</h2>"));
  CardOptions options;
  options.title = "Mine";
  CHECK_FALSE(holds(renderSlate(slate, options), "Picked"));
}

TEST_CASE("Positions count from 0 in the order of the slate") {
  Slate slate;
  for (const char* id : {"a", "b", "c"}) {
    Product product = shoe();
    product.id = id;
    slate.products.push_back(std::make_shared<Product>(product));
  }
  const std::string html = renderSlate(slate, {});
  CHECK(holds(html, "data-vitrine-item=\"c\" data-vitrine-position=\"2\""));
}

TEST_CASE("Nothing from outside becomes markup, in whatever field it comes") {
  const std::string evil = "\"><img src=x onerror=alert(1)>'`&\x1e";
  Product product = shoe();
  product.id = product.title = product.brand = product.currency = product.url = product.imageUrl = evil;
  CardOptions options;
  options.title = options.addToCart = evil;
  options.money.prefix = options.money.suffix = options.money.decimal = options.money.group = evil;
  options.money.currency = evil;
  const std::string html = rendered(product, options);
  CHECK_FALSE(holds(html, "<img src=x"));
  CHECK_FALSE(holds(html, "onerror=alert(1)>"));
  CHECK_FALSE(holds(html, "\x1e"));
  CHECK_FALSE(holds(html, "'"));
  CHECK(holds(html, "data-vitrine-item=\"&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&#39;&#96;&amp;\""));
}

TEST_CASE("A link or picture with a scheme that can run is left out") {
  for (const char* url :
       {"javascript:alert(1)", " JAVA\tSCRIPT:alert(1)", "data:text/html,x", "vbscript:x", "\x01javascript:x"}) {
    Product product = shoe();
    product.url = product.imageUrl = url;
    const std::string html = rendered(product);
    CHECK_FALSE(holds(html, "href"));
    CHECK_FALSE(holds(html, "<img"));
    CHECK(holds(html, "<span class=\"vitrine-link\">"));
  }
}

TEST_CASE("Stars are rounded to halves and say their number to those who do not see them") {
  struct Row {
    double rating;
    const char* stars;
    const char* label;
  };
  for (const Row& row : {Row{0, "☆☆☆☆☆", "0 / 5"}, Row{0.2, "☆☆☆☆☆", "0.2 / 5"}, Row{0.25, "½☆☆☆☆", "0.3 / 5"},
                         Row{2.74, "★★½☆☆", "2.7 / 5"}, Row{2.75, "★★★☆☆", "2.8 / 5"}, Row{5, "★★★★★", "5 / 5"}}) {
    Product product = shoe();
    product.rating = row.rating;
    product.ratingCount = 0;
    CHECK(holds(rendered(product), std::string("aria-label=\"") + row.label + "\">" + row.stars + "</span>"));
  }
}
