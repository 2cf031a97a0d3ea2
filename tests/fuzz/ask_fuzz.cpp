// Any query and any stored event, for each service: gives a request that can leave the page, or a typed error.
#include "check.h"
#include "model/event.h"
#include "services/make_service.h"
#include "services/service.h"

using namespace vitrine;

namespace {

// Nothing in an address or a header may end it, or the effect that carries it (base/effects.h).
void checkRequest(const HttpRequest& request, bool isRead) {
  const Text url = request.url + request.part + request.urlTail + request.freeTail;
  check(isPrintable(url), "no control character in an address");
  check(url.find_first_of(" \"<>#\\^`{|}") == std::string::npos || !isRead, "an address is encoded");
  check(request.headersJson.empty() || parseJson(request.headersJson).isObject(), "headers are JSON");
  check(request.body.empty() || !parseJson(request.body).isNull(), "a body is JSON");
  check(isPrintable(request.body), "no control character in a body");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  static const auto providers = [] {
    List<Problem> problems;
    List<std::unique_ptr<Service>> all;
    const char* kOptions[] = {
        R"({"apiKey":"pk","organizationId":"o","catalogId":"c"})", R"({"tenant":"t","market":"m"})",
        R"({"tenant":"t","market":"m","locale":"l","version":3})",
        R"({"apiKey":"pk","apiClientKey":"pk","purchasePrices":"both"})",
        (R"({"hashid":"h","productUrl":"https://s.example/p/{id}","configs":{"similarItems":"w","forVisitor":"w",)"
         R"("forUser":"w","boughtTogether":"w","trending":"w","category":"w"}})")};
    const char* kNames[] = {"refine", "depict", "depict", "richrelevance", "doofinder"};
    for (int i = 0; i < 5; ++i) all.push_back(makeService(kNames[i], parseJson(kOptions[i]), problems));
    check(problems.empty(), "these options are good");
    return all;
  }();
  Service& service = *providers[data[0] % providers.size()];
  const std::string text = textOf(data + 2, size - 2);
  const Json given = parseJson(text);

  Asker asker;
  asker.pageId = "pg";
  asker.url = "https://shop.example/";
  asker.ticket = text.substr(0, 64);
  if (data[1] & 128) {
    asker.isAllowed = true;
    asker.visitorId = "v_a";
    asker.sessionId = "s_" + text.substr(0, 48);
    asker.userId = text.substr(0, 48);
    asker.cart = {text.substr(0, 16), "b"};
  }
  HttpRequest request;
  const Problem problem = service.ask(static_cast<QueryKind>(data[1] % kQueryKinds), given, asker, request);
  if (problem)
    check(parseJson(errorJson(*problem)).isObject() && !problem->message.empty(), "an error is one");
  else
    checkRequest(request, true);

  // A stored event is an object without control characters (model/event.h), but what is in it nobody knows.
  if (!given.isObject() || !isPrintable(text)) return 0;
  for (int i = 0; i < kEventKinds; ++i) {
    const int lane = service.lane(static_cast<EventKind>(i));
    if (lane == Service::kNoLane) continue;
    Text event;
    JsonObject(event).add("eventId", "E").add("type", kEventNames[i]).addRaw("more", text).close();
    const std::string flat = "{\"eventId\":\"E\",\"type\":\"" + std::string(kEventNames[i]) + "\"" +
                             (given.children.empty() ? "}" : "," + text.substr(text.find('{') + 1));
    for (const Text& stored : {event, Text(flat)}) {
      HttpRequest told;
      if (parseJson(stored).isObject() && service.encode(lane, {stored}, "b", 1, told))
        checkRequest(told, !told.isBlind);
    }
  }
  return 0;
}
