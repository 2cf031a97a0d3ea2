// A shopper's session from end to end. Its inputs are also the committed trace that the boundary tests replay:
// VITRINE_TRACE=tests/traces/session.jsonl build/dev/vitrine-core-tests "A shopper*"
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <fstream>

#include "simulation/world.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr char kSlate[] =
    R"JSON({"status":"success","serveId":"sv_server1","title":"Fits well \"together\"","totalResults":3,"results":[
  {"productId":"SKU-0002","score":0.93,"metadata":{"name":"Trail <Runner> & Co","price":129.9,"originalPrice":150,)JSON"
    R"JSON("currency":"EUR",
   "brand":"Nordwind","imageUrl":"/img/2.svg","url":"/p/2?ref=a&b=c","rating":4.5,"ratingCount":132,)JSON"
    R"JSON("weight":0.30000000000000004}},
  {"productId":"SKU-0003","metadata":{"name":"Scarf \u201eWinter\u201c \ud83e\udde3","price":1e21,"rating":2.24,)JSON"
    R"JSON("url":"javascript:alert(1)"}},
  {"productId":"SKU-0004","metadata":{"name":"Tiny","price":1.5e-7,"currency":"USD",)JSON"
    R"JSON("imageUrl":"https://cdn.example/4.png"}}]})JSON";

constexpr char kSlot[] =
    R"({"kind":"similarItems","query":{"anchorId":"SKU-0001","topK":3,"visualWeight":0.1},"title":"Similar items",
  "surface":"product_page","source":"similar-items","money":{"currency":"EUR","prefix":"",)"
    R"("suffix":" €","decimal":",","group":".","digits":2}})";

Reply reply(const std::string& url, const std::string&) {
  if (url.ends_with("/search/text"))
    return {429, false, "30", R"({"status":"error","error":{"code":"slow-down","message":"too many"}})"};
  return {200, false, {}, kSlate};
}

std::string requestJson(std::string_view text) {
  Text out;
  appendJson(out, parseJson(text));
  return out;
}

}  // namespace

TEST_CASE("A shopper browses, clicks, buys and leaves, and every event arrives once") {
  World world("5e551011");
  world.onAsk = reply;
  Tab& tab = world.open({.url = "https://shop.example/p/1?token=secret&color=red#top"});
  world.advance(30);

  // Browsing: the shop's own list, a widget, data calls, and inputs that are refused.
  const double served =
      tab.act("serve", &Runtime::serve,
              std::string(R"({"surface":"category_page","source":"listing","itemIds":["SKU-0001","SKU-0002"],)"
                          R"("totalResults":120,"query":"red","sortBy":"price",)"
                          R"("filters":[{"field":"metadata.color","operator":"in","value":["red",1.50]}]})"));
  REQUIRE(served >= 0);
  CHECK(tab.runtime->serveId(served).starts_with("sv_"));
  tab.track("view", "SKU-0001", served);
  tab.act("itemEvent", &Runtime::itemEvent, served, std::string("click"), std::string("SKU-0001"), 0.0, 0.0);
  CHECK(tab.act("itemEvent", &Runtime::itemEvent, served, std::string("hover"), std::string("x"), 0.0, 0.0) == -1);
  CHECK(tab.error() == "kind");
  tab.act("openSlot", &Runtime::openSlot, 1.0, requestJson(kSlot));
  tab.ask(2, "searchText", R"({"query":"red shoe","topK":4})");
  tab.ask(3, "forUser", R"({"configId":"c","topK":4})");
  tab.ask(4, "forVisitor",
          R"({"configId":"home","topK":4,"filters":[{"field":"metadata.price","operator":"lte","value":100}]})");
  world.advance(500);
  const auto shown = tab.take("show");
  REQUIRE(shown.size() == 2);
  CHECK(shown[1]["state"] == "ready");
  CHECK(shown[1]["html"].find("129,90 €") != std::string::npos);
  CHECK(parseJson(tab.settled[2]).isObject());
  CHECK(tab.settled[3].find("identify-first") != std::string::npos);
  CHECK(tab.settled[4].find("\"serveId\":\"sv_server1\"") != std::string::npos);
  const double shownServe = shown[1].number("serve");
  tab.track("view", "SKU-0002", shownServe);
  tab.act("itemEvent", &Runtime::itemEvent, shownServe, std::string("addToCart"), std::string("SKU-0002"), 0.0, 2.0);
  world.advance(6000);
  CHECK(tab.metric("queued") == 0);

  // Trouble: the collector is down, a reply is lost, a batch is too large.
  world.collector.next = {failure(503, "1"), lostReply(), failure(413)};
  tab.identify("user-7 \xE2\x82\xAC");
  for (int i = 0; i < 12; ++i) tab.track("view", "V" + std::to_string(i), served);
  world.advance(20000);
  CHECK(tab.metric("queued") == 0);
  CHECK(tab.dropped() == 0);

  // Buying, with a flush before the redirect. The clock is set back in between.
  tab.act("navigate", &Runtime::navigate, std::string("https://shop.example/done?email=a@b.example"));
  tab.act("shopEvent", &Runtime::shopEvent, std::string("purchase"),
          std::string(R"({"orderId":"O-1","value":259.8,"currency":"EUR",)"
                      R"("items":[{"itemId":"SKU-0002","quantity":2,"unitPrice":129.9}]})"),
          std::string());
  CHECK(tab.act("shopEvent", &Runtime::shopEvent, std::string("purchase"),
                std::string(R"({"orderId":"O-2","value":1,"currency":"euro","items":[]})"), std::string()) == -1);
  CHECK(tab.error() == "currency");
  world.jumpClock(-90000);
  tab.flush(9);
  world.advance(2000);
  CHECK(tab.settled[9].find("\"remaining\":0") != std::string::npos);
  tab.reset();
  tab.track("click", "after-reset", served);

  // Leaving: the page is hidden, enters and leaves the bfcache, storage refuses writes, the shopper opts out.
  tab.hide();
  world.advance(300);
  tab.suspend();
  world.advance(60000);
  tab.restore();
  world.advance(3000);
  world.disk.takesWrites = false;
  tab.track("click", "unstored", served);
  world.advance(31000);
  world.disk.takesWrites = true;
  tab.act("closeSlot", &Runtime::closeSlot, 1.0);
  tab.act("sessionId", &Runtime::sessionId);
  tab.act("optOut", &Runtime::optOut);
  tab.track("click", "refused", served);
  world.advance(1000);

  for (const char* id : {"SKU-0001", "SKU-0002", "V0", "V11", "O-1", "after-reset", "unstored"})
    CHECK(world.collector.has(id));
  CHECK_FALSE(world.collector.has("refused"));
  CHECK(world.disk.keysOf("vitrine:1:") == 1);  // the opt-out
  for (const Json& event : world.collector.events) {
    CHECK(stringMember(event, "url").find("secret") == std::string_view::npos);
    CHECK(stringMember(event, "url").find('@') == std::string_view::npos);
  }
  if (const char* path = std::getenv("VITRINE_TRACE")) {
    std::ofstream trace(path);
    for (const std::string& line : tab.log) trace << line << "\n";
  }
}
