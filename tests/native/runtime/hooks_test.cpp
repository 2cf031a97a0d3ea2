// Tests that events are held for the page's hooks, and what the core takes back from them.
#include <catch2/catch_test_macros.hpp>

#include "base/field_writer.h"
#include "runtime/runtime.h"
#include "tracking/amend.h"

using namespace vitrine;

namespace {

constexpr double kNow = 1.7e12;

Text boot(const char* config, const char* more = R"(,"hooks":1)") {
  return Text(R"({"config":)") + config + R"(,"seed":"0123456789abcdef0123456789abcdef",)" +
         R"("page":{"url":"https://shop.example/p","referrer":""},"storage":"localStorage")" + more + "}";
}

constexpr char kCollector[] = R"({"events":{"url":"https://shop.example/e"},"autoTrack":true})";

// The only record in a text of records.
Text only(const Text& records) {
  REQUIRE(records.size() > 1);
  CHECK(records.find(FieldWriter::kRecordEnd) == records.size() - 1);
  return Text(std::string_view(records).substr(0, records.size() - 1));
}

double count(const Runtime& runtime, const char* name) {
  const Json metrics = parseJson(runtime.metrics(kNow));
  const Json* dropped = member(metrics, "dropped");
  return numberMember(metrics, name, dropped ? numberMember(*dropped, name, 0) : 0);
}

Text amended(std::string_view before, std::string_view after) {
  Text text;
  const Problem problem = amendEvent(parseJson(before), parseJson(after), text);
  return problem ? "! " + problem->message : text;
}

constexpr char kHead[] = R"({"eventId":"01K","type":"%","at":1.5,"seq":0,"pageId":"p","visitorId":"v_1",)"
                         R"("sessionId":"s_1","userId":null,)";

Text event(const char* type, std::string_view members) {
  Text text = kHead;
  text.replace(text.find('%'), 1, type);
  return text + members + "}";
}

}  // namespace

TEST_CASE("A page with hooks gets each event before the queue has it, the first page view too") {
  Runtime runtime(boot(kCollector), kNow);
  CHECK(count(runtime, "queued") == 0);
  const Text view = only(runtime.hold("", kNow));
  CHECK(stringMember(parseJson(view), "type") == "pageView");
  CHECK(runtime.hold(view, kNow).empty());
  CHECK(count(runtime, "queued") == 1);
  runtime.shopEvent("custom", R"({"name":"a"})", "", kNow);
  runtime.shopEvent("custom", R"({"name":"b"})", "", kNow);
  const Text both = runtime.hold("", kNow);
  const auto first = both.find(FieldWriter::kRecordEnd);
  CHECK(stringMember(parseJson(std::string_view(both).substr(0, first)), "name") == "a");
  runtime.hold(Text(std::string_view(both).substr(0, first)), kNow);
  CHECK(runtime.hold("null", kNow).empty());
  CHECK(count(runtime, "queued") == 2);
  CHECK(count(runtime, "hook") == 1);
}

TEST_CASE("A page without hooks holds no event, until its first plugin comes") {
  Runtime runtime(boot(kCollector, ""), kNow);
  CHECK(count(runtime, "queued") == 1);
  CHECK(runtime.hold("", kNow).empty());
  runtime.shopEvent("custom", R"({"name":"a"})", "", kNow);
  CHECK(count(runtime, "queued") == 1);
  runtime.hold(only(runtime.hold("", kNow)), kNow);
  CHECK(count(runtime, "queued") == 2);
}

TEST_CASE("An event that is given back obeys the consent of that moment") {
  Runtime runtime(boot(kCollector), kNow);
  const Text view = only(runtime.hold("", kNow));
  CHECK(parseJson(view).children.size() > 7);
  runtime.setConsent("anonymous", kNow);
  runtime.hold(view, kNow);
  CHECK(runtime.drainEffects().find("v_") == Text::npos);
  CHECK(count(runtime, "queued") == 1);
  runtime.identify("u", kNow);
  CHECK(runtime.hold("", kNow).empty());
  runtime.setConsent("denied", kNow);
  runtime.hold(view, kNow);
  CHECK(count(runtime, "queued") == 0);
}

TEST_CASE("A hook changes, adds and removes members, and their order does not matter") {
  const Text purchase = event("purchase", R"("orderId":"o","value":12.50,"currency":"EUR","items":[{"itemId":"a",)"
                                          R"("quantity":1,"attribution":{"serveId":"s"}}],"url":"https://x/")");
  CHECK(amended(purchase, purchase) == purchase);
  Text richer = purchase;
  richer.replace(richer.find("12.50"), 5, "13");
  richer.replace(richer.find(R"(,"url":"https://x/")"), 19, R"(,"coupon":{"code":["X",null]})");
  CHECK(amended(purchase, richer) == richer);
  const Text moved = R"({"coupon":1,)" + Text(std::string_view(purchase).substr(1));
  const Text at = amended(purchase, moved);
  CHECK(at.starts_with(R"({"eventId":"01K","type":"purchase","at":1.5)"));
  CHECK(at.find(R"("userId":null,"coupon":1,"orderId":"o")") != Text::npos);
}

TEST_CASE("What no hook may change stays as it was, also where a hook adds or removes it") {
  const Text click = event("click", R"("itemId":"a","serveId":"s","surface":"x","source":"y")");
  const Text other = R"({"eventId":"other","type":"purchase","at":2,"seq":9,"pageId":"q","visitorId":"v_2",)"
                     R"("previousUserId":"u","itemId":"b","serveId":"s","surface":"x","source":"y"})";
  Text wanted = click;
  wanted.replace(wanted.find(R"("a")"), 3, R"("b")");
  CHECK(amended(click, other) == wanted);
  const Text anonymous = R"({"eventId":"1","type":"pageView","at":1,"seq":0,"pageId":"p","url":"u"})";
  CHECK(amended(anonymous, R"({"visitorId":"v_1","userId":"u","url":"w"})") ==
        R"({"eventId":"1","type":"pageView","at":1,"seq":0,"pageId":"p","url":"w"})");
}

TEST_CASE("An event that a hook has broken is refused with the member at fault") {
  const Text click = event("click", R"("itemId":"a","serveId":"s","surface":"x","source":"y")");
  const auto with = [](const Text& text, const char* from, const char* to) {
    Text changed = text;
    changed.replace(changed.find(from), std::string_view(from).size(), to);
    return changed;
  };
  CHECK(amended(click, with(click, R"("a")", "5")) == "! itemId must be a value of the same kind as before.");
  CHECK(amended(click, with(click, R"("a")", R"("")")) == "! itemId must be a value of the same kind as before.");
  CHECK(amended(click, with(click, R"("serveId":"s",)", "")) ==
        "! serveId must be a value of the same kind as before.");
  CHECK(amended(click, "5").starts_with("! itemId must be"));
  CHECK(amended(click, "{}").starts_with("! itemId must be"));
  const Text purchase =
      event("purchase", R"("orderId":"o","value":1,"currency":"EUR","items":[{"itemId":"a","quantity":1}])");
  CHECK(amended(purchase, with(purchase, "EUR", "euro")) == "! currency must be an ISO 4217 code such as 'EUR'.");
  CHECK(amended(purchase, with(purchase, R"("quantity":1)", R"("quantity":0)")) ==
        "! items[0].quantity must be a number above 0.");
  CHECK(amended(purchase, with(purchase, R"("value":1)", R"("value":-1)")).starts_with("! value must be"));
  CHECK(amended(purchase, with(purchase, R"("orderId":"o",)", "")).starts_with("! orderId must be"));
  CHECK(amended(purchase, with(purchase, R"("o")", "7")) == "! orderId must be a value of the same kind as before.");
  Runtime runtime(boot(kCollector), kNow);
  CHECK(runtime.amend(click, "{}").empty());
  CHECK(stringMember(parseJson(runtime.takeError()), "field") == "itemId");
}
