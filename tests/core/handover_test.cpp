// What a page that is left does with requests whose answers it will not hear.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "core/runtime.h"

using namespace vitrine;

namespace {

constexpr double kNow = 1'760'000'000'000;

std::string bootOf(const std::string& provider) {
  return R"({"config":{"provider":)" + provider +
         R"(},"seed":"00112233445566778899aabbccddeeff","page":{"url":"https://shop.example/","referrer":"","title":""},)"
         R"("visible":1,"online":1,"storage":"localStorage","state":{},"journals":[]})";
}

int countOf(const std::string& effects, const std::string& verb) {
  int n = 0;
  for (std::size_t at = effects.find(verb); at != std::string::npos; at = effects.find(verb, at + 1)) ++n;
  return n;
}

// Effects of a page that put something in the cart, sent it, and was left before the answer.
std::string leaveBeforeTheAnswer(Runtime& runtime) {
  const double serve = runtime.serve(R"({"surface":"home_page","source":"picks","itemIds":["sku_1"]})", kNow);
  runtime.drainEffects();
  runtime.itemEvent(serve, "addToCart", "sku_1", 0, 1, kNow + 1);
  runtime.leaving(kNow + 2);
  std::string effects = runtime.drainEffects();
  runtime.suspend(kNow + 3);
  return effects + runtime.drainEffects();
}

}  // namespace

TEST_CASE("What a service would count twice is delivered when a page hands it over") {
  Runtime runtime(
      bootOf(R"({"name":"doofinder","zone":"eu1","hashid":"0123456789abcdef0123456789abcdef","configs":{}})"), kNow);
  const std::string effects = leaveBeforeTheAnswer(runtime);
  CHECK(countOf(effects, "/stats/cart/") == 1);
  CHECK(runtime.metrics(kNow + 4).find("\"queued\":0") != std::string::npos);
}

TEST_CASE("What a service knows again waits for its answer in the store") {
  Runtime runtime(bootOf(R"({"name":"refine","apiKey":"pk","organizationId":"o","catalogId":"c"})"), kNow);
  const std::string effects = leaveBeforeTheAnswer(runtime);
  CHECK(countOf(effects, "addToCart") >= 2);  // saved and sent
  CHECK(effects.find("forget\x1fvitrine:1:j:") == std::string::npos);
}

TEST_CASE("An error that a page hears as it is left says nothing: what would count twice is not sent again") {
  const auto sendsAgain = [](bool isLeft) {
    Runtime runtime(
        bootOf(R"({"name":"doofinder","zone":"eu1","hashid":"0123456789abcdef0123456789abcdef","configs":{}})"), kNow);
    const double serve = runtime.serve(R"({"surface":"home_page","source":"picks","itemIds":["sku_1"]})", kNow);
    runtime.itemEvent(serve, "addToCart", "sku_1", 0, 1, kNow + 1);
    runtime.flush(1, kNow + 2);
    std::string effects;
    // One request after the other: the session's beginning, then the cart.
    for (int request = 1; request <= 2; ++request) {
      effects += runtime.drainEffects();
      if (isLeft && request == 2) runtime.leaving(kNow + 3);
      runtime.requestDone(request, request == 1 ? 200 : 0, "", "", kNow + 4);
    }
    CHECK(countOf(effects, "/stats/cart/") == 1);
    runtime.wake(kNow + 100'000);
    return countOf(runtime.drainEffects(), "/stats/cart/");
  };
  CHECK(sendsAgain(false) == 1);
  CHECK(sendsAgain(true) == 0);
}
