#include "services/richrelevance/api.h"

#include <algorithm>
#include <string_view>

#include "http/origin.h"
#include "http/replies.h"
#include "services/richrelevance/cookie.h"
#include "services/richrelevance/events.h"
#include "services/richrelevance/reply.h"
#include "services/richrelevance/request.h"
#include "services/richrelevance/strategies.h"
#include "store/ids.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

constexpr char kPrefix[] = "/richrelevance";

// A transparent picture of one pixel.
constexpr std::string_view kPixel(
    "GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\4\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;", 43);

bool isCallback(const std::string& name) {
  const auto isAllowed = [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '$' || c == '.'; };
  return !name.empty() && name.size() <= 64 && !std::isdigit(static_cast<unsigned char>(name[0])) &&
         std::all_of(name.begin(), name.end(), isAllowed);
}

Dialect dialect() {
  const auto refuse = [](httplib::Response& response, const Refusal& refusal) {
    const bool isHidden = refusal.status < 500 && refusal.code != kOrderedFault;
    sendJson(response, {{"errormessage", refusal.message}, {"status", "error"}}, isHidden ? 200 : refusal.status);
  };
  return {refuse,
          "Content-Type, Access-Control-Request-Method, Access-Control-Request-Headers, Authorization, "
          "X-Requested-With"};
}

// The service recognizes a browser by its cookie or, before it has one, by its first session.
Shopper shopperOf(const RichRelevanceRequest& request) {
  const std::string known = openCookie(request.rcs);
  return {known.empty() ? request.sessionId : known, request.sessionId, request.userId};
}

// Returns true for the product's page. Anybody can write a click address, so it must not redirect anywhere else.
bool isProductPage(const std::string& address, const std::string& productId) {
  return address.starts_with("http") && address.ends_with("/product/" + productId);
}

}  // namespace

void RichRelevanceApi::mount(Router& router, Faults& faults) {
  router.setDialect(std::string(kPrefix) + "/", dialect());
  const auto recsHandler = faults.inject("richrelevance", "recs",
                                         [this](const httplib::Request& request, const std::string&,
                                                httplib::Response& response) { recommend(request, response); });
  router.on("GET", std::string(kPrefix) + "/rrserver/api/rrPlatform/recsForPlacements", recsHandler);
  router.on("GET", std::string(kPrefix) + "/rrserver/apiclick",
            faults.inject("richrelevance", "events",
                          [this](const httplib::Request& request, const std::string&, httplib::Response& response) {
                            follow(request, response);
                          }));
}

void RichRelevanceApi::recommend(const httplib::Request& source, httplib::Response& response) const {
  const RichRelevanceRequest request = readRichRelevanceRequest(source);
  const bool isScript = source.get_param_value("jsonp") == "true";
  const std::string callback = source.get_param_value("jcp");
  if (isScript && !isCallback(callback)) throw Refusal{400, "invalid-parameter", "Invalid value for parameter jcp"};

  const Shopper shopper = shopperOf(request);
  const std::vector<Filled> placements = fillPlacements(engine_, request, shopper);
  const ClickOrigin from{newUuid(), shopOrigin(source), "http://" + source.get_header_value("Host") + kPrefix};
  engine_.accept(eventsOfCall(source, engine_.catalog, request, shopper, placements, from.viewGuid));
  const json reply = writeRichRelevanceReply(engine_.catalog, request, placements, from, sealCookie(shopper.visitorId));
  sendJson(response, reply);
  response.set_header("Expires", "Thu, 01 Jan 1970 00:00:00 GMT");
  if (!isScript) return;
  // The comment precedes the callback's name, because some clients guess a format from the first bytes of a reply.
  response.set_header("X-Content-Type-Options", "nosniff");
  response.set_content("/**/" + callback + "(" + response.body + ");", "application/javascript");
}

void RichRelevanceApi::follow(const httplib::Request& request, httplib::Response& response) const {
  const StoredEvent click = eventOfClick(request);
  const std::string page = request.get_param_value("ct");
  if (!page.empty() && !isProductPage(page, click.items.front().itemId))
    throw Refusal{400, "invalid-parameter", "Invalid value for parameter ct"};
  engine_.accept({click});
  response.set_header("Cache-Control", "no-store");
  if (page.empty())
    response.set_content(std::string(kPixel), "image/gif");
  else
    response.set_redirect(page);
}

}  // namespace vitrine::demo
