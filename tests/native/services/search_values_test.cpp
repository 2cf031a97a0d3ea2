// Replies to searches, listings and suggestions: values of unexpected types, and facets that become filters.
#include "native/services/service_bench.h"

using namespace vitrine;

namespace {

ServiceBench depict() {
  return ServiceBench("depict", R"({"tenant":"t","market":"m","locale":"sv-SE","currency":"SEK"})");
}
ServiceBench doofinder() { return ServiceBench("doofinder", R"({"hashid":"h1","currency":"EUR"})"); }
ServiceBench richRelevance() {
  return ServiceBench("richrelevance",
                      R"({"apiKey":"k1","apiClientKey":"c1","currency":"EUR","params":{"lang":"en"}})");
}

}  // namespace

TEST_CASE("Numbers that a reply gives as texts, and texts that it gives as numbers, are read") {
  const Slate found = depict().slate(R"({"n_hits":"12","search_request_id":77,"cursor":8,"filters":[
    {"field":"price","meta":{"min":"5","max":"149.5"}},{"field":9,"meta":{"values":["a","b","c"],"names":[1,2,"x"],
     "counts":["3","many",4],"group_title":7}},{"field":"bad","meta":{"min":"low","max":"9"}}],"displays":[
    {"variant_index":"0","variant_displays":[{"product_id":1,"title":"One"}],"search_result_id":5}]})");
  CHECK(found.totalResults == 12);
  CHECK(found.serveId == "77");
  CHECK(found.cursor == "8");
  CHECK(found.facets == R"([{"field":"price","title":"price","min":5,"max":149.5},{"field":"9","title":"7","values":[)"
                        R"({"value":"a","title":"1","count":3},{"value":"b","title":"2"},)"
                        R"({"value":"c","title":"x","count":4}]}])");
  REQUIRE(found.products.size() == 1);
  CHECK(found.products[0]->reference == "search_result_id:5");
  const Slate typed =
      depict().slate(R"({"suggestions_request_id":78,"suggestions":[{"query":501},{"title":502,"external_id":11}]})");
  CHECK(typed.serveId == "78");
  REQUIRE(typed.terms.size() == 2);
  CHECK(typed.terms[0].text == "501");
  CHECK(typed.terms[1].text == "502");
  CHECK(typed.terms[1].categoryId == "11");
  const Slate boots = doofinder().slate(R"({"total":"31","autocomplete_suggest":501,"facets":{"best_price":{"range":{
    "buckets":[{"stats":{"min":"5","max":"9.5"}}]}},"size":{"label":4,"terms":{"buckets":[
    {"doc_count":"3","key":42}]}}},"results":[]})");
  CHECK(boots.totalResults == 31);
  REQUIRE(boots.terms.size() == 1);
  CHECK(boots.terms[0].text == "501");
  CHECK(boots.facets == R"([{"field":"best_price","title":"best_price","min":5,"max":9.5},{"field":"size","title":)"
                        R"("4","values":[{"value":42,"count":3}]}])");
  for (const char* results : {R"([{"term":5},{"term":6}])", "[5,6]"}) {
    const Slate terms = doofinder().slate(R"({"results":)" + std::string(results) + "}");
    REQUIRE(terms.terms.size() == 2);
    CHECK(terms.terms[1].text == "6");
  }
  const Slate shampoo = richRelevance().slate(R"({"placements":[{"rcs":4,"numFound":"7","placement":"search_page.find",
    "docs":[],"facets":[{"facet":"size_facet","values":[{"filter":"size:\"5\"","count":"3","value":5}]}]}]})");
  CHECK(shampoo.ticket == "4");
  CHECK(shampoo.totalResults == 7);
  CHECK(shampoo.facets == R"([{"field":"size","title":"size_facet","values":[)"
                          R"({"value":"5","title":"5","count":3}]}])");
  const Slate words = richRelevance().slate(R"([{"terms":501},{"terms":"maxi"}])", "k1");
  REQUIRE(words.terms.size() == 2);
  CHECK(words.terms[0].text == "501");
}

TEST_CASE("A name in the params of a query counts over the same name in provider.params, and is sent once") {
  const ServiceBench find("richrelevance", R"({"apiKey":"k1","apiClientKey":"c1",
    "params":{"lang":"en","ts":9,"region":"5","a b":"c"}})");
  const std::string own = "ts=7&a%20b=d&lang=en&region=5";
  const std::string trending = find.address(QueryKind::kTrending, R"({"params":{"ts":7,"a b":"d"}})");
  CHECK(trending.ends_with("&placements=generic_page.rr1&" + own));
  CHECK(find.address(QueryKind::kSearchText, R"({"query":"q","params":{"ts":7,"a b":"d"}})").ends_with("&" + own));
  CHECK(find.address(QueryKind::kSuggest, R"({"query":"q","params":{"ts":7,"a b":"d"}})") ==
        "https://recs.richrelevance.com/rrserver/api/find/v1/autocomplete/k1?query=q&" + own);
  CHECK(find.address(QueryKind::kTrending, R"({"topK":4,"params":{"region":"6"}})")
            .ends_with("&count=4&region=6&lang=en&ts=9&a%20b=c"));
  const ServiceBench bodies("depict", R"({"tenant":"t","market":"m","params":{"a":1,"b":2}})");
  CHECK(std::string(bodies.asked(QueryKind::kForVisitor, R"({"params":{"b":3}})").body).ends_with(R"("a":1,"b":3})"));
}
