// Any bytes as the reply of a recommendation service give a slate or a typed error, and HTML that is safe.
#include "cards/card.h"
#include "check.h"
#include "services/make_service.h"
#include "services/service.h"
#include "slots/slot.h"
#include "templates/html.h"
#include "tracking/serve.h"

using namespace vitrine;

namespace {

// Every attribute stands in double quotes and text has none, so an address begins with a quote behind href= or src=.
// The same letters inside a value, as in data-vitrine-item="s href=", are no address.
void checkMarkup(const std::string& html) {
  check(isPrintable(html), "no control character in the HTML");
  std::string markup;
  bool isQuoted = false;
  for (std::size_t i = 0; i < html.size(); ++i) {
    if (html[i] != '"') {
      if (!isQuoted) markup += html[i];
      continue;
    }
    isQuoted = !isQuoted;
    if (!isQuoted || !(markup.ends_with(" href=") || markup.ends_with(" src="))) continue;
    const std::string url = html.substr(i + 1, html.find('"', i + 1) - i - 1);
    check(!url.empty() && safeUrl(url) == url, "every address is safe");
  }
  check(!isQuoted, "every attribute ends");
  for (const char* forbidden : {"<script", "<iframe", "<style", "<object", "<svg", "<!--"}) {
    check(markup.find(forbidden) == std::string::npos, "nothing from outside becomes an element");
  }
}

}  // namespace

// The reply to the same query again is read on top of the last slate, and must give the same slate.
void checkAgain(const Service& service, std::string_view body, std::string_view part, const Slate& first) {
  Slate again;
  again.body = Shared<const Text>::make(body);
  check(!service.read(200, *again.body, part, &first, again), "a reply that was read can be read again");
  check(again.products.size() == first.products.size() && again.rejected == first.rejected, "and has as many products");
  check(slateJson(again) == slateJson(first), "and says the same");
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  static const auto services = [] {
    List<Problem> problems;
    List<std::unique_ptr<Service>> all;
    const Json options =
        parseJson(R"({"apiKey":"pk","organizationId":"o","catalogId":"c","tenant":"t","market":"m","locale":"l",)"
                  R"("apiClientKey":"pk"})");
    for (const char* name : {"refine", "depict", "richrelevance", "doofinder"}) {
      all.push_back(makeService(name, options, problems));
    }
    Json v3 = options;
    v3.children.push_back(parseJson("3"));
    v3.children.back().name = "version";
    all.push_back(makeService("depict", v3, problems));
    return all;
  }();
  constexpr int kStatuses[] = {200, 200, 200, 200, 201, 400, 401, 422, 429, 500, 0, -1, -2};
  const int status = kStatuses[data[1] % std::size(kStatuses)];
  const Service& service = *services[data[0] % services.size()];
  const std::string text = textOf(data + 2, size - 2);
  Slate slate;
  const Problem problem = service.read(status, text, {}, nullptr, slate);
  if (problem) {
    check(parseJson(errorJson(*problem)).isObject(), "an error is JSON");
    check(status < 200 || status >= 300 || problem->type == ErrorType::kServer, "a bad reply is the server's fault");
    check(slate.products.empty(), "an error has no products");
    return 0;
  }
  check(status >= 200 && status < 300, "only a good status has products");
  if (status == 200) checkAgain(service, text, {}, slate);
  for (const auto& product : slate.products) {
    check(!product->id.empty(), "every product has an id");
    check(product->originalPrice < 0 || product->originalPrice > product->price, "a discount is one");
    check(product->rating <= 5 && product->ratingCount >= 0, "ratings are in range");
  }
  const Text json = slateJson(slate);
  const Json result = parseJson(json);
  check(json.size() > kMaxJsonBytes || result.isObject(), "a slate is JSON");
  static const CardOptions options = [] {
    CardOptions read;
    readCardOptions(parseJson(R"({"title":"Title","template":"carousel"})"), read);
    return read;
  }();
  checkMarkup(renderSlate(slate, options));
  Slot slot;
  slot.surface = slot.source = "fuzz";
  Serve serve;
  List<Text> parts;
  const Problem refused = serveMembers(servedOf(slot, slate), "sv_new", {}, kMaxJsonBytes, serve, parts);
  check(!refused || slate.products.size() > 1000, "what is shown can be tracked");
  return 0;
}
