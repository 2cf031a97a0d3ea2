// Counts the live allocations of the core: an application that changes its route all day must not grow.

#include <malloc.h>

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <new>

#include "runtime/runtime.h"
#include "simulation/effect_text.h"
#include "simulation/tab.h"

namespace {

struct Alive {
  long count = 0;
  long bytes = 0;
};
Alive alive;

}  // namespace

// Count every allocation of the test program. Sizes are the usable sizes that malloc reports.
void* operator new(std::size_t size) {
  void* memory = std::malloc(size);
  if (!memory) std::abort();
  ++alive.count;
  alive.bytes += static_cast<long>(malloc_usable_size(memory));
  return memory;
}
void operator delete(void* memory) noexcept {
  if (!memory) return;
  --alive.count;
  alive.bytes -= static_cast<long>(malloc_usable_size(memory));
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

using namespace vitrine;
using namespace vitrine::test;

namespace {

// A page of an application whose services answer at once.
class Application {
 public:
  Application() : runtime_(boot(), nowMs_) { perform(); }

  // Visits `count` routes. Each makes a data call, opens and closes a slot, serves a list of the page's own, and
  // records five views, a click and an addToCart.
  void visit(int from, int count) {
    for (int route = from; route < from + count; ++route) {
      const std::string name = std::to_string(route);
      runtime_.navigate("https://shop.example/" + name, nowMs_);
      runtime_.request(route, "similarItems", R"({"anchorId":"a)" + name + R"("})", nowMs_);
      perform();
      runtime_.openSlot(route,
                        R"({"kind":"similarItems","surface":"s","source":"w","query":{"anchorId":"b)" + name + R"("}})",
                        nowMs_);
      perform();
      const double serve = runtime_.serve(R"({"surface":"s","source":"t","itemIds":["a","b","c","d","e"]})", nowMs_);
      double watched[5];
      for (int i = 0; i < 5; ++i) {
        watched[i] = runtime_.watch(serve, "item-" + name + "-" + std::to_string(i), i, nowMs_);
        runtime_.itemVisible(watched[i], 1e4, 1e4, 1e4, nowMs_);
      }
      pass(0);
      pass(1500);
      runtime_.itemEvent(serve, "click", "item-" + name, 0, 0, nowMs_);
      runtime_.itemEvent(serve, "addToCart", "item-" + name, 0, 1, nowMs_);
      for (const double watch : watched) runtime_.unwatch(watch);
      runtime_.closeSlot(route, nowMs_);
      pass(10'000);
    }
  }
  std::string metrics() { return runtime_.metrics(nowMs_); }

 private:
  static std::string boot() {
    return R"({"config":)" + configWith(R"("autoTrack":true)") +
           R"(,"seed":"000102030405060708090a0b0c0d0e0f","page":{"url":"https://shop.example/"},)"
           R"("visible":1,"online":1,"storage":"localStorage"})";
  }
  void pass(double ms) {
    nowMs_ += ms;
    runtime_.checkViews(nowMs_, nowMs_);
    runtime_.wake(nowMs_);
    perform();
  }
  void perform() {
    for (bool isNews = true; isNews;) {
      isNews = false;
      for (const Effect& effect : readEffects(runtime_.drainEffects())) {
        isNews = true;
        if (effect.verb() == "claim") runtime_.claimed(effect["journalId"], "{}", nowMs_);
        if (effect.verb() == "scan") runtime_.found("[]", "[]", nowMs_);
        if (effect.verb() == "send" || effect.verb() == "ask")
          runtime_.requestDone(effect.number("requestId"), 200, "",
                               R"({"serveId":"sv_1","results":[{"productId":"p"}]})", nowMs_);
      }
    }
  }

  double nowMs_ = 1.7e12;
  Runtime runtime_;
};

}  // namespace

TEST_CASE("Memory does not grow over a thousand routes") {
  Application application;
  // First fill everything that has a bound: touches of attribution, the cart, cached replies, buffers.
  application.visit(1000, 1000);
  const Alive before = alive;
  application.visit(2000, 1000);
  const Alive after = alive;
  const Json metrics = parseJson(application.metrics());
  CHECK(numberMember(metrics, "queued", -1) == 0);
  CHECK(numberMember(metrics, "sent", 0) > 2000 * 8);
  INFO("allocations " << before.count << " -> " << after.count << ", bytes " << before.bytes << " -> " << after.bytes);
  CHECK(after.count - before.count <= 8);
  CHECK(after.bytes - before.bytes <= 2048);
}
