#include "slots/slots.h"

#include <catch2/catch_test_macros.hpp>

#include "simulation/world.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

void open(Tab& tab, double slot, const char* anchor) {
  std::string request = R"({"kind":"similarItems","query":{"topK":2,"anchorId":")";
  tab.act("openSlot", &Runtime::openSlot, slot, request.append(anchor).append("\"}}"));
}

std::vector<std::string> states(Tab& tab) {
  std::vector<std::string> out;
  for (const Effect& effect : tab.take("show")) out.push_back(effect["slotId"] + " " + effect["state"]);
  return out;
}

constexpr char kReply[] = R"({"serveId":"sv_1","results":[{"productId":"p1"}]})";

}  // namespace

TEST_CASE("Each slot receives the reply to its own request") {
  World world;
  Tab& tab = world.open();
  open(tab, 1, "a");
  open(tab, 2, "b");
  const auto asked = tab.take("ask");
  REQUIRE(asked.size() == 2);
  tab.requestDone(asked[1].number("requestId"), 200, {}, kReply);
  CHECK(states(tab) == std::vector<std::string>{"1 loading", "2 loading", "2 ready"});
}

TEST_CASE("Opening a slot again cancels the request that it waited for") {
  World world;
  Tab& tab = world.open();
  open(tab, 1, "a");
  open(tab, 1, "b");
  const auto asked = tab.take("ask");
  REQUIRE(asked.size() == 2);
  CHECK(tab.take("cancel") == std::vector<Effect>{{"cancel", asked[0]["requestId"]}});
  tab.requestDone(asked[0].number("requestId"), 200, {}, kReply);
  CHECK(states(tab) == std::vector<std::string>{"1 loading", "1 loading"});
  tab.requestDone(asked[1].number("requestId"), 200, {}, kReply);
  CHECK(states(tab) == std::vector<std::string>{"1 ready"});
}

TEST_CASE("A slot whose request is refused shows its error state and sends nothing") {
  World world;
  Tab& tab = world.open();
  tab.act("openSlot", &Runtime::openSlot, 1.0, std::string(R"({"kind":"popular"})"));
  tab.act("openSlot", &Runtime::openSlot, 2.0, std::string(R"({"kind":"forUser","query":{"configId":"c"}})"));
  CHECK(states(tab) == std::vector<std::string>{"1 error", "2 loading", "2 error"});
  CHECK(tab.take("ask").empty());
}

namespace {

std::string product(const char* id, const char* price) {
  return std::string(R"({"productId":")") + id + R"(","metadata":{"price":)" + price + "}}";
}

std::string reply(const char* serveId, std::initializer_list<std::string> products) {
  Text out = std::string(R"({"serveId":")") + serveId + R"(","results":[)";
  for (const std::string& one : products) {
    if (out.back() == '}') out += ',';
    out += one;
  }
  return out + "]}";
}

void replyTo(Tab& tab, const std::string& body, double status = 200) {
  tab.requestDone(tab.take("ask").back().number("requestId"), status, {}, body);
}

void refresh(Tab& tab, const std::string& body, double status = 200) {
  tab.act("refreshSlot", &Runtime::refreshSlot, 1.0);
  replyTo(tab, body, status);
}

using Fields = std::vector<std::string>;

// Returns the one patch since the last call: "1" if it began a new serve, otherwise "0", and then its steps.
Fields patched(Tab& tab) {
  const auto patches = tab.take("patch");
  REQUIRE(patches.size() == 1);
  std::string before = "-1";
  std::string last = before;
  for (const Effect& effect : tab.seen) {
    if (effect.verb() != "show" && effect.verb() != "patch") continue;
    before = std::exchange(last, effect["serve"]);
  }
  Fields fields(patches[0].begin() + 2, patches[0].end());
  fields[0] = patches[0]["serve"] == before ? "0" : "1";
  return fields;
}

}  // namespace

TEST_CASE("A refresh patches only the changes, and a new serve id begins a new serve") {
  World world;
  Tab& tab = world.open();
  open(tab, 1, "a");
  replyTo(tab, reply("sv_1", {product("p1", "1"), product("p2", "2")}));
  CHECK(states(tab) == Fields{"1 loading", "1 ready"});

  refresh(tab, reply("sv_1", {product("p1", "1"), product("p2", "2")}));
  CHECK(patched(tab) == Fields{"0"});
  refresh(tab, reply("sv_1", {product("p1", "1"), product("p2", "3")}));
  const Fields one = patched(tab);
  REQUIRE(one.size() == 7);
  CHECK(one[1] == "set");
  CHECK(one[2] == "1");
  CHECK(one[5] == "=2.00");
  CHECK(one[6] == "=3.00");

  refresh(tab, reply("sv_2", {product("p2", "3"), product("p1", "1")}));
  const Fields two = patched(tab);
  CHECK(Fields(two.begin(), two.begin() + 3) == Fields{"1", "order", ">1 0"});
  refresh(tab, reply("sv_3", {product("p9", "3"), product("p1", "1")}));
  const Fields three = patched(tab);
  CHECK(Fields(three.begin(), three.begin() + 3) == Fields{"1", "order", "+ 1"});
  CHECK(three[3].find("data-vitrine-item=\"p9\"") != std::string::npos);
  CHECK(states(tab).empty());
  CHECK(tab.runtime->slotHtml(1).find("p9") != std::string::npos);

  world.advance(6000);
  int served = 0;
  for (const Json& event : world.collector.events) served += stringMember(event, "type") == "itemsServed" ? 1 : 0;
  CHECK(served == 3);
}

TEST_CASE("A failed refresh keeps the products on show and marks the slot as stale") {
  World world;
  Tab& tab = world.open();
  open(tab, 1, "a");
  replyTo(tab, reply("sv_1", {product("p1", "1")}));
  refresh(tab, "busy", 500);
  CHECK(states(tab) == Fields{"1 loading", "1 ready", "1 stale"});
  refresh(tab, reply("sv_1", {product("p1", "1")}));
  CHECK(patched(tab) == Fields{"0"});
  refresh(tab, reply("sv_2", {}));
  CHECK(states(tab) == Fields{"1 empty"});
  refresh(tab, "busy", 500);
  CHECK(states(tab) == Fields{"1 error"});
}

TEST_CASE("Refreshing a slot that waits for a reply sends no second request") {
  World world;
  Tab& tab = world.open();
  open(tab, 1, "a");
  tab.act("refreshSlot", &Runtime::refreshSlot, 1.0);
  tab.act("refreshSlot", &Runtime::refreshSlot, 7.0);
  CHECK(tab.take("ask").size() == 1);
}

TEST_CASE("Refreshing a slot that could not be opened shows its error state again") {
  World world;
  Tab& tab = world.open();
  tab.act("openSlot", &Runtime::openSlot, 1.0, std::string(R"({"kind":"nonsense"})"));
  CHECK(states(tab) == Fields{"1 error"});
  tab.act("refreshSlot", &Runtime::refreshSlot, 1.0);
  CHECK(states(tab) == Fields{"1 error"});
  CHECK(tab.take("ask").empty());
}

TEST_CASE("A slot with a new query keeps its cards for a patch, but drops them on an error") {
  World world;
  Tab& tab = world.open();
  open(tab, 1, "a");
  replyTo(tab, reply("sv_1", {product("p1", "1"), product("p2", "2")}));
  open(tab, 1, "b");
  replyTo(tab, reply("sv_2", {product("p2", "2")}));
  CHECK(states(tab) == Fields{"1 loading", "1 ready", "1 loading"});
  CHECK(patched(tab)[2] == "1");
  open(tab, 1, "c");
  replyTo(tab, "busy", 500);
  CHECK(states(tab) == Fields{"1 loading", "1 error"});
  CHECK(tab.runtime->slotHtml(1).empty());
}

TEST_CASE("A slot that is opened for later sends its request at the first refresh") {
  World world;
  Tab& tab = world.open();
  tab.act("openSlot", &Runtime::openSlot, 1.0,
          std::string(R"({"kind":"similarItems","query":{"topK":2,"anchorId":"a"},"later":true})"));
  world.advance(1000);
  CHECK(states(tab) == Fields{"1 loading"});
  CHECK(tab.take("ask").empty());
  tab.act("refreshSlot", &Runtime::refreshSlot, 1.0);
  tab.act("refreshSlot", &Runtime::refreshSlot, 1.0);
  CHECK(tab.take("ask").size() == 1);
  world.advance(301);
  CHECK(states(tab) == Fields{"1 skeleton"});
}

TEST_CASE("A skeleton is drawn only for a long first wait") {
  World world;
  Tab& tab = world.open();
  open(tab, 1, "a");
  world.advance(299);
  CHECK(states(tab) == Fields{"1 loading"});
  world.advance(2);
  CHECK(states(tab) == Fields{"1 skeleton"});
  replyTo(tab, reply("sv_1", {product("p1", "1")}));
  world.advance(1000);
  refresh(tab, reply("sv_1", {product("p1", "1")}));
  world.advance(1000);
  CHECK(states(tab) == Fields{"1 ready"});
}

TEST_CASE("Server-rendered products are recorded as a serve without a request") {
  World world;
  Tab& tab = world.open();
  tab.act("openSlot", &Runtime::openSlot, 1.0,
          std::string(R"({"kind":"similarItems","query":{"topK":2,"anchorId":"a"},)"
                      R"("rendered":{"serveId":"sv_s","itemIds":["p1","p2"]}})"));
  CHECK(tab.take("ask").empty());
  CHECK(states(tab).empty());
  CHECK(patched(tab) == Fields{"1"});
  CHECK(tab.track("click", "p2", 0) == 0);
  refresh(tab, "busy", 500);
  refresh(tab, reply("sv_1", {product("p1", "1")}));
  CHECK(states(tab) == Fields{"1 stale", "1 ready"});
  world.advance(6000);
  CHECK(stringMember(world.collector.events[0], "serveId") == "sv_s");
}

TEST_CASE("Server-rendered markup is patched from the markup that the page reports") {
  const auto adopt = [](Tab& tab, double id) {
    tab.act("openSlot", &Runtime::openSlot, id,
            std::string(R"({"kind":"similarItems","query":{"topK":2,"anchorId":"a"},)"
                        R"("rendered":{"serveId":"sv_1","itemIds":["p1","p2"]}})"));
  };
  const auto page = [](const std::string& html) {
    const std::size_t first = html.find("<li"), second = html.find("<li", first + 1), end = html.find("</ul>");
    Text out;
    JsonObject object(out);
    object.add("frame", html.substr(0, first) + html.substr(end));
    vitrine::Text& items = object.key("items");
    for (const auto& [id, item] :
         {std::pair{"p1", html.substr(first, second - first)}, {"p2", html.substr(second, end - second)}}) {
      items += items.back() == ':' ? '[' : ',';
      JsonObject(items).add("id", id).add("html", item).close();
    }
    items += ']';
    object.close();
    return out;
  };
  World world;
  Tab& tab = world.open();
  open(tab, 7, "a");
  replyTo(tab, reply("sv_1", {product("p1", "1"), product("p2", "2")}));
  const std::string rendered = tab.runtime->slotHtml(7);

  adopt(tab, 1);
  CHECK(tab.runtime->slotHtml(1).empty());
  CHECK(tab.runtime->slotPatch(1, page(rendered)).empty());
  states(tab);
  tab.take("patch");
  refresh(tab, reply("sv_1", {product("p2", "3"), product("p1", "1")}));
  CHECK(states(tab) == Fields{"1 ready"});
  std::string patch = tab.runtime->slotPatch(1, page(rendered));
  for (char& c : patch) c = c == FieldWriter::kSeparator ? '|' : c;
  CHECK(patch.starts_with("=|order|>1 0|set|0||data-vitrine-position|=1|=0|set|0|"));
  CHECK(patch.find("|=2.00|=3.00|set|1||data-vitrine-position|=0|=1") != std::string::npos);
  CHECK(tab.runtime->slotPatch(1, R"({"frame":"<p></p>","items":[]})").empty());
  CHECK(tab.runtime->slotPatch(1, "").empty());
  // From now on the core knows the markup on the page.
  refresh(tab, reply("sv_1", {product("p2", "3"), product("p1", "1")}));
  CHECK(patched(tab) == Fields{"0"});
  world.advance(6000);
  int served = 0;
  for (const Json& event : world.collector.events) served += stringMember(event, "type") == "itemsServed" ? 1 : 0;
  CHECK(served == 2);  // the refresh with the same serve id began no new serve
}
