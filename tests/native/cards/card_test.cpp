#include "cards/card.h"

#include <catch2/catch_test_macros.hpp>

#include "native/cards/slates.h"

using namespace vitrine;

// The texts that the page announces when the cart has replied.
#define kCartTexts \
  " data-vitrine-added=\"{title} is in the cart\" data-vitrine-failed=\"{title} could not be added to the cart\""

// The live region, which must be in the page before it has something to say.
#define kAnnouncer "<div class=\"vitrine-unseen\" role=\"status\" aria-live=\"polite\"></div>"

TEST_CASE("A slate is a titled list of cards") {
  CHECK(rendered(shoe(), R"({"title": "Similar items", "quantity": false})") ==
        "<section class=\"vitrine vitrine-grid\" aria-label=\"Similar items\"" kCartTexts
        "><h2 class=\"vitrine-title\">Similar "
        "items</h2>"
        "<ul class=\"vitrine-items\" role=\"list\"><li class=\"vitrine-item\" data-vitrine-item=\"SKU-1\" "
        "data-vitrine-position=\"0\">"
        "<div class=\"vitrine-media\"><img class=\"vitrine-image\" alt=\"\" loading=\"eager\" decoding=\"async\" "
        "width=\"400\" height=\"400\" src=\"/img/1.svg\"><div class=\"vitrine-badges\">"
        "<span class=\"vitrine-badge vitrine-sale\">−36%</span></div></div>"
        "<div class=\"vitrine-body\"><div class=\"vitrine-brand\" dir=\"auto\">Brand</div>"
        "<div class=\"vitrine-name\" dir=\"auto\"><a class=\"vitrine-link\" href=\"/p/1\">Shoe</a></div>"
        "<div class=\"vitrine-rating\" role=\"img\" aria-label=\"4.4 out of 5 stars, 12 reviews\">"
        "<span class=\"vitrine-stars\">★★★★½</span> <small class=\"vitrine-reviews\">(12)</small></div>"
        "<div class=\"vitrine-price\"><span class=\"vitrine-price-now\">12.90 EUR</span> "
        "<s class=\"vitrine-price-was\"><span class=\"vitrine-unseen\">Was </span>20.00 EUR</s></div></div>"
        "<div class=\"vitrine-buy\"><button class=\"vitrine-add\" type=\"button\" form=\"\" data-vitrine-add=\"SKU-1\" "
        "aria-label=\"Add to cart: Shoe\">Add to cart</button></div></li></ul>" kAnnouncer "</section>");
}

TEST_CASE("Elements of missing product fields are left out") {
  Product bare;
  bare.id = "a";
  bare.title = "a";
  CHECK(rendered(bare, R"({"addToCart": ""})") ==
        "<section class=\"vitrine vitrine-grid\"" kCartTexts
        "><ul class=\"vitrine-items\" role=\"list\"><li class=\"vitrine-item\" "
        "data-vitrine-item=\"a\" data-vitrine-position=\"0\"><div class=\"vitrine-media\"></div>"
        "<div class=\"vitrine-body\"><div class=\"vitrine-name\" dir=\"auto\">a</div></div></li></ul>" kAnnouncer
        "</section>");
}

TEST_CASE("The service's title is the heading of a widget without a title") {
  Slate slate;
  slate.title = "Picked for you";
  CHECK(holds(renderSlate(slate, looking()), "<h2 class=\"vitrine-title\">Picked for you</h2>"));
  CHECK_FALSE(holds(renderSlate(slate, looking(R"({"title": "Mine"})")), "Picked"));
}

TEST_CASE("The frame and its items, rendered one by one, add up to the whole slate") {
  for (const char* layout : {"grid", "carousel", "list", "strip", "hero"}) {
    CardOptions options = looking(std::string(R"({"title": "T", "template": ")") + layout + "\"}");
    const Slate slate = slateOf(shoe(), 3);
    Text frame;
    renderFrame(slate, options, frame);
    Text items;
    for (std::size_t i = 0; i < 3; ++i) renderItem(slate, i, options, items);
    const std::string whole = renderSlate(slate, options);
    CHECK(holds(whole, items));
    CHECK(whole.size() == frame.size() + items.size());
    CHECK(holds(items, "data-vitrine-position=\"2\""));
  }
}

TEST_CASE("No product field, text or option can inject markup") {
  const std::string evil = "\"><img src=x onerror=alert(1)>'`&\x1e";
  Product product = shoe();
  product.id = product.title = product.brand = product.currency = product.url = product.imageUrl = evil;
  product.badges = {evil};
  product.srcset = "\"><img src=x onerror=alert(1)> 1x";
  for (const char* layout : {"grid", "carousel", "list", "strip", "hero"}) {
    CardOptions options = looking(std::string(R"({"template": ")") + layout + "\"}");
    options.title = evil;
    Strings strings;
    for (const char* name : {"addToCart", "was", "more", "less", "quantity", "rating", "reviews.other", "discount",
                             "carousel", "slide", "place", "previous", "next"})
      strings.set(name, evil);
    options.strings = Shared<Strings>::make(strings);
    options.hasMoney = true;
    options.money.prefix = options.money.suffix = options.money.decimal = options.money.group = evil;
    options.money.currency = evil;
    const Text html = renderSlate(slateOf(product), options);
    CHECK_FALSE(holds(html, "<img src=x"));
    CHECK_FALSE(holds(html, "onerror=alert(1)>"));
    CHECK_FALSE(holds(html, "\x1e"));
    CHECK_FALSE(holds(html, "'"));
    CHECK(holds(html, "data-vitrine-item=\"&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&#39;&#96;&amp;\""));
  }
}

TEST_CASE("A link or picture with an unsafe scheme is left out") {
  for (const char* url :
       {"javascript:alert(1)", " JAVA\tSCRIPT:alert(1)", "data:text/html,x", "vbscript:x", "\x01javascript:x"}) {
    Product product = shoe();
    product.url = product.imageUrl = url;
    const Text html = rendered(product);
    CHECK_FALSE(holds(html, "href"));
    CHECK_FALSE(holds(html, "<img"));
    CHECK(holds(html, "<div class=\"vitrine-name\" dir=\"auto\">Shoe</div>"));
  }
}

TEST_CASE("Stars are rounded to halves and have a label with the number") {
  struct Row {
    double rating;
    const char* stars;
    const char* label;
  };
  const Row rows[] = {{0, "☆☆☆☆☆", "0"},      {0.2, "☆☆☆☆☆", "0.2"},  {0.25, "½☆☆☆☆", "0.3"},
                      {2.74, "★★½☆☆", "2.7"}, {2.75, "★★★☆☆", "2.8"}, {5, "★★★★★", "5"}};
  for (const Row& row : rows) {
    Product product = shoe();
    product.rating = row.rating;
    product.ratingCount = 0;
    const Text html = rendered(product);
    CHECK(holds(html, std::string("aria-label=\"") + row.label + " out of 5 stars\""));
    CHECK(holds(html, std::string("<span class=\"vitrine-stars\">") + row.stars + "</span></div>"));
  }
}

TEST_CASE("Pictures after the first eager ones load lazily") {
  const Text html = renderSlate(slateOf(shoe(), 3), looking(R"({"eager": 1})"));
  CHECK(holds(html, "loading=\"eager\""));
  CHECK(html.find("loading=\"lazy\"") > html.find("data-vitrine-position=\"1\""));
  Product sized = shoe();
  sized.srcset = "/1.jpg 1x, javascript:x 2x";
  sized.imageWidth = 300;
  sized.imageHeight = 450;
  CHECK(holds(rendered(sized), "width=\"300\" height=\"450\" src=\"/img/1.svg\" srcset=\"/1.jpg 1x\""));
}

TEST_CASE("Prices have the widget's format, else the service's") {
  Slate slate = slateOf(shoe());
  slate.hasMoney = true;
  slate.money.currency = "EUR";
  slate.money.suffix = " euro";
  CHECK(holds(renderSlate(slate, looking()), ">12.90 euro<"));
  CHECK(holds(renderSlate(slate, looking(R"({"money": {"currency": "EUR", "prefix": "€"}})")), ">€12.90<"));
}

TEST_CASE("A shop's own card template may use the service's attributes") {
  Product product = shoe();
  product.setAttributes(parseJson(R"({"material": "<wool>", "sizes": ["S", "M"], "care": {"wash": 30}})"));
  const Text html = rendered(product, R"j({"partials": {"card":
      "<b title=\"{{attributes.material}}\">{{title}} {{#attributes.sizes}}[{{.}}]{{/attributes.sizes}} )j"
                                      R"j({{attributes.care.wash}}</b>{{>price}}"}})j");
  CHECK(holds(html,
              "data-vitrine-position=\"0\"><b title=\"&lt;wool&gt;\">Shoe [S][M] 30</b><div class=\"vitrine-price\">"));
}

TEST_CASE("A refused template is reported, and the built-in one is used") {
  CardOptions options;
  const Problem refused =
      readCardOptions(parseJson(R"j({"partials": {"card": "<b>\n<i onclick='x'></i></b>"}})j"), options);
  REQUIRE(refused);
  CHECK(refused->code == "attribute-refused");
  CHECK(refused->field == "card");
  CHECK(refused->line == 2);
  CHECK(holds(renderSlate(slateOf(shoe()), options), "vitrine-price-now"));
  CHECK(readCardOptions(parseJson(R"({"template": "cube"})"), options)->code == "template-unknown");
  CHECK(readCardOptions(parseJson(R"({"partials": {"frame": "<p></p>"}})"), options)->code == "items-missing");
}

TEST_CASE("A shop's own frame template renders the items") {
  const Text html = rendered(shoe(), R"j({"partials": {"frame":
      "<ol>{{#items}}<li data-vitrine-item=\"{{id}}\" data-vitrine-position=\"{{position}}\">)j"
                                     R"j({{number}}/{{count}} {{>name}}</li>{{/items}}</ol>"}})j");
  CHECK(html ==
        "<ol><li data-vitrine-item=\"SKU-1\" data-vitrine-position=\"0\">1/1 <div class=\"vitrine-name\" dir=\"auto\">"
        "<a class=\"vitrine-link\" href=\"/p/1\">Shoe</a></div></li></ol>");
}

TEST_CASE("A placeholder is the template without content") {
  Text html;
  renderPlaceholder(looking(R"({"title": "T"})"), 2, html);
  CHECK(holds(html, "data-vitrine-position=\"1\""));
  CHECK(holds(html, "<div class=\"vitrine-name\" dir=\"auto\">\xC2\xA0</div>"));
  CHECK(holds(html, "<span class=\"vitrine-price-now\">\xC2\xA0</span>"));
  CHECK_FALSE(holds(html, "<img"));
}

TEST_CASE("With parts every class vitrine-x has a part x beside it") {
  const Text html = rendered(shoe(), R"({"parts": true})");
  CHECK(holds(html, "<ul class=\"vitrine-items\" part=\"items\" role=\"list\">"));
  CHECK(holds(html, "class=\"vitrine-badge vitrine-sale\" part=\"badge\">"));
  CHECK(holds(html, "class=\"vitrine-price-now\" part=\"price-now\">"));
}

TEST_CASE("A discount is never 0 or 100 per cent, unless the product is free") {
  const auto html = [](double price, double original) {
    Product product = shoe();
    product.price = price;
    product.originalPrice = original;
    return rendered(product);
  };
  CHECK(holds(html(99.8, 100), ">99.80 EUR</span> <s class"));
  CHECK_FALSE(holds(html(99.8, 100), "vitrine-badge"));
  CHECK(holds(html(99, 100), ">−1%</span>"));
  CHECK(holds(html(0.1, 100), ">−99%</span>"));
  CHECK(holds(html(0, 100), ">−100%</span>"));
  // Equal once they are rounded.
  CHECK_FALSE(holds(html(12.999, 13), "<s class"));
  CHECK_FALSE(holds(html(12.999, 13), "vitrine-badge"));
}

TEST_CASE("A product whose price cannot be read has neither price nor button") {
  Product product = shoe();
  product.setPrices(kUnreadableAmount, 20, false);
  const std::string html = rendered(product);
  CHECK_FALSE(holds(html, "vitrine-price"));
  CHECK_FALSE(holds(html, "<button"));
  CHECK(holds(html, ">Shoe</a>"));
  // A product without a price keeps its button.
  product.setPrices(-1, -1, false);
  CHECK(holds(rendered(product), "<button"));
  // The outcome of a call, handed to renderWidget(), shows the same.
  product.setPrices(kUnreadableAmount, 20, false);
  const Slate again = readSlate(parseJson(slateJson(slateOf(product))));
  CHECK(std::string(renderSlate(again, looking())) == html);
}

TEST_CASE("Numbers for readers are in the locale's digits, those for programs are not") {
  Product product = shoe();
  product.ratingCount = 12345;
  const char* const format = R"({"numbers":{"decimal":"٫","group":"٬","numerals":"٩٨٧٦٥٤٣٢١٠"},"partials":{"card":)"
                             R"("{{rating.number}} {{rating.count}} {{rating.label}} {{discount}} {{place}}, )"
                             R"({{rating}} {{discountPercent}} {{position}} {{number}} {{count}}"}})";
  CHECK(holds(rendered(product, format), "٤٫٤ ١٢٬٣٤٥ ٤٫٤ out of 5 stars, ١٢٬٣٤٥ reviews −٣٦% ١ of ١, 4.4 36 0 1 1"));
  product.rating = 2.05;
  product.ratingCount = 1;
  CHECK(holds(rendered(product), "aria-label=\"2.1 out of 5 stars, 1 review\""));
  product.rating = 4.96;
  CHECK(holds(rendered(product), "aria-label=\"5 out of 5 stars, 1 review\""));
}

TEST_CASE("A slate of the shop's own shows a product once, and reads its prices as replies are read") {
  const Slate slate = readSlate(
      parseJson(R"({"currency":"eur","results":[{"productId":"a","price":"1.299,00"},{"productId":"a","price":1},)"
                R"({"productId":"b","price":"ask"},{"productId":"c","rating":0,"price":5,"currency":"jpy"}]})"));
  REQUIRE(slate.products.size() == 3);
  CHECK(slate.products[0]->price == 1299);
  CHECK(slate.products[1]->isPriceUnreadable);
  CHECK(slate.products[2]->rating < 0);
  CHECK(currencyOf(*slate.products[2], slate) == "JPY");
  CHECK(slate.currency == "EUR");
}
