// The coded built-in templates (wasm/cards/layouts.inc) are what the compiler makes of widget/templates/*.html.
//
// After a change of those files: VITRINE_WRITE_LAYOUTS=1 build/dev/vitrine-core-tests "[layouts]", and build again.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

#include "cards/card_template.h"
#include "template_inspector.h"
#include "templates/coded.h"

using namespace vitrine;

namespace {

struct Layout {
  std::string name;
  std::string text;
};

// The texts of widget/templates/*.html, without the blanks between their lines.
const Layout kLayouts[] = {
#include "templates.inc"
};

bool isFrame(const std::string& name) { return name == "frame" || name == "carousel"; }

// Returns the text as literals of C++, one per line.
std::string literal(std::string_view text) {
  constexpr std::size_t kFullLine = 70;
  std::string out = " \"";
  std::size_t line = 0;
  for (const char c : text) {
    const bool isCode = static_cast<unsigned char>(c) < ' ';
    if (out.size() - line > kFullLine && (isCode || c == ' ' || c == '<')) {
      out += "\"\n \"";
      line = out.size();
    }
    char code[5];
    std::snprintf(code, sizeof code, "\\%03o", static_cast<unsigned>(static_cast<unsigned char>(c)));
    if (isCode)
      out += code;
    else
      out += (c == '"' || c == '\\' ? "\\" : "") + std::string(1, c);
  }
  return out + "\"";
}

// Returns the file wasm/cards/layouts.inc.
std::string codedLayouts() {
  std::string out = "// Written from widget/templates/*.html by tests/native/cards/layouts_test.cpp. Do not edit.\n";
  out += "// MD5 of the texts, for CMakeLists.txt: " VITRINE_LAYOUTS_HASH "\n";
  TemplateOptions options;
  for (const auto& [name, text] : kLayouts) options.partials.push_back({Text(name), Text(text)});
  for (const auto& [name, text] : kLayouts) {
    Template compiled;
    REQUIRE_FALSE(Template::compile(isFrame(name) ? text : "{{>" + name + "}}", options, compiled));
    const Text coded = codedPartial(compiled, isFrame(name) ? std::string_view() : name);
    REQUIRE_FALSE(coded.empty());
    out += "{\"" + name + "\",\n" + literal(coded) + "},\n";
  }
  return out;
}

// The compiled built-in template, and the one that the compiler makes of the same texts as a shop's own.
void checkSame(const std::string& layout, bool hasParts) {
  Json own;
  own.type = Json::Type::kObject;
  for (const auto& [name, text] : kLayouts) {
    const bool isUnused = isFrame(name) && name != layout;
    Json& partial = own.children.emplace_back();
    partial.type = Json::Type::kString;
    partial.name = isUnused ? "unused" : isFrame(name) ? "frame" : name;
    partial.text =
        hasParts ? std::regex_replace(text, std::regex("class=\"vitrine-([^\" ]*)[^\"]*\""), "$& part=\"$1\"") : text;
  }
  CardTemplates templates;
  Problem problem;
  const auto coded = templates.find(nullptr, layout, hasParts, problem);
  const auto compiled = templates.find(&own, layout, hasParts, problem);
  REQUIRE_FALSE(problem);
  INFO(layout << "\n" << TemplateInspector::print(coded->compiled) << TemplateInspector::print(compiled->compiled));
  CHECK(TemplateInspector::areSame(coded->compiled, compiled->compiled));
  CHECK(coded->item.begin == compiled->item.begin);
  CHECK(coded->item.end == compiled->item.end);
}

}  // namespace

TEST_CASE("the built-in templates are coded as the compiler makes them now", "[layouts]") {
  const std::string coded = codedLayouts();
  if (std::getenv("VITRINE_WRITE_LAYOUTS")) std::ofstream(VITRINE_LAYOUTS, std::ios::binary) << coded;
  std::ifstream file(VITRINE_LAYOUTS, std::ios::binary);
  INFO("Write the file anew as the head of this test says.");
  CHECK(std::string(std::istreambuf_iterator<char>(file), {}) == coded);
}

TEST_CASE("a coded template has the operations of a compiled one", "[layouts]") {
  for (const char* layout : {"frame", "carousel"}) {
    checkSame(layout, false);
    checkSame(layout, true);
  }
}
