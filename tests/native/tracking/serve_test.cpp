#include "tracking/serve.h"

#include <catch2/catch_test_macros.hpp>
#include <limits>

#include "model/event.h"

using namespace vitrine;

namespace {

struct Read {
  Problem problem;
  Serve serve;
  Text members;
  List<Text> parts;
};

Read readServed(std::string_view payload, std::string_view url = "https://s.example/p",
                std::size_t most = kMaxEventBytes) {
  Read read;
  read.problem = readServe(parseJson(payload), "sv_new", url, most, read.serve, read.parts);
  if (!read.parts.empty()) read.members = read.parts.front();
  return read;
}

std::string fieldOf(const Problem& problem) { return problem ? problem->field : "none"; }

std::string fieldOfPurchase(std::string_view payload) {
  Text members;
  return fieldOf(shopEventMembers(EventKind::kPurchase, parseJson(payload), {}, Attribution({}), 0, members));
}

const Serve kServe{"sv_1", R"("serveId":"sv_1","surface":"home","source":"search")"};

}  // namespace

TEST_CASE("An itemsServed event says what was shown, where and why") {
  const Read read =
      readServed(R"({"surface":"product_page","source":"similar-items","itemIds":["a","b\"c"],"serveId":"sv_7",
    "query":"red","totalResults":12,"anchorId":"x","filters":[{"field":"f","operator":"eq","value":1.50}],
      "sortBy":"price",
    "unknown":1})");
  REQUIRE_FALSE(read.problem);
  CHECK(read.serve.serveId == "sv_7");
  CHECK(read.serve.itemFragment == R"("serveId":"sv_7","surface":"product_page","source":"similar-items")");
  CHECK(read.members ==
        read.serve.itemFragment +
            R"(,"itemIds":["a","b\"c"],"query":"red","anchorId":"x","sortBy":"price","totalResults":12,)"
            R"("filters":[{"field":"f","operator":"eq","value":1.50}],"url":"https://s.example/p")");
}

TEST_CASE("A list without a serve id gets one, and members that were not given are left out") {
  const Read read = readServed(
      R"({"surface":"s","source":"t","itemIds":[],"query":"","totalResults":-1,"filters":{},"sortBy":5})", "");
  REQUIRE_FALSE(read.problem);
  CHECK(read.serve.serveId == "sv_new");
  CHECK(read.members == R"("serveId":"sv_new","surface":"s","source":"t","itemIds":[],"sortBy":"5")");
}

TEST_CASE("An invalid list is refused with the name of the wrong field") {
  CHECK(fieldOf(readServed("oops").problem) == "surface");
  CHECK(fieldOf(readServed(R"({"source":"t","itemIds":[]})").problem) == "surface");
  CHECK(fieldOf(readServed(R"({"surface":"","source":"t","itemIds":[]})").problem) == "surface");
  CHECK(fieldOf(readServed(R"({"surface":"s","source":7,"itemIds":[]})").problem) == "source");
  CHECK(fieldOf(readServed(R"({"surface":"s","source":"t"})").problem) == "itemIds");
  CHECK(fieldOf(readServed(R"({"surface":"s","source":"t","itemIds":"a"})").problem) == "itemIds");
  CHECK(fieldOf(readServed(R"({"surface":"s","source":"t","itemIds":["a",""]})").problem) == "itemIds[1]");
  for (const char* id : {"true", "null", "[]", "{}", "\"\\u0000\\u0000\"", "\" \\t\"", "\"undefined\"", "\"NaN\""}) {
    const std::string list = R"({"surface":"s","source":"t","itemIds":["a",)" + std::string(id) + "]}";
    CHECK(fieldOf(readServed(list).problem) == "itemIds[1]");
    for (const char* name : {"serveId", "anchorId"}) {
      if (std::string_view(id) == "null") continue;  // not given
      CHECK(fieldOf(readServed(R"({"surface":"s","source":"t","itemIds":[],")" + std::string(name) + "\":" + id + "}")
                        .problem) == name);
    }
  }
  for (const char* name : {"query", "sortBy", "totalResults", "filters"})
    CHECK(fieldOf(
              readServed(R"({"surface":"s","source":"t","itemIds":[],")" + std::string(name) + "\":\"\\u0000\\u0000\"}")
                  .problem) == name);
  CHECK(fieldOf(readServed(R"({"surface":"s","source":"t","itemIds":[],"totalResults":"240"})").problem) ==
        "totalResults");
  CHECK(fieldOf(readServed(R"({"surface":"s","source":"t","itemIds":[],"totalResults":null})").problem) == "none");
  CHECK(fieldOf(
            readServed(R"({"surface":"s","source":"t","itemIds":[],"filters":[{"value":"\u0000\u0000"}]})").problem) ==
        "filters");
  std::string many = R"({"surface":"s","source":"t","itemIds":["a")";
  for (int i = 1; i < 1000; ++i) many += ",\"a\"";
  CHECK(fieldOf(readServed(many + "]}").problem) == "none");
  CHECK(fieldOf(readServed(many + ",\"a\"]}").problem) == "itemIds");
}

TEST_CASE("The order of a list is a text or a field and a direction") {
  const auto read = [](const char* sortBy) {
    return readServed(R"({"surface":"s","source":"t","itemIds":[],"sortBy":)" + std::string(sortBy) + "}", "");
  };
  CHECK(read(R"({"field":"price","order":"ascending"})").members ==
        R"("serveId":"sv_new","surface":"s","source":"t","itemIds":[],"sortBy":{"field":"price","order":"ascending"})");
  for (const char* none : {"null", R"("")"})
    CHECK(read(none).members == R"("serveId":"sv_new","surface":"s","source":"t","itemIds":[])");
  for (const char* wrong : {"[]", "true", "{}"}) CHECK(fieldOf(read(wrong).problem) == "sortBy");
}

TEST_CASE("Ids may be numbers, and are recorded as texts") {
  const Read read = readServed(R"({"surface":"s","source":"t","itemIds":["a",7,1.50],"serveId":12,"anchorId":3,
    "query":2024})",
                               "");
  REQUIRE_FALSE(read.problem);
  CHECK(read.members ==
        R"("serveId":"12","surface":"s","source":"t","itemIds":["a","7","1.50"],"query":"2024","anchorId":"3")");
}

TEST_CASE("A list that is too long for one event becomes several, and the first alone has the optional members") {
  Text payload = R"({"surface":"s","source":"t","query":"red","itemIds":[)";
  std::vector<std::string> ids;
  for (int i = 0; i < 1000; ++i) {
    ids.push_back(std::to_string(i) + "\"" + std::string(120, 'x'));
    if (i > 0) payload += ',';
    appendString(payload, ids.back());
  }
  const Read read = readServed(payload + "]}");
  REQUIRE_FALSE(read.problem);
  REQUIRE(read.parts.size() == 2);
  std::size_t next = 0;
  for (const Text& part : read.parts) {
    CHECK(part.size() <= kMaxEventBytes);
    const Json event = parseJson("{" + part + "}");
    CHECK(numberMember(event, "offset", 0) == static_cast<double>(next));
    CHECK((member(event, "offset") == nullptr) == (next == 0));
    CHECK((member(event, "query") != nullptr) == (next == 0));
    CHECK(stringMember(event, "serveId") == "sv_new");
    for (const Json& id : member(event, "itemIds")->children) CHECK(id.text == ids[next++]);
  }
  CHECK(next == ids.size());
}

TEST_CASE("What cannot be divided is refused as too large") {
  const auto refused = [](const std::string& payload, std::size_t most) {
    const Problem problem = readServed(payload, "", most).problem;
    return problem ? problem->code + " " + problem->field : "none";
  };
  const std::string longId(300, 'x');
  CHECK(refused(R"({"surface":"s","source":"t","itemIds":["a",")" + longId + "\"]}", 300) == "too-large itemIds[1]");
  CHECK(refused(R"({"surface":"s","source":"t","itemIds":["a","b"]})", 300) == "none");
  CHECK(refused(R"({"surface":"s","source":"t","query":")" + longId + R"(","itemIds":[]})", 300) ==
        "too-large filters");
}

TEST_CASE("An item event carries its serve, and position and quantity if they were given") {
  const auto members = [](std::string_view id, double position, double quantity) {
    Text out;
    CHECK_FALSE(itemMembers(kServe, id, position, quantity, out));
    return out;
  };
  CHECK(members("a", 0, 2) == "\"itemId\":\"a\",\"position\":0,\"quantity\":2," + kServe.itemFragment);
  CHECK(members("a", -1, 0) == "\"itemId\":\"a\"," + kServe.itemFragment);
  CHECK(members("a", 1.5, -3) == "\"itemId\":\"a\"," + kServe.itemFragment);
  const double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
  CHECK(members("a", nan, nan) == "\"itemId\":\"a\"," + kServe.itemFragment);
  CHECK(members("a", infinity, infinity) == "\"itemId\":\"a\"," + kServe.itemFragment);
  Text out;
  for (const char* id : {"", " ", "\u00A0\n", "undefined", "null", "NaN", "[object Promise]"})
    CHECK(fieldOf(itemMembers(kServe, id, 0, 0, out)) == "itemId");
}

TEST_CASE("A purchase event says what was bought and for how much") {
  Text members;
  REQUIRE_FALSE(shopEventMembers(
      EventKind::kPurchase,
      parseJson(R"({"orderId":"o1","value":25.8,"currency":"EUR","items":[{"itemId":"a","quantity":2,"unitPrice":12.9},
                {"itemId":"b","quantity":1,"unitPrice":null,"note":"x"}]})"),
      "https://s.example/done", Attribution({}), 0, members));
  CHECK(members ==
        R"("orderId":"o1","value":25.8,"currency":"EUR","items":[{"itemId":"a","quantity":2,"unitPrice":12.9},)"
        R"({"itemId":"b","quantity":1}],"url":"https://s.example/done")");
}

TEST_CASE("An order may have a number as its id, weights as quantities and discounts as lines") {
  Text members;
  REQUIRE_FALSE(shopEventMembers(EventKind::kPurchase,
                                 parseJson(R"({"orderId":1001,"value":5,"currency":"EUR","items":[)"
                                           R"({"itemId":7,"quantity":0.75,"unitPrice":20},)"
                                           R"({"itemId":"voucher","quantity":1,"unitPrice":-10.00}]})"),
                                 "", Attribution({}), 0, members));
  CHECK(members ==
        R"("orderId":"1001","value":5,"currency":"EUR","items":[{"itemId":"7","quantity":0.75,"unitPrice":20},)"
        R"({"itemId":"voucher","quantity":1,"unitPrice":-10.00}])");
}

TEST_CASE("An invalid purchase is refused with the name of the wrong field") {
  const std::string items = R"("items":[{"itemId":"a","quantity":1}])";
  CHECK(fieldOfPurchase(R"({"orderId":"o","value":0,"currency":"EUR",)" + items + "}") == "none");
  CHECK(fieldOfPurchase("null") == "orderId");
  for (const char* id :
       {"null", "true", "{}", "\"\\u0000\\u0000\"", "\"\"", "\" \"", "\"undefined\"", "\"[object Object]\""})
    CHECK(fieldOfPurchase(R"({"orderId":)" + std::string(id) + R"(,"value":1,"currency":"EUR",)" + items + "}") ==
          "orderId");
  CHECK(fieldOfPurchase(R"({"orderId":"o","value":-1,"currency":"EUR",)" + items + "}") == "value");
  CHECK(fieldOfPurchase(R"({"orderId":"o","value":"1","currency":"EUR",)" + items + "}") == "value");
  for (const char* currency : {"\"eur\"", "\"EURO\"", "\"ABC\"", "\"XXX\"", "\"\"", "978", "\"E R\""})
    CHECK(fieldOfPurchase(std::string(R"({"orderId":"o","value":1,"currency":)") + currency + "," + items + "}") ==
          "currency");
  const auto withItems = [](std::string_view list) {
    return fieldOfPurchase(R"({"orderId":"o","value":1,"currency":"EUR","items":)" + std::string(list) + "}");
  };
  CHECK(withItems("[]") == "items");
  CHECK(withItems("{}") == "items");
  CHECK(withItems("[7]") == "items[0].itemId");
  CHECK(withItems(R"([{"itemId":"a","quantity":1},{"itemId":"","quantity":1}])") == "items[1].itemId");
  CHECK(withItems(R"([{"itemId":"a"}])") == "items[0].quantity");
  CHECK(withItems(R"([{"itemId":"a","quantity":0}])") == "items[0].quantity");
  for (const char* quantity : {"-1", "\"2\"", "null", "\"\\u0000\\u0000\""})
    CHECK(withItems(R"([{"itemId":"a","quantity":)" + std::string(quantity) + "}]") == "items[0].quantity");
  CHECK(withItems(R"([{"itemId":"a","quantity":1,"unitPrice":"\u0000\u0000"}])") == "items[0].unitPrice");
  CHECK(withItems(R"([{"itemId":"a","quantity":1,"unitPrice":"9"}])") == "items[0].unitPrice");
}

TEST_CASE("A serve is found by its number or its id only") {
  Serves serves;
  CHECK(serves.find(0) == nullptr);
  CHECK(serves.open({"a", ""}) == 0);
  CHECK(serves.open({"b", ""}) == 1);
  CHECK(serves.open({"a", ""}) == 2);
  CHECK(serves.find(1)->serveId == "b");
  for (const double number : {-1.0, 3.0, 0.5, 1e300, std::numeric_limits<double>::quiet_NaN()})
    CHECK(serves.find(number) == nullptr);
  CHECK(serves.numberOf("a") == 2);
  CHECK(serves.numberOf("c") == -1);
}

TEST_CASE("A serve is current in its page view, can be found in the next one, and ends then, unless a slot holds it") {
  Serves serves;
  const int passing = serves.open({"passing", ""}), held = serves.open({"held", ""});
  serves.hold(held, true);
  CHECK(serves.isCurrent(passing));
  serves.newPage();
  CHECK_FALSE(serves.isCurrent(passing));
  CHECK(serves.isCurrent(held));
  CHECK(serves.find(passing));
  serves.newPage();
  CHECK_FALSE(serves.find(passing));
  CHECK(serves.isCurrent(held));
  serves.hold(held, false);
  serves.newPage();
  CHECK(serves.find(held));
  serves.newPage();
  CHECK_FALSE(serves.find(held));
  for (int i = 0; i < 1000; ++i) {
    serves.open({"x", ""});
    serves.newPage();
  }
  CHECK(serves.size() <= 2);
}
