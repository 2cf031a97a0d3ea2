// Tests what a page that is left does with requests whose replies it may not receive.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "delivery/queue.h"
#include "runtime/runtime.h"
#include "simulation/effect_text.h"
#include "simulation/services.h"
#include "simulation/world.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr double kNow = 1'760'000'000'000;

std::string bootOf(const std::string& provider) {
  return R"({"config":{"provider":)" + provider +
         R"(},"seed":"00112233445566778899aabbccddeeff",)"
         R"("page":{"url":"https://shop.example/","referrer":"","title":""},)"
         R"("visible":1,"online":1,"storage":"localStorage","state":{},"journals":[]})";
}

int countOf(const std::string& effects, const std::string& verb) {
  int n = 0;
  for (std::size_t at = effects.find(verb); at != std::string::npos; at = effects.find(verb, at + 1)) ++n;
  return n;
}

// Returns how many effects of a verb concern a segment of a journal.
std::ptrdiff_t changedSegments(const std::string& effects, std::string_view verb) {
  const std::vector<Effect> changes = named(verb, readEffects(effects));
  return std::count_if(changes.begin(), changes.end(),
                       [](const Effect& change) { return change["key"].starts_with(kJournalPrefix); });
}

// Returns the effects of a page that sends an addToCart event and is left before the reply.
std::string leaveBeforeTheReply(Runtime& runtime) {
  const double serve = runtime.serve(R"({"surface":"home_page","source":"picks","itemIds":["sku_1"]})", kNow);
  runtime.drainEffects();
  runtime.itemEvent(serve, "addToCart", "sku_1", 0, 1, kNow + 1);
  runtime.leaving(kNow + 2);
  std::string effects = runtime.drainEffects();
  runtime.suspend(kNow + 3);
  return effects + runtime.drainEffects();
}

// A service whose requests carry one event in a body, and which would count a repeated event twice.
class ForgetfulService final : public Service {
 public:
  ForgetfulService() : Service(Json(), "Forgetful") {}
  Problem read(int, std::string_view, std::string_view, const Slate*, Slate&) const override { return nullptr; }
  int lane(EventKind) const override { return 0; }
  std::size_t laneSize(int) const override { return 1; }
  bool encode(int, const List<std::string_view>& events, std::string_view, TimeMs, HttpRequest& request) override {
    request.url = "https://service.example/";
    request.body = events.front();
    return true;
  }
  int receipt(int, int status, std::string_view) override { return status == kStatusTimeout ? 204 : status; }

 private:
  Problem build(QueryKind, const Json&, const Asker&, HttpRequest&) const override { return nullptr; }
  unsigned kinds() const override { return 0; }
};

}  // namespace

TEST_CASE("An event that the service would count twice counts as delivered when the page hands it over") {
  Runtime runtime(
      bootOf(R"({"name":"doofinder","zone":"eu1","hashid":"0123456789abcdef0123456789abcdef","configs":{}})"), kNow);
  const std::string effects = leaveBeforeTheReply(runtime);
  CHECK(countOf(effects, "/stats/cart/") == 1);
  CHECK(runtime.metrics(kNow + 4).find("\"queued\":0") != std::string::npos);
}

TEST_CASE("An event that the service recognises stays stored until its reply") {
  Runtime runtime(bootOf(R"({"name":"refine","apiKey":"pk","organizationId":"o","catalogId":"c"})"), kNow);
  const std::string effects = leaveBeforeTheReply(runtime);
  CHECK(countOf(effects, "addToCart") >= 2);  // saved and sent
  CHECK(changedSegments(effects, "forget") == 0);
}

TEST_CASE("A good reply that arrives while the page ends spares the next page a repeat") {
  Runtime runtime(bootOf(R"({"name":"refine","apiKey":"pk","organizationId":"o","catalogId":"c"})"), kNow);
  leaveBeforeTheReply(runtime);
  SECTION("delivered events leave storage and mirror") {
    runtime.requestDone(1, 200, "", "", kNow + 20);
    const std::string effects = runtime.drainEffects();
    CHECK(changedSegments(effects, "forget") == 1);
    CHECK(changedSegments(effects, "unmirror") == 1);
    CHECK(runtime.metrics(kNow + 21).find("\"sent\":2") != std::string::npos);
    runtime.restore(kNow + 30);
    CHECK(runtime.drainEffects().find("send") == std::string::npos);
  }
  SECTION("a bad reply leaves everything where it is") {
    runtime.requestDone(1, 503, "", "", kNow + 20);
    CHECK(runtime.drainEffects().find("forget") == std::string::npos);
  }
  SECTION("the reply may arrive twice") {
    runtime.requestDone(1, 200, "", "", kNow + 20);
    runtime.drainEffects();
    runtime.requestDone(1, 200, "", "", kNow + 21);
    CHECK(runtime.drainEffects().empty());
  }
}

TEST_CASE("If a handed-over request fails, a page that lives on takes its events back, or counts them as lost") {
  World world;
  Tab& tab = world.open({.config = configOf(ServiceName::kDoofinder)});
  tab.serve(R"(["a"])");
  world.advance(9000);
  world.networkMs = 1000;
  const std::string item = itemOf(ServiceName::kDoofinder, 1);
  const auto has = [&](double queued, double sent, double lost) {
    CHECK(tab.metric("queued") == queued);
    CHECK(tab.metric("sent") == 1 + sent);
    CHECK(tab.metric("failed") == lost);
    CHECK(tab.dropped("lost") == lost);
    CHECK(tab.dropped() == lost);
    CHECK(Disk::holds(world.disk.local, item) == (queued > 0));
  };
  tab.track("addToCart", item);
  tab.hide();
  has(0, 1, 0);
  SECTION("the service replies with a failure") {
    world.collector.next = {failure(503)};
    world.advance(1000);
    has(1, 0, 0);
    world.advance(9000);
    has(0, 1, 0);
    CHECK(world.collector.counted[item] == 1);
  }
  SECTION("the service refuses for good") {
    world.collector.next = {failure(404)};
    world.advance(1000);
    CHECK(tab.metric("queued") == 0);
    CHECK(tab.dropped("refused") == 1);
    CHECK(tab.metric("failed") == 1);
    CHECK(tab.metric("sent") == 1);
  }
  SECTION("a network error in a page that ends is not believed") {
    world.collector.next = {failure(kStatusNetwork)};
    world.advance(1000);
    has(0, 0, 1);
    CHECK(stringMember(tab.metrics(), "lastError") == "network");
  }
  SECTION("a network error in a page that is visible again is believed") {
    tab.show();
    world.collector.next = {failure(kStatusNetwork)};
    world.advance(1000);
    has(1, 0, 0);
    world.advance(9000);
    has(0, 1, 0);
  }
  SECTION("the page was suspended meanwhile") {
    tab.suspend();
    world.collector.next = {failure(503)};
    world.advance(1000);
    tab.restore();
    has(0, 0, 1);
  }
  SECTION("ids are no longer allowed") {
    tab.setConsent("anonymous");
    world.collector.next = {failure(503)};
    world.advance(1000);
    has(0, 0, 1);
  }
}

TEST_CASE("Requests that the browser still holds count against the keepalive budget") {
  ForgetfulService service;
  const DeliveryOptions options;
  Random random("1");
  Effects effects;
  std::uint32_t lastRequest = 0;
  Queue queue(options, false, service, random, effects, lastRequest);
  queue.setConsent(Consent::kGranted, 0);
  const auto queued = [&] {
    Text metrics;
    JsonObject json(metrics);
    queue.describe(json, {kNow, 0});
    json.close();
    return numberMember(parseJson(metrics), "queued", -1);
  };
  const auto at = [](TimeMs logicalMs) { return Moment{kNow, logicalMs}; };
  for (const char letter : {'a', 'b', 'c', 'd'}) {
    queue.add(EventKind::kClick, at(0), [&]() -> Event {
      return {"{\"eventId\":\"" + std::string(20'000, letter) + "\"}", kNow, EventKind::kClick};
    });
  }
  queue.setVisible(false, 0);
  queue.advance(at(0));
  CHECK(named("send", drained(effects)).size() == 3);  // 58.6 of 60 KiB
  CHECK(queued() == 1);                                // the events handed over count as delivered
  queue.advance(at(1000));
  CHECK(effects.empty());  // no reply has freed a part of the budget
  queue.requestDone(1, {kStatusNetwork, {}, {}}, at(1100));
  queue.requestDone(2, {200, {}, {}}, at(1100));
  queue.advance(at(2000));
  CHECK(named("send", drained(effects)).size() == 1);
  CHECK(queued() == 0);
}
