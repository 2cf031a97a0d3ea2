#include "base/effects.h"

#include <catch2/catch_test_macros.hpp>

#include "simulation/effect_text.h"

using namespace vitrine;
using vitrine::test::drained;
using vitrine::test::Effect;

TEST_CASE("Effects come out in the order in which they were emitted, each once") {
  Effects effects;
  CHECK(effects.empty());
  effects.save("k", "v");
  effects.claim("j", true);
  effects.forget("k");
  effects.scan();
  CHECK(drained(effects) == std::vector<Effect>{{"save", "k", "v"}, {"claim", "j", "1"}, {"forget", "k"}, {"scan"}});
  CHECK(effects.empty());
  CHECK(effects.drain().empty());
}

TEST_CASE("Every effect is written with all its fields, in the order of the list") {
  Effects effects;
  effects.send({.requestId = 7,
                .keepalive = true,
                .timeoutMs = 15000,
                .url = "https://e/x",
                .body = "{}",
                .method = "POST",
                .headersJson = {},
                .mode = "no-cors"});
  effects.ask({.requestId = 8,
               .timeoutMs = 10000,
               .method = "POST",
               .url = "https://e/recs",
               .headersJson = R"({"a":"b"})",
               .body = "body"});
  effects.script(9, 10000, "https://e/x.js");
  effects.cancel(8);
  effects.release("j");
  effects.mirror("k", "v");
  effects.unmirror("k");
  effects.settle(3, true, "{}");
  effects.settle(4, false, "{}");
  Text steps;
  FieldWriter(steps).add("item").add("0").add("<p>");
  effects.show(5, 2, "ready", "<p>");
  effects.show(5, -1, "empty", {});
  effects.patch(5, 3, {steps});
  effects.reportViews(false);
  effects.notify("metrics");
  effects.log(LogLevel::kWarn, "code", "text");
  const auto all = drained(effects);
  CHECK(all == std::vector<Effect>{{"send", "7", "1", "15000", "https://e/x", "{}", "POST", "", "no-cors", "0"},
                                   {"ask", "8", "10000", "POST", "https://e/recs", R"({"a":"b"})", "body"},
                                   {"script", "9", "10000", "https://e/x.js"},
                                   {"cancel", "8"},
                                   {"release", "j"},
                                   {"mirror", "k", "v"},
                                   {"unmirror", "k"},
                                   {"settle", "3", "1", "{}"},
                                   {"settle", "4", "0", "{}"},
                                   {"show", "5", "2", "ready", "<p>"},
                                   {"show", "5", "-1", "empty", ""},
                                   {"patch", "5", "3", "item", "0", "<p>"},
                                   {"reportViews", "0"},
                                   {"notify", "metrics"},
                                   {"log", "warn", "code", "text", ""}});
  for (const Effect& effect : all) CHECK(effect.isWhole());
  CHECK(all[0]["url"] == "https://e/x");
  CHECK(all[0].flag("keepalive"));
  CHECK_THROWS(all[1]["keepalive"]);
}

TEST_CASE("A separator inside a field never makes a second field or effect") {
  Effects effects;
  effects.log(LogLevel::kError, "c", "evil\x1e\x66orget\x1fvitrine:1:id");
  effects.script(1, 1, "https://e/\x1f?\x1e");
  const auto all = drained(effects);
  REQUIRE(all.size() == 2);
  CHECK(all[0] == Effect{"log", "error", "c", "evil forget vitrine:1:id", ""});
  CHECK(all[1] == Effect{"script", "1", "1", "https://e/ ? "});
}

TEST_CASE("A line is logged once; another line with the same code is logged too") {
  Effects effects;
  effects.log(LogLevel::kWarn, "queueFull", "full");
  effects.log(LogLevel::kWarn, "queueFull", "full");
  effects.drain();
  effects.log(LogLevel::kWarn, "queueFull", "full");
  effects.log(LogLevel::kWarn, "queueFull", "fuller");
  CHECK(drained(effects).size() == 1);
}

TEST_CASE("A flood of different lines ends") {
  Effects effects;
  for (int i = 0; i < 10000; ++i) effects.log(LogLevel::kWarn, "x", std::to_string(i));
  CHECK(drained(effects).size() == 100);
}
