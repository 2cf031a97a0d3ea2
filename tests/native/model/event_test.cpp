#include "model/event.h"

#include <catch2/catch_test_macros.hpp>

#include "base/json.h"

using namespace vitrine;

namespace {

constexpr TimeMs kNowMs = 1700000000000;
constexpr char kIds[] = R"("visitorId":"v_a","sessionId":"s_a","userId":null)";

struct Page {
  Random random{"00112233445566778899aabbccddeeff"};
  EventWriter writer{random, "page1"};
};

}  // namespace

TEST_CASE("An event has id, type, time, number, page and ids, in this order") {
  Page page;
  const Event event = page.writer.write(EventKind::kClick, kNowMs, kIds, R"("itemId":"a")");
  CHECK(event.kind == EventKind::kClick);
  CHECK(event.atMs == kNowMs);
  const std::string id(event.text.substr(12, 26));
  CHECK(event.text == R"({"eventId":")" + id + R"(","type":"click","at":1700000000000,"seq":0,"pageId":"page1",)" +
                          kIds + R"(,"itemId":"a"})");
}

TEST_CASE("Events of a page are numbered, another page starts at 0, and no id repeats") {
  Page page;
  const auto seq = [&] {
    return numberMember(parseJson(page.writer.write(EventKind::kView, kNowMs, {}, {}).text), "seq", -1);
  };
  CHECK(seq() == 0);
  CHECK(seq() == 1);
  page.writer.setPage("page2");
  const Event event = page.writer.write(EventKind::kView, kNowMs, {}, {});
  CHECK(numberMember(parseJson(event.text), "seq", -1) == 0);
  CHECK(stringMember(parseJson(event.text), "pageId") == "page2");
}

TEST_CASE("An event without ids or members is still one JSON object") {
  Page page;
  for (const char* ids : {"", kIds}) {
    for (const char* members : {"", R"("itemId":"a")"}) {
      CHECK(parseJson(page.writer.write(EventKind::kView, kNowMs, ids, members).text).isObject());
    }
  }
}

TEST_CASE("Every kind reads back as it was written, and no two have the same name") {
  Page page;
  for (int i = 0; i < kEventKinds; ++i) {
    const auto kind = static_cast<EventKind>(i);
    const Event written = page.writer.write(kind, kNowMs + i, kIds, {});
    Event read;
    REQUIRE(readEvent(written.text, read));
    CHECK(read.kind == kind);
    CHECK(read.atMs == kNowMs + i);
    CHECK(read.text == written.text);
    EventKind named;
    REQUIRE(readEventKind(kEventNames[i], named));
    CHECK(named == kind);
  }
  EventKind kind;
  CHECK_FALSE(readEventKind("Click", kind));
  CHECK_FALSE(readEventKind("", kind));
}

TEST_CASE("Text that is no event is refused") {
  Event event;
  for (const char* text :
       {"", "{}", "null", "[]", "oops", R"({"eventId":"","type":"click","at":1})",
        R"({"eventId":"1","type":"","at":1})", R"({"eventId":"1","at":1})", R"({"eventId":"1","type":"click"})",
        R"({"eventId":"1","type":"click","at":"1"})", R"({"eventId":1,"type":"click","at":1})",
        R"({"eventId":"1","type":"click","at":-1})", R"({"eventId":"1","type":"click","at":1)"}) {
    CAPTURE(text);
    CHECK_FALSE(readEvent(text, event));
  }
  const std::string start = R"({"eventId":"1","type":"click","at":1,"x":")";
  CHECK(readEvent(start + std::string(1000, 'x') + "\"}", event));
  CHECK_FALSE(readEvent(start + std::string(kMaxOrderBytes, 'x') + "\"}", event));
}

TEST_CASE("A stored event of a type that only a later version knows is kept as it is") {
  Event event;
  const std::string text = R"({"eventId":"1","type":"wishlist","at":5,"itemId":"a"})";
  REQUIRE(readEvent(text, event));
  CHECK(event.kind == EventKind::kCustom);
  CHECK(event.text == text);
  CHECK(event.atMs == 5);
}

TEST_CASE("An event without its ids equals an event that was anonymous from the start") {
  Page page;
  for (const char* user : {"null", R"("u1")", R"("a\"b,\\")", R"("\\")"}) {
    for (const char* members : {"", R"("itemId":"x","serveId":"y")"}) {
      Random a("01"), b("01");
      const std::string ids = std::string(R"("visitorId":"v_a","sessionId":"s_a","userId":)") + user;
      const Event with = EventWriter(a, "p").write(EventKind::kClick, kNowMs, ids, members);
      const Event without = EventWriter(b, "p").write(EventKind::kClick, kNowMs, {}, members);
      CHECK(withoutIds(with.text) == without.text);
    }
  }
}

TEST_CASE("An identify event without its ids does not name the user before") {
  Page page;
  const std::string event = page.writer.write(EventKind::kIdentify, kNowMs, kIds, R"("previousUserId":"a\"b")").text;
  CHECK(withoutIds(event).find("User") == std::string::npos);
  const std::string more =
      page.writer.write(EventKind::kIdentify, kNowMs, kIds, R"("previousUserId":"a","bot":"x")").text;
  CHECK(withoutIds(more).find(R"("pageId":"page1","bot":"x"})") != std::string::npos);
}

TEST_CASE("Removing the ids leaves members alone that only look like ids") {
  Page page;
  for (const char* members : {R"("itemId":",\"visitorId\":\"v\",\"userId\":null")",
                              R"("filters":[{"a":1,"visitorId":"x"},{"b":1,"userId":null}])", R"("userId":"u")"}) {
    const Event event = page.writer.write(EventKind::kItemsServed, kNowMs, {}, members);
    CHECK(withoutIds(event.text) == event.text);
    const Event full = page.writer.write(EventKind::kItemsServed, kNowMs, kIds, members);
    CHECK(withoutIds(full.text).find(members) != std::string::npos);
    CHECK(parseJson(withoutIds(full.text)).isObject());
  }
  for (const char* text :
       {"", "{}", "{\"pageId\":", "{,\"pageId\":\"",
        "{,\"pageId\":\"a\",\"visitorId\":\"b\",\"userId\":", "{,\"pageId\":\"a\",\"visitorId\":\"b\",\"userId\":\"c",
        "{,\"pageId\":\"a\",\"visitorId\":\"b\",\"userId\":n"}) {
    CHECK(withoutIds(text).size() <= std::string_view(text).size());
  }
}
