// Feeds any bytes as a template, a partial and data: an accepted HTML template renders whole markup, and data never
// becomes part of the markup.
#include <algorithm>
#include <vector>

#include "check.h"
#include "templates/json_data.h"
#include "templates/template.h"

using namespace vitrine;

namespace {

// Text that becomes markup if it is written unescaped.
constexpr char kMark[] = "zq<x onx='\"`>";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Returns the tag name that begins at `at`.
std::string nameAt(std::string_view html, std::size_t at) {
  std::string name;
  while (at < html.size() && std::string_view(" \t\r\n\f/>").find(html[at]) == std::string_view::npos)
    name += lower(html[at++]);
  return name;
}

// Returns where the end tag of a script or style stands, whose content begins at `from` and is no markup; npos if there
// is no end tag. Returns `from` for all other elements.
std::size_t contentEnd(std::string_view html, const std::string& name, std::size_t from) {
  if (name != "script" && name != "style") return from;
  std::string all(html);
  for (char& c : all) c = lower(c);
  return all.find("</" + name + ">", from);
}

// Returns whether every element is closed, in order. Reads markup as a browser's tokenizer does, without the reader of
// the templates.
bool isWhole(std::string_view html) {
  std::vector<std::string> open;
  std::size_t i = 0;
  while (i < html.size()) {
    if (html[i] != '<') {
      ++i;
      continue;
    }
    const bool isEnd = i + 1 < html.size() && html[i + 1] == '/';
    std::size_t at = i + (isEnd ? 2 : 1);
    const std::string name = nameAt(html, at);
    if (name.empty()) return false;
    at += name.size();
    bool hasSlash = false;
    for (char quote = 0; at < html.size() && (quote != 0 || html[at] != '>'); ++at) {
      if (quote != 0) {
        if (html[at] == quote) quote = 0;
      } else if (html[at] == '"' || html[at] == '\'') {
        quote = html[at];
      }
      hasSlash = html[at] == '/';
    }
    if (at >= html.size()) return false;
    i = at + 1;
    constexpr std::string_view kVoid = " area br col embed hr img input source track wbr ";
    if (isEnd) {
      if (open.empty() || open.back() != name) return false;
      open.pop_back();
    } else if (kVoid.find(" " + name + " ") == std::string_view::npos && !hasSlash) {
      open.push_back(name);
      i = contentEnd(html, name, i);
      if (i == std::string::npos) return false;
    }
  }
  return open.empty();
}

std::string renderedWith(const Template& compiled, const Json& data, bool& isDone) {
  const JsonData source;
  Text out;
  isDone = compiled.render(source.of(data), out);
  check(isDone || out.empty(), "a rendering that grows out of bounds writes nothing");
  return out;
}

// Returns the tags and attribute names of this markup, without texts and attribute values.
std::string skeletonOf(std::string_view html) {
  std::string tags;
  char quote = 0;
  bool isTag = false;
  std::size_t tag = 0;
  for (std::size_t i = 0; i < html.size(); ++i) {
    const char c = html[i];
    if (!isTag && c == '<') {
      isTag = true;
      tag = i;
    }
    if (isTag && quote == 0) tags += c;
    if (isTag && quote != 0 && c == quote) {
      quote = 0;
    } else if (isTag && quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
    } else if (isTag && quote == 0 && c == '>') {
      isTag = false;
      i = std::min(contentEnd(html, nameAt(html, tag + 1), i + 1), html.size()) - 1;
    }
  }
  return tags;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string all = textOf(data, size);
  const std::size_t cut = all.find('\x01');
  TemplateOptions options;
  options.partials.push_back({"p", cut == std::string::npos ? std::string() : all.substr(cut + 1)});
  const std::string text = all.substr(0, cut);

  const std::string mark = std::string("\"") + "zq<x onx='\\\"`>javascript:" + "\"";
  const Json marked = parseJson(R"({"a":)" + mark + R"(,"b":{"a":)" + mark + R"(},"l":[)" + mark + "," + mark +
                                R"(],"n":"p","t":true})");
  const Json plain = parseJson(R"({"a":"zq","b":{"a":"zq"},"l":["zq","zq"],"n":"p","t":true})");

  Template compiled;
  bool isDone = false;
  options.mode = TemplateMode::kText;
  if (!Template::compile(text, options, compiled)) renderedWith(compiled, marked, isDone);

  options.mode = TemplateMode::kHtml;
  if (const Problem problem = Template::compile(text, options, compiled)) {
    check(problem->line > 0 && problem->column > 0, "a refusal has line and column");
    return 0;
  }
  const std::string html = renderedWith(compiled, marked, isDone);
  if (!isDone) return 0;
  check(isWhole(html), "the rendering is whole markup");
  const std::string other = renderedWith(compiled, plain, isDone);
  check(isWhole(other), "the rendering is whole markup with other data");
  const bool hasMark = all.find("zq<") != std::string::npos;  // then the template is not judged by it
  if (!hasMark && text.find("</") == std::string::npos)
    check(html.find("zq<") == std::string::npos, "no < comes from the data");
  check(skeletonOf(html) == skeletonOf(other), "data creates no element and no attribute");
  if (!hasMark) check(html.find(kMark) == std::string::npos, "data is never written unescaped");

  // A trusted field is written as markup if that is whole, else as text.
  options.trusted = {"a", "l", "."};
  if (Template::compile(text, options, compiled)) return 0;
  check(isWhole(renderedWith(compiled, marked, isDone)), "trusted fields break nothing");
  return 0;
}
