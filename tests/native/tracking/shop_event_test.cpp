// Tests the events that a shop reports outside any list: what they carry, what is refused, and where they go.
#include <catch2/catch_test_macros.hpp>

#include "simulation/effect_text.h"
#include "simulation/world.h"
#include "tracking/serve.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

std::string membersOf(EventKind kind, const std::string& payload, std::string_view url = {}) {
  Text members;
  const Problem problem = shopEventMembers(kind, parseJson(payload), url, Attribution({}), 0, members);
  return problem ? problem->field + " | " + problem->code : members;
}

double report(Tab& tab, const std::string& kind, const std::string& payload) {
  return tab.act("shopEvent", &Runtime::shopEvent, kind, payload, std::string());
}

const Json* last(const World& world, std::string_view type) {
  const Json* found = nullptr;
  for (const Json& event : world.collector.events) {
    if (stringMember(event, "type") == type) found = &event;
  }
  return found;
}

std::string nested(int depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

TEST_CASE("An event of the shop's own has its name, and its properties as they were given") {
  CHECK(membersOf(EventKind::kCustom, R"({"name":"purchase"})") == R"("name":"purchase")");
  CHECK(membersOf(EventKind::kCustom, R"({"name":"n","properties":null,"other":1})") == R"("name":"n")");
  const std::string given =
      R"("name":"quiz_done","properties":{"score":0.10,"big":123456789012345678901,"a":{"b":[null,true,"é\n\"",{}]}})";
  CHECK(membersOf(EventKind::kCustom, "{" + given + "}", "https://s.example/q") ==
        given + R"(,"url":"https://s.example/q")");
}

TEST_CASE("An event of the shop's own is refused without a name, or with properties that are no object") {
  for (const char* name : {"\"\"", "7", "null", "{}"})
    CHECK(membersOf(EventKind::kCustom, std::string(R"({"name":)") + name + "}") == "name | bad-argument");
  CHECK(membersOf(EventKind::kCustom, "{}") == "name | bad-argument");
  const auto named = [](std::size_t bytes) { return R"({"name":")" + std::string(bytes, 'n') + "\"}"; };
  CHECK(membersOf(EventKind::kCustom, named(100)).starts_with(R"("name":"nnn)"));
  CHECK(membersOf(EventKind::kCustom, named(101)) == "name | bad-argument");
  // The last three hold the mark of a value that JSON cannot express.
  for (const char* properties : {"[]", "7", "\"text\"", "true", R"("\u0000\u0000")", R"({"big":"\u0000\u0000"})",
                                 R"({"list":[1,{"call":"\u0000\u0000"}]})"})
    CHECK(membersOf(EventKind::kCustom, std::string(R"({"name":"n","properties":)") + properties + "}") ==
          "properties | bad-argument");
  const auto sized = [](std::size_t bytes) {
    return R"({"name":"n","properties":{"text":")" + std::string(bytes, 'x') + R"("}})";
  };
  CHECK(membersOf(EventKind::kCustom, sized(8100)).size() > 8100);
  CHECK(membersOf(EventKind::kCustom, sized(8192)) == "properties | bad-argument");
}

TEST_CASE("A product outside a list has the details that the shop gave, amounts with their digits") {
  const std::string all =
      R"({"itemId":"a","quantity":2.5,"title":"Cape","unitPrice":69.90,"currency":"EUR","query":"q","name":"n"})";
  CHECK(membersOf(EventKind::kViewItem, R"({"itemId":"a","availability":"missing"})") ==
        R"("itemId":"a","availability":"missing")");
  CHECK(membersOf(EventKind::kViewItem, R"({"itemId":"a","availability":"gone"})") == "availability | bad-argument");
  CHECK(membersOf(EventKind::kClearCart, all, "u") == R"("url":"u")");
  CHECK(membersOf(EventKind::kViewItem, all) == R"("itemId":"a","title":"Cape","unitPrice":69.90,"currency":"EUR")");
  for (const EventKind kind : {EventKind::kAddToCart, EventKind::kRemoveFromCart}) {
    CHECK(membersOf(kind, all) == R"("itemId":"a","quantity":2.5,"title":"Cape","unitPrice":69.90,"currency":"EUR")");
    CHECK(membersOf(kind, R"({"itemId":"a","quantity":null})", "u") == R"("itemId":"a","url":"u")");
    for (const char* quantity : {"0", "-1", "\"2\"", "[]", "\"\\u0000\\u0000\""})
      CHECK(membersOf(kind, std::string(R"({"itemId":"a","quantity":)") + quantity + "}") == "quantity | bad-argument");
  }
  for (const EventKind kind : {EventKind::kViewItem, EventKind::kAddToCart, EventKind::kRemoveFromCart}) {
    for (const char* payload :
         {"null", "[]", "{}", R"({"itemId":" "})", R"({"itemId":"undefined"})", R"({"itemId":{}})"})
      CHECK(membersOf(kind, payload) == "itemId | bad-argument");
    CHECK(membersOf(kind, R"({"itemId":7,"title":501})") == R"("itemId":"7","title":"501")");
    for (const char* title : {"\"\"", "true", "[]", "\"\\u0000\\u0000\""})
      CHECK(membersOf(kind, std::string(R"({"itemId":"a","title":)") + title + "}") == "title | bad-argument");
    CHECK(membersOf(kind, R"({"itemId":"a","unitPrice":-1})") == "unitPrice | bad-argument");
    CHECK(membersOf(kind, R"({"itemId":"a","unitPrice":"9"})") == "unitPrice | bad-argument");
    CHECK(membersOf(kind, R"({"itemId":"a","currency":"euro"})") == "currency | bad-argument");
  }
}

TEST_CASE("A search without products has its query and what is known of the results") {
  const std::string all = R"("query":"boots","totalResults":24,"filters":[{"field":"size"}],"sortBy":"price")";
  CHECK(membersOf(EventKind::kSearch, "{" + all + R"(,"surface":"s","itemIds":["a"]})", "u") == all + R"(,"url":"u")");
  CHECK(membersOf(EventKind::kSearch, R"({"query":501,"totalResults":0,"sortBy":1})") ==
        R"("query":"501","totalResults":0,"sortBy":"1")");
  CHECK(membersOf(EventKind::kSearch, R"({"query":""})") == "query | bad-argument");
  CHECK(membersOf(EventKind::kSearch, R"({"query":"q","totalResults":-1})") == "totalResults | bad-argument");
  CHECK(membersOf(EventKind::kSearch, R"({"query":"q","filters":{}})") == "filters | bad-argument");
  CHECK(membersOf(EventKind::kSearch, R"({"query":"q","filters":[{"value":"\u0000\u0000"}]})") ==
        "filters | bad-argument");
  CHECK(membersOf(EventKind::kSearch, R"({"query":"q","sortBy":{"field":"price","order":"ascending"}})") ==
        R"("query":"q","sortBy":{"field":"price","order":"ascending"})");
  for (const char* wrong : {"[]", "true", "{}", R"({"field":7})", R"({"field":"a","order":"\u0000\u0000"})"})
    CHECK(membersOf(EventKind::kSearch, R"({"query":"q","sortBy":)" + std::string(wrong) + "}") ==
          "sortBy | bad-argument");
}

TEST_CASE("An event that does not fit into 64 KiB is refused to the caller and counted") {
  World world("5e6");
  Tab& tab = world.open();
  const std::string fits(60'000, 'x'), large(70'000, 'x');
  const auto fieldOf = [&](const char* kind, const std::string& payload) {
    CHECK(report(tab, kind, payload) == -1);
    const Json error = parseJson(tab.runtime->takeError());
    CHECK(stringMember(error, "code") == "too-large");
    return std::string(stringMember(error, "field"));
  };
  CHECK(report(tab, "viewItem", R"({"itemId":"a","title":")" + fits + "\"}") == 0);
  CHECK(fieldOf("viewItem", R"({"itemId":"a","title":")" + large + "\"}") == "itemId");
  CHECK(report(tab, "search", R"({"query":"q","filters":[")" + fits + "\"]}") == 0);
  CHECK(fieldOf("search", R"({"query":"q","filters":[")" + large + "\"]}") == "filters");
  CHECK(tab.metric("queued") == 2);
  CHECK(tab.dropped("tooLarge") == 2);
}

TEST_CASE("A misspelt detail is reported once per call, with the name that was meant, and the event is recorded") {
  World world("5e7");
  Tab& tab = world.open();
  tab.take("log");
  CHECK(report(tab, "addToCart", R"({"itemId":"a","quantty":2})") == 0);
  CHECK(report(tab, "search", R"({"query":"q","sortby":"price","totalResults":1})") == 0);
  CHECK(report(tab, "custom", R"({"name":"n","properties":{"any":1}})") == 0);
  const auto logs = tab.take("log");
  REQUIRE(logs.size() == 2);
  for (const auto& log : logs) CHECK(log["code"] == "unknown-field");
  CHECK(logs[0]["message"] == R"("addToCart.quantty" is unknown and ignored. Did you mean "quantity"?)");
  CHECK(logs[1]["message"] == R"("search.sortby" is unknown and ignored. Did you mean "sortBy"?)");
  CHECK(tab.metric("queued") == 3);
}

TEST_CASE("Events of a list's items, and unknown kinds, need another call") {
  World world("5e1");
  Tab& tab = world.open();
  for (const char* kind : {"view", "click", "itemsServed", "pageView", "identify", "exposure", "hover", ""}) {
    CHECK(report(tab, kind, R"({"itemId":"a","name":"n","query":"q"})") == -1);
    CHECK(tab.error() == "kind");
  }
  CHECK(tab.metric("queued") == 0);
}

TEST_CASE("The shop's events reach the collector in order; an item that a list led to has its attribution") {
  World world("5e2");
  Tab& tab = world.open();
  world.advance(30);
  tab.serve(R"(["a","b"])");
  tab.track("click", "a");
  for (const char* kind : {"viewItem", "addToCart", "removeFromCart"}) CHECK(tab.shopEvent(kind, "a") == 0);
  CHECK(tab.shopEvent("addToCart", "z") == 0);
  CHECK(report(tab, "search", R"({"query":"q"})") == 0);
  CHECK(report(tab, "custom", R"({"name":"n","properties":{"visitorId":"x"}})") == 0);
  world.advance(6000);
  std::string types;
  for (const Json& event : world.collector.events) types += std::string(stringMember(event, "type")) + " ";
  CHECK(types == "itemsServed click viewItem addToCart removeFromCart addToCart search custom ");
  CHECK(stringMember(*member(*last(world, "removeFromCart"), "attribution"), "source") == "for-you");
  CHECK_FALSE(member(*last(world, "viewItem"), "attribution"));
  CHECK_FALSE(member(*last(world, "addToCart"), "attribution"));
  CHECK_FALSE(member(*last(world, "addToCart"), "serveId"));
  CHECK(stringMember(*last(world, "custom"), "url") == "https://shop.example/p/1");
}

TEST_CASE("Deep properties survive storage, and lose no member with the ids") {
  // As deep as the simulated collector can read them inside a batch.
  std::string deepest;
  for (int depth = 1; depth < 80; ++depth) {
    const std::string payload = R"({"name":"n","properties":{"a":)" + nested(depth) + "}}";
    if (parseJson("[[" + payload + "]]").isValid()) deepest = payload;
  }
  World world("5e3");
  Tab& tab = world.open({.config = configWith(R"("consent":"unknown")")});
  REQUIRE(report(tab, "custom", deepest) == 0);
  tab.setConsent("anonymous");
  world.advance(6000);
  const Json* event = last(world, "custom");
  REQUIRE(event);
  CHECK_FALSE(member(*event, "visitorId"));
  CHECK(member(*event, "properties")->isObject());
}

TEST_CASE("The cart of data calls follows the shop's events") {
  World world("5e4");
  std::string asked;
  world.onAsk = [&](const std::string&, const std::string& body) {
    asked = body;
    return Reply{200, false, {}, R"({"results":[{"productId":"a"},{"productId":"b"},{"productId":"c"}]})"};
  };
  Tab& tab = world.open();
  const auto shown = [&](double call) {
    tab.ask(call, "forVisitor", R"({"configId":"c","topK":3,"exclude":["inCart"]})");
    world.advance(1000);
    std::string ids;
    const Json slate = parseJson(tab.settled[call]);
    for (const Json& product : member(slate, "results")->children) ids += stringMember(product, "productId");
    return ids;
  };
  tab.shopEvent("addToCart", "a");
  tab.shopEvent("addToCart", "b");
  CHECK(shown(1) == "c");
  tab.shopEvent("removeFromCart", "a");
  report(tab, "removeFromCart", R"({"itemId":"b","quantity":0})");  // refused
  CHECK(shown(2) == "ac");
  // An order takes out what was bought.
  tab.shopEvent("addToCart", "a");
  const std::string order = R"({"orderId":"o","value":1,"currency":"EUR","items":[{"itemId":"b","quantity":1}]})";
  report(tab, "purchase", std::string(order).replace(order.find("EUR"), 3, "x"));  // refused
  CHECK(shown(3) == "c");
  report(tab, "purchase", order);
  CHECK(shown(4) == "bc");
  report(tab, "clearCart", "{}");
  CHECK(shown(5) == "abc");
  world.advance(6000);
  REQUIRE(last(world, "clearCart"));
  CHECK(stringMember(*last(world, "clearCart"), "url") == "https://shop.example/p/1");
}

namespace {

constexpr char kDoofinder[] =
    R"({"provider":{"name":"doofinder","hashid":"h","configs":{"trending":"w"}},"events":{"enabled":false}})";

// Returns the number of items in the cart of a data call. call: another number each time.
std::size_t cartOf(Tab& tab, double call) {
  tab.ask(call, "trending", R"({"topK":)" + std::to_string(static_cast<int>(call)) + "}");
  const Effect ask = tab.take("ask")[0];
  tab.requestDone(ask.number("requestId"), 200, {}, R"({"results":[]})");
  const Json body = parseJson(ask["body"]);
  const Json* items = member(body, "cart_items");
  return items ? items->children.size() : 0;
}

}  // namespace

TEST_CASE("A call about the cart after an order is not about what was bought") {
  World world("5e6");
  TabOptions options;
  options.config = kDoofinder;
  Tab& tab = world.open(options);
  tab.act("setCart", &Runtime::setCart, std::string(R"(["a","b"])"));
  CHECK(cartOf(tab, 1) == 2);
  report(tab, "purchase", R"({"orderId":"o","value":1,"currency":"EUR","items":[{"itemId":"a","quantity":1}]})");
  CHECK(cartOf(tab, 2) == 1);
}

TEST_CASE("Another user, and the page after reset(), begin with an empty cart for data calls") {
  World world("5e8");
  TabOptions options;
  options.config = kDoofinder;
  Tab& tab = world.open(options);
  const auto fill = [&] { tab.act("setCart", &Runtime::setCart, std::string(R"(["a"])")); };
  fill();
  tab.act("identify", &Runtime::identify, std::string("ann"));
  CHECK(cartOf(tab, 1) == 1);  // a visitor who logs in keeps the cart
  tab.act("identify", &Runtime::identify, std::string("ann"));
  CHECK(cartOf(tab, 2) == 1);
  tab.act("identify", &Runtime::identify, std::string("bob"));
  CHECK(cartOf(tab, 3) == 0);
  fill();
  CHECK(cartOf(tab, 4) == 1);
  tab.act("reset", &Runtime::reset);
  CHECK(cartOf(tab, 5) == 0);
  // A reset() in another tab is one of this shopper too.
  fill();
  Tab& other = world.open(options);
  other.act("reset", &Runtime::reset);
  world.advance(1000);
  CHECK(cartOf(tab, 6) == 0);
}

TEST_CASE("An item of a list is added to the cart with the details that the shop gives") {
  World world("5e7");
  Tab& tab = world.open();
  const double serve = tab.serve();
  const std::string of = R"({"serve":)" + std::to_string(static_cast<int>(serve)) + R"(,"itemId":"a","position":0)";
  CHECK(report(tab, "addToCart", of + R"(,"quantity":2,"title":"Cape","unitPrice":69.90,"currency":"EUR"})") == 0);
  CHECK(report(tab, "addToCart", of + "}") == 0);
  for (const char* bad : {R"("quantity":0)", R"("quantity":"2")", R"("unitPrice":-1)", R"("currency":"x")"}) {
    CAPTURE(bad);
    CHECK(report(tab, "addToCart", of + "," + bad + "}") == -1);
    CHECK(bad == "\"" + tab.error() + std::string(bad).substr(std::string(bad).find("\":")));
  }
  CHECK(report(tab, "addToCart", R"({"serve":99,"itemId":"a"})") == -1);
  CHECK(tab.error() == "context");
  world.advance(6000);
  std::vector<const Json*> carts;
  for (const Json& event : world.collector.events)
    if (stringMember(event, "type") == "addToCart") carts.push_back(&event);
  REQUIRE(carts.size() == 2);
  CHECK(numberMember(*carts[0], "quantity", 0) == 2);
  CHECK(stringMember(*carts[0], "title") == "Cape");
  CHECK(numberMember(*carts[0], "unitPrice", 0) == 69.9);
  CHECK(stringMember(*carts[0], "surface") == "home_page");
  CHECK(member(*carts[0], "attribution"));
  CHECK(numberMember(*carts[1], "quantity", 0) == 1);
  CHECK(!member(*carts[1], "title"));
}

TEST_CASE("A click names the search that its list is the result of") {
  World world("5e8");
  Tab& tab = world.open();
  const double serve = tab.act("serve", &Runtime::serve,
                               std::string(R"({"surface":"s","source":"search","itemIds":["a"],"query":"ear buds"})"));
  tab.track("view", "a", serve);
  tab.track("click", "a", serve);
  tab.track("click", "a", tab.serve());
  world.advance(6000);
  CHECK(!member(*last(world, "view"), "query"));
  CHECK(!member(*last(world, "click"), "query"));
  int named = 0;
  for (const Json& event : world.collector.events)
    if (stringMember(event, "type") == "click" && stringMember(event, "query") == "ear buds") ++named;
  CHECK(named == 1);
}

TEST_CASE("Item events have the page's address where the service wants it") {
  for (const bool isDepict : {true, false}) {
    CAPTURE(isDepict);
    Runtime runtime(isDepict ? R"({"config":{"provider":{"name":"depict","tenant":"t","market":"m"}},)"
                               R"("page":{"url":"https://s.example/p?session=x"}})"
                             : R"({"config":{"events":{"url":"/e"}},"page":{"url":"https://s.example/p"}})",
                    1000);
    const double serve = runtime.serve(R"({"surface":"s","source":"x","itemIds":["a"]})", 1000);
    for (const char* kind : {"view", "click", "addToCart"}) runtime.itemEvent(serve, kind, "a", 0, 0, 1000);
    runtime.flush(1, 1000);
    int addresses = 0;
    for (const Effect& effect : readEffects(runtime.drainEffects())) {
      if (effect.verb() != "send") continue;
      const std::string body = effect["body"];
      for (std::size_t at = 0; (at = body.find("\"https://s.example/p\"", at)) != std::string::npos; ++at) ++addresses;
    }
    CHECK(addresses == (isDepict ? 4 : 1));
  }
}

TEST_CASE("What a service has no place for goes to the shop's own collector, else it is counted") {
  for (const ServiceName service : kAllServices) {
    for (const bool hasCollector : {true, false}) {
      CAPTURE(nameOf(service), hasCollector);
      World world("5e5");
      TabOptions options;
      options.config = configOf(service);
      if (!hasCollector) {
        const std::size_t url = options.config.find("\"url\":");
        if (url == std::string::npos) continue;
        options.config.erase(url, options.config.find_first_of(",}", url + 7) - url);
      }
      Tab& tab = world.open(options);
      world.advance(30);
      CHECK(report(tab, "search", R"({"query":"q"})") == 0);
      CHECK(report(tab, "custom", R"({"name":"n"})") == 0);
      world.advance(6000);
      const bool isTaken = service == ServiceName::kRefine || hasCollector;
      CHECK(world.collector.events.size() == (isTaken ? 2 : 0));
      CHECK(tab.dropped("unsupported") == (isTaken ? 0 : 2));
    }
  }
}
