// The address of a click comes from a reply or from storage.
#include "native/services/service_bench.h"

using namespace vitrine;

TEST_CASE("RichRelevance: a click is reported to the service's own hosts and to allowed ones alone") {
  const ServiceBench bench("richrelevance", R"({"apiKey":"k","apiClientKey":"c",
      "apiUrl":"https://rr.shop.example:8443/x","allowedHosts":["Clicks.example"]})");
  const auto requested = [&](std::string_view address, Text& refusal) {
    HttpRequest request;
    Text event = R"({"type":"click","itemId":"a","reference":)";
    appendString(event, address);
    const bool isSent = bench.service->encode(bench.service->lane(EventKind::kClick), {event + "}"}, "b", 1, request);
    refusal = request.refusal;
    if (isSent) CHECK(request.url == address);
    return isSent;
  };
  Text refusal;
  for (const char* good :
       {"https://recs.richrelevance.com/rrserver/apiclick?p=a", "http://integration.richrelevance.com/",
        "HTTPS://Recs.AlgoRecs.com:443/a?b#c", "https://rr.shop.example/", "https://rr.shop.example:9/",
        "https://clicks.example?x=1", "https://clicks.example"}) {
    INFO(good);
    CHECK(requested(good, refusal));
    CHECK(refusal.empty());
  }
  for (const char* bad : {"https://evil.example/stolen?x=1",
                          "http://other/stolen?x=1",
                          "//recs.richrelevance.com/",
                          "/rrserver/apiclick",
                          "javascript:alert(1)//recs.richrelevance.com",
                          "data:text/html,x",
                          "ftp://recs.richrelevance.com/",
                          "https:recs.richrelevance.com/",
                          "https:///recs.richrelevance.com/",
                          "https://recs.richrelevance.com@evil.example/",
                          "https://evil.example@recs.richrelevance.com/",
                          "https://evil.example\\@recs.richrelevance.com/",
                          "https://recs.richrelevance.com\\.evil.example/",
                          "https://recs.richrelevance.com.evil.example/",
                          "https://recs.richrelevance.com./",
                          "https://evilrecs.richrelevance.com/",
                          "https://richrelevance.com/",
                          "https://recs.richrelevance.com:x/",
                          "https://recs.richrelevance.com:80:80/",
                          "h\tttps://recs.richrelevance.com/",
                          " https://recs.richrelevance.com/",
                          "https://recs.richrelevance.com/\n",
                          "https://",
                          "https://:80/",
                          "https://reсs.richrelevance.com/"}) {  // a Cyrillic letter
    INFO(bad);
    CHECK_FALSE(requested(bad, refusal));
    CHECK(refusal.find("provider.allowedHosts") != Text::npos);
    CHECK(refusal.size() < 260);
  }
  // A click without an address is none of the service's, and nothing to report.
  CHECK_FALSE(requested("", refusal));
  CHECK(refusal.empty());
}
