// Tests the rule of what a page view is, case by case as docs/page-views.md lists them.
#include "tracking/page_views.h"

#include <catch2/catch_test_macros.hpp>

using namespace vitrine;

namespace {

constexpr const char* kShop = "https://shop.example/p/1";

// Ways in which an address changes: within an entry of the history, or with the entry.
enum Change { kReplace, kPush };

bool isNew(const std::string& from, const std::string& to, Change change, const PageViewOptions& options = {}) {
  const auto page = [&](const std::string& rest) { return pageOf(kShop + rest, change == kPush, options); };
  return page(from) != page(to);
}

}  // namespace

TEST_CASE("Another path is a page view, however the address changes") {
  CHECK(isNew("", "/reviews", kReplace));
  CHECK(isNew("?a=1", "/reviews?a=1", kPush));
  CHECK(pageOf("https://shop.example/", false, {}) != pageOf("https://other.example/", false, {}));
}

TEST_CASE("Another query is a page view with another entry of the history, and none when it is replaced") {
  for (const char* query : {"?variant=11", "?variant=11#a", "?page=2"}) {
    CHECK_FALSE(isNew("", query, kReplace));
    CHECK(isNew("", query, kPush));
    CHECK_FALSE(isNew(query, "", kReplace));
    CHECK(isNew(query, "", kPush));
  }
  CHECK_FALSE(isNew("?utm_source=a&x=1", "?x=1", kReplace));
  CHECK_FALSE(isNew("?x=1", "?x=1", kPush));
}

TEST_CASE("A fragment is a page view only if it is a route, and the start of an application is no route yet") {
  for (const Change change : {kReplace, kPush}) {
    CHECK_FALSE(isNew("", "#reviews", change));
    CHECK_FALSE(isNew("#reviews", "#", change));
    CHECK_FALSE(isNew("", "#/", change));
    CHECK_FALSE(isNew("#!/", "#!", change));
    CHECK(isNew("", "#/cart", change));
    CHECK(isNew("#/cart", "#/checkout", change));
    CHECK(isNew("#!cart", "#!/checkout", change));
    CHECK(isNew("#/cart", "#reviews", change));
  }
  CHECK(isNew("#/list", "#/list?page=2", kPush));
  CHECK_FALSE(isNew("#/list", "#/list?page=2", kReplace));
}

TEST_CASE("With parameters a changed query is a page view exactly when one of them has changed") {
  const PageViewOptions counted{true, {"q", "page", "filter[]"}};
  for (const Change change : {kReplace, kPush}) {
    CHECK(isNew("?q=a", "?q=b", change, counted));
    CHECK(isNew("?q=a", "", change, counted));
    CHECK(isNew("?x=1", "?x=1&page=2", change, counted));
    CHECK(isNew("?filter%5B%5D=red", "?filter[]=red&filter%5B%5D=blue", change, counted));
    CHECK(isNew("#/list?page=1", "#/list?page=2", change, counted));
    CHECK_FALSE(isNew("?q=a&page=2", "?page=2&q=a", change, counted));
    CHECK_FALSE(isNew("?filter[]=red", "?filter%5B%5D=red", change, counted));
    CHECK_FALSE(isNew("?q=a", "?q=a&variant=11", change, counted));
    CHECK_FALSE(isNew("?q=a", "?q=a#page=2", change, counted));
    CHECK_FALSE(isNew("?qq=a%", "?qq=b%5", change, counted));
    CHECK(isNew("?q=a", "/next?q=a", change, counted));
    CHECK_FALSE(isNew("?q=a", "?q=b", change, {true, {}}));
  }
}

TEST_CASE("Parameters and paths that are only written differently are the same") {
  const PageViewOptions counted{true, {"q"}};
  CHECK_FALSE(isNew("?q=red%20shoes&utm_source=x", "?q=red+shoes", kReplace, counted));
  CHECK_FALSE(isNew("/caf%C3%A9", "/caf%c3%a9", kReplace));
  CHECK(isNew("?q=red%20shoes", "?q=red%20boots", kReplace, counted));
}
