#include "ssr/ssr_api.h"

#include <charconv>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "http/form.h"
#include "http/replies.h"
#include "http/static_files.h"
#include "ssr/server_widget.h"
#include "store/accounts.h"
#include "templates/template_cache.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

constexpr int kDefaultCount = 8, kMaxCount = 48;

std::string parameter(const httplib::Request& request, const char* name, const std::string& fallback) {
  const std::string value = request.get_param_value(name);
  if (value.size() > kMaxIdBytes) throw invalidField(name, "is too long");
  return value.empty() ? fallback : value;
}

int countOf(const std::string& text) {
  int count = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (failed != std::errc() || end != text.data() + text.size() || count < 1 || count > kMaxCount)
    throw invalidField("count", "must be a whole number from 1 to 48");
  return count;
}

std::string readFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Refusal{404, "not-found", "the file " + path + " does not exist; start the server with --root"};
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// Returns the widget's description, which is the same for the element on the page and for the core.
json widgetOf(const httplib::Request& request) {
  const int count = countOf(parameter(request, "count", std::to_string(kDefaultCount)));
  json widget = {
      {"kind", parameter(request, "kind", "similarItems")},
      {"template", parameter(request, "template", "grid")},
      {"query", {{"topK", count}, {"anchorId", parameter(request, "item", "SKU-0017")}}},
      // The way Intl formats euros in English.
      {"money",
       {{"currency", "EUR"}, {"prefix", "€"}, {"suffix", ""}, {"decimal", "."}, {"group", ","}, {"digits", 2}}}};
  if (const std::string heading = parameter(request, "heading", ""); !heading.empty()) widget["title"] = heading;
  return widget;
}

// Invalid UTF-8 is replaced, because a query string may hold any bytes.
std::string textOf(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

// Renders by the plain Mustache specification: {{x}} is escaped for text and quoted attributes, the only two places in
// this page; {{{html}}} is the core's own markup.
std::string renderPage(const std::string& page, const json& data) {
  const std::string rendered = TemplateCache().render(page, textOf(data), R"({"mode":"text"})");
  if (rendered[0] != '=') throw Refusal{500, "bad-template", rendered.substr(1)};
  return rendered.substr(1);
}

}  // namespace

void mountSsrApi(Router& router, const std::string& root) {
  router.on("GET", "/ssr",
            [&router, root](const httplib::Request& request, const std::string&, httplib::Response& response) {
              const std::string origin = "http://" + request.get_header_value("Host");
              const std::string service = parameter(request, "service", "refine");
              const std::string account = accountAt(service, origin);
              if (account.empty()) throw invalidField("service", "must be refine, depict, richrelevance or doofinder");
              const json wanted = widgetOf(request);
              const ServerWidget widget = fetchAndRenderWidget(router, account, textOf(wanted), origin + "/ssr");
              const json data = {{"service", service},
                                 {"kind", wanted["kind"]},
                                 {"item", wanted["query"]["anchorId"]},
                                 {"count", wanted["query"]["topK"]},
                                 {"template", wanted["template"]},
                                 {"heading", wanted.value("title", "")},
                                 {"serveId", widget.serveId},
                                 {"html", widget.html},
                                 {"problem", widget.problem}};
              sendPage(response, renderPage(readFile(root + "/demo/shop/ssr.html"), data));
            });
  router.on("POST", "/ssr/render", [](const httplib::Request&, const std::string& body, httplib::Response& response) {
    const json request = parseObject(body);
    Form form(request);
    const json* account = form.find("account");
    const json* widget = form.find("widget");
    if (!account || !account->is_object()) form.complain("account", "must be an object");
    if (!widget || !widget->is_object()) form.complain("widget", "must be an object");
    const ServerWidget made = renderWidget(account->dump(), widget->dump(),
                                           static_cast<int>(form.optionalInteger("status", 100, 599).value_or(200)),
                                           form.text("reply", kMaxBodyBytes));
    sendJson(response, {{"html", made.html}, {"serveId", made.serveId}, {"problem", made.problem}});
  });
}

}  // namespace vitrine::demo
