// Tests the attribution of purchases over pages and tabs, and that an order counts once.
#include <catch2/catch_test_macros.hpp>
#include <limits>

#include "simulation/world.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr char kTouchKey[] = "vitrine:1:touch";

const Json* only(const World& world, std::string_view kind) {
  const Json* found = nullptr;
  for (const Json& event : world.collector.events) {
    if (stringMember(event, "type") != kind) continue;
    CHECK_FALSE(found);
    found = &event;
  }
  return found;
}

std::string sourceOf(const Json& object) {
  const Json* attribution = member(object, "attribution");
  return attribution ? std::string(stringMember(*attribution, "source")) : "none";
}

void serveAs(Tab& tab, const std::string& source, const std::string& itemIds) {
  tab.act("serve", &Runtime::serve, R"({"surface":"s","source":")" + source + R"(","itemIds":)" + itemIds + "}");
}

}  // namespace

TEST_CASE("An addToCart on a product's page names the list on an earlier page that led there") {
  World world("0c1");
  Tab& first = world.open();
  world.advance(30);
  serveAs(first, "widget", R"(["a","b"])");
  first.track("click", "a");
  world.close(first);
  Tab& second = world.open();
  world.advance(30);
  serveAs(second, "product", R"(["a"])");
  second.track("addToCart", "a");
  second.purchase("o-1");
  world.advance(6000);
  CHECK(sourceOf(*only(world, "addToCart")) == "widget");
  CHECK(stringMember(*only(world, "addToCart"), "source") == "product");
  CHECK(sourceOf(member(*only(world, "purchase"), "items")->children[0]) == "widget");
}

TEST_CASE("An addToCart straight from a list is attributed to it; a product's own page counts if no list led there") {
  World world("0c2");
  Tab& tab = world.open();
  world.advance(30);
  serveAs(tab, "widget", R"(["a","b"])");
  tab.track("click", "a", 0);
  serveAs(tab, "search", R"(["a","c"])");
  tab.track("addToCart", "a", 1);
  tab.purchase("o-1");
  world.advance(6000);
  CHECK(sourceOf(member(*only(world, "purchase"), "items")->children[0]) == "search");
  World alone("0c3");
  Tab& page = alone.open();
  alone.advance(30);
  serveAs(page, "product", R"(["a"])");
  page.track("addToCart", "a");
  page.purchase("o-1");
  alone.advance(6000);
  CHECK(sourceOf(member(*only(alone, "purchase"), "items")->children[0]) == "product");
}

TEST_CASE("An order counts once, on the same page, after a reload and in another tab") {
  World world("0c4");
  Tab& first = world.open();
  Tab& second = world.open();
  world.advance(30);
  first.purchase("o-1");
  first.purchase("o-1");
  world.advance(10);
  second.purchase("o-1");
  world.close(first);
  Tab& third = world.open();
  world.advance(30);
  third.purchase("o-1");
  third.purchase("o-2");
  world.advance(6000);
  CHECK(world.collector.stored["o-1"] == 1);
  CHECK(world.collector.stored["o-2"] == 1);
  CHECK(second.dropped("duplicate") == 1);
  CHECK(third.dropped("duplicate") == 1);
}

TEST_CASE("An order that another tab has just recorded is dropped, although its storage event is still on the way") {
  World world("0c9");
  Tab& first = world.open();
  Tab& second = world.open();
  world.advance(30);
  first.purchase("o-1");
  const std::string stored = world.disk.local.at(kOrdersKey);
  SECTION("the page passes the stored record: the order counts once") {
    second.purchase("o-1", stored);
    CHECK(second.dropped("duplicate") == 1);
    world.advance(6000);
    CHECK(world.collector.stored["o-1"] == 1);
  }
  SECTION("another order counts, and both tabs know both afterwards") {
    second.purchase("o-2", stored);
    CHECK(second.dropped("duplicate") == 0);
    world.advance(6000);
    first.purchase("o-2");
    CHECK(first.dropped("duplicate") == 1);
    second.purchase("o-1");
    CHECK(second.dropped("duplicate") == 1);
  }
  SECTION("without the stored record the order counts twice") {
    second.purchase("o-1");
    CHECK(second.dropped("duplicate") == 0);
    world.advance(6000);
    CHECK(world.collector.stored["o-1"] == 2);
  }
}

TEST_CASE("Without consent no touch or order is stored, and another shopper begins with none") {
  for (const char* consent : {"unknown", "denied", "anonymous"}) {
    World world("0c5");
    Tab& tab = world.open({.config = configWith(std::string(R"("consent":")") + consent + '"')});
    world.advance(30);
    serveAs(tab, "widget", R"(["a","b"])");
    tab.track("click", "a");
    tab.purchase("o-1");
    world.advance(6000);
    CHECK_FALSE(world.disk.local.contains(kTouchKey));
    CHECK_FALSE(world.disk.local.contains(kOrdersKey));
  }
  World world("0c6");
  Tab& tab = world.open();
  world.advance(30);
  serveAs(tab, "widget", R"(["a","b"])");
  tab.track("click", "a");
  world.advance(1000);
  CHECK(world.disk.local.contains(kTouchKey));
  tab.reset();
  CHECK_FALSE(world.disk.local.contains(kTouchKey));
  tab.purchase("o-1");
  world.advance(6000);
  CHECK(sourceOf(member(*only(world, "purchase"), "items")->children[0]) == "none");
  tab.track("click", "a");
  world.advance(1000);
  tab.setConsent("denied");
  CHECK_FALSE(world.disk.local.contains(kTouchKey));
}

TEST_CASE("A refused purchase is not remembered as an order") {
  World world("0c7");
  Tab& tab = world.open({.config = configWith(R"("consent":"denied")")});
  world.advance(30);
  tab.purchase("o-1");
  tab.setConsent("granted");
  tab.purchase("o-1");
  world.advance(6000);
  CHECK(world.collector.stored["o-1"] == 1);
}

TEST_CASE("Amounts keep the digits they came with") {
  World world("0c8");
  Tab& tab = world.open();
  world.advance(30);
  tab.act("shopEvent", &Runtime::shopEvent, std::string("purchase"),
          std::string(R"({"orderId":"o","value":0.30000000000000004,"currency":"EUR",)"
                      R"("items":[{"itemId":"a","quantity":3,"unitPrice":19.90}]})"),
          std::string());
  std::string body;
  world.advance(2000);
  for (const Effect& sent : tab.take("send")) body += sent["body"];
  CHECK(body.find(R"("value":0.30000000000000004,)") != std::string::npos);
  CHECK(body.find(R"("unitPrice":19.90)") != std::string::npos);
}

TEST_CASE("A row of clicks writes the record once; a click that leaves the page writes it at once") {
  World world("0c9");
  Tab& tab = world.open();
  world.advance(30);
  serveAs(tab, "widget", R"(["a","b"])");
  tab.take("save");
  const auto writes = [&] {
    int n = 0;
    for (const Effect& effect : tab.take("save")) n += effect["key"] == kTouchKey;
    return n;
  };
  for (int i = 0; i < 5; ++i) tab.track("click", "a");
  CHECK(writes() == 0);
  world.advance(1100);
  CHECK(writes() == 1);
  tab.track("click", "b");
  tab.hide();
  CHECK(writes() == 1);
}

namespace {

std::string orderOf(int lines, std::size_t idBytes) {
  std::string order = R"({"orderId":"big","value":1,"currency":"EUR","items":[)";
  for (int i = 0; i < lines; ++i) {
    order += i ? ",{" : "{";
    order += R"("itemId":"i)" + std::to_string(i) + std::string(idBytes, 'x') + R"(","quantity":1,"unitPrice":9.5})";
  }
  return order + "]}";
}

}  // namespace

TEST_CASE("A large order loses the attribution of its lines before anything else") {
  World world("0c9");
  Tab& tab = world.open({.config = configWith(R"("attribution":{"maxItems":600})")});
  world.advance(30);
  std::string ids;
  for (int i = 0; i < 600; ++i) ids += (i ? ",\"i" : "[\"i") + std::to_string(i) + "\"";
  serveAs(tab, "widget", ids + "]");
  tab.task([&] {
    for (int i = 0; i < 600; ++i) tab.track("click", "i" + std::to_string(i));
  });
  world.advance(30000);
  tab.take("log");
  CHECK(tab.act("shopEvent", &Runtime::shopEvent, std::string("purchase"), orderOf(600, 0), std::string()) == 0);
  world.advance(6000);
  const Json& order = *only(world, "purchase");
  CHECK(member(order, "items")->children.size() == 600);
  CHECK(sourceOf(member(order, "items")->children[0]) == "none");
  CHECK_FALSE(stringMember(order, "url").empty());
  const auto logs = tab.take("log");
  REQUIRE(logs.size() == 1);
  CHECK(logs[0]["code"] == "too-large");
}

TEST_CASE("An order of a thousand lines is delivered; one beyond every limit is refused to the caller") {
  World world("0ca");
  Tab& tab = world.open();
  world.advance(30);
  CHECK(tab.act("shopEvent", &Runtime::shopEvent, std::string("purchase"), orderOf(1000, 100), std::string()) == 0);
  world.advance(6000);
  CHECK(member(*only(world, "purchase"), "items")->children.size() == 1000);
  CHECK(tab.act("shopEvent", &Runtime::shopEvent, std::string("purchase"), orderOf(5000, 100), std::string()) == -1);
  const Json error = parseJson(tab.runtime->takeError());
  CHECK(stringMember(error, "code") == "too-large");
  CHECK(stringMember(error, "field") == "items");
  CHECK(tab.dropped("tooLarge") == 1);
}

TEST_CASE("A large order waits in storage for the next page, and is read from there") {
  World world("0cb");
  Tab& tab = world.open();
  world.advance(30);
  tab.act("pause", &Runtime::pause);
  tab.act("shopEvent", &Runtime::shopEvent, std::string("purchase"), orderOf(1000, 100), std::string());
  world.advance(1000);
  world.close(tab);
  world.open();
  world.advance(30000);
  CHECK(member(*only(world, "purchase"), "items")->children.size() == 1000);
}

TEST_CASE("An add to cart without a quantity is one of 1; weights are kept, and other values are refused") {
  World world("0cc");
  Tab& tab = world.open();
  world.advance(30);
  tab.serve();
  const auto add = [&](double quantity) {
    return tab.act("itemEvent", &Runtime::itemEvent, 0.0, std::string("addToCart"), std::string("a"), 0.0, quantity);
  };
  CHECK(add(0) == 0);
  CHECK(add(0.75) == 0);
  for (const double quantity :
       {-1.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    CHECK(add(quantity) == -1);
    CHECK(stringMember(parseJson(tab.runtime->takeError()), "field") == "quantity");
  }
  world.advance(6000);
  std::vector<double> quantities;
  for (const Json& event : world.collector.events) {
    if (stringMember(event, "type") == "addToCart") quantities.push_back(numberMember(event, "quantity", -1));
  }
  CHECK(quantities == std::vector<double>{1, 0.75});
}

TEST_CASE("A cart or a viewed product that is no id is refused, and what was known stays") {
  World world("0cd");
  Tab& tab = world.open();
  const auto fieldOf = [&](double result) {
    return result < 0 ? std::string(stringMember(parseJson(tab.runtime->takeError()), "field")) : "none";
  };
  CHECK(fieldOf(tab.act("setCart", &Runtime::setCart, std::string(R"(["a",7])"))) == "none");
  CHECK(fieldOf(tab.act("setCart", &Runtime::setCart, std::string("null"))) == "itemIds");
  CHECK(fieldOf(tab.act("setCart", &Runtime::setCart, std::string(R"(["b",""])"))) == "itemIds[1]");
  CHECK(fieldOf(tab.act("setViewing", &Runtime::setViewing, std::string("null"))) == "itemId");
  CHECK(fieldOf(tab.act("setViewing", &Runtime::setViewing, std::string())) == "none");
  CHECK(fieldOf(tab.act("watch", &Runtime::watch, 0.0, std::string("a"), 0.0)) == "context");
  tab.serve();
  CHECK(fieldOf(tab.act("watch", &Runtime::watch, 0.0, std::string("NaN"), 0.0)) == "itemId");
  CHECK(fieldOf(tab.identify("[object Promise]")) == "userId");
  CHECK(fieldOf(tab.identify(std::string(257, 'u'))) == "userId");
}

TEST_CASE("A page whose markup says that it is about no product tells so once") {
  World world("0ce");
  Tab& tab = world.open({.viewing = "undefined"});
  tab.act("pageView", &Runtime::pageView);
  world.advance(6000);
  CHECK(stringMember(*only(world, "pageView"), "itemId", "none") == "none");
  const auto logs = tab.take("log");
  REQUIRE(logs.size() == 1);
  CHECK(logs[0]["message"].find("data-vitrine-viewing") == 0);
}
