#include "ssr/server_widget.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "base/json.h"
#include "cards/card.h"
#include "http/replies.h"
#include "model/error.h"
#include "services/make_service.h"
#include "services/service.h"
#include "store/ids.h"

namespace vitrine::demo {
namespace {

std::unique_ptr<Service> openService(std::string_view account) {
  const Json options = parseJson(account);
  List<Problem> problems;
  std::unique_ptr<Service> service = makeService(stringMember(options, "name"), options, problems);
  if (!problems.empty()) throw Refusal{400, "bad-provider", problems.front()->message, problems.front()->field};
  return service;
}

HttpRequest requestOf(const Service& service, const Json& request, const std::string& pageUrl) {
  QueryKind kind = QueryKind::kForVisitor;
  if (!readQueryKind(stringMember(request, "kind", "forVisitor"), kind))
    throw Refusal{400, "bad-kind", "is no kind of call that Vitrine knows", "kind"};
  Asker asker;
  asker.url = pageUrl;
  asker.pageId = asker.sessionId = newId("s_");
  const Json none;
  const Json* query = member(request, "query");
  HttpRequest http;
  if (Problem problem = service.ask(kind, query ? *query : none, asker, http))
    throw Refusal{400, problem->code, problem->message, problem->field};
  http.url += http.part + http.urlTail;
  return http;
}

httplib::Headers headersOf(const HttpRequest& http, const std::string& pageUrl) {
  httplib::Headers headers;
  const std::size_t host = pageUrl.find("//") + 2;
  headers.emplace("Host", pageUrl.substr(host, pageUrl.find('/', host) - host));
  const Json given = parseJson(http.headersJson);
  for (const Json& header : given.children) headers.emplace(header.name, header.text);
  return headers;
}

// Returns path and query of a URL of this server.
std::string targetOf(const std::string& url) {
  return url.substr(std::min(url.find('/', url.find("//") + 2), url.size()));
}

}  // namespace

ServerWidget renderWidget(std::string_view account, std::string_view request, int status, std::string_view reply) {
  const Json wanted = parseJson(request);
  Slate slate;
  if (Problem problem = openService(account)->read(status, reply, {}, nullptr, slate))
    return {{}, {}, problem->message};
  // Services that take no number of products send all they have.
  const Json* query = member(wanted, "query");
  const double most = query ? numberMember(*query, "topK", 0) : 0;
  if (most >= 1 && static_cast<double>(slate.products.size()) > most)
    slate.products.resize(static_cast<std::size_t>(most));
  if (slate.products.empty()) return {};
  CardOptions options;
  const Problem refused = readCardOptions(wanted, options);
  // The view of the element, as renderWidget() of the package writes it (widget/prerender.ts).
  const Text view = R"(<div data-vitrine-view="" slot="vitrine">)" + renderSlate(slate, options) + "</div>";
  return {view, slate.serveId.empty() ? newId("sv_") : std::string(slate.serveId), refused ? refused->message : Text()};
}

ServerWidget fetchAndRenderWidget(const Router& router, std::string_view account, std::string_view request,
                                  const std::string& pageUrl) {
  const HttpRequest http = requestOf(*openService(account), parseJson(request), pageUrl);
  httplib::Response response;
  router.handle(http.method, targetOf(http.url), headersOf(http, pageUrl), http.body, response);
  return renderWidget(account, request, response.status, response.body);
}

}  // namespace vitrine::demo
