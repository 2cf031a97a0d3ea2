// Replies to searches, listings and suggestions: values of unexpected types, and facets that become filters.
#include "base/query_string.h"
#include "native/services/search_bench.h"

using namespace vitrine;

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

TEST_CASE("Depict: a facet's value that is a list can be sent back as a filter") {
  const Slate slate = depict().slate(R"({"n_hits":1,"filters":[{"field":"category","op":"in","meta":{
    "type":"checkbox-hierarchical","values":[["Clothes"],["Clothes","Suits"]],"counts":[3,"2"]}},
    {"field":"waist","op":"in","meta":{"type":"checkbox","values":[[30,32],{"no":1},null]}}],"displays":[]})");
  CHECK(slate.facets == R"([{"field":"category","title":"category","values":[{"value":["Clothes"],"count":3},)"
                        R"({"value":["Clothes","Suits"],"count":2}]},)"
                        R"({"field":"waist","title":"waist","values":[{"value":[30,32]}]}])");
  const auto sent = [](const std::string& filter) {
    const std::string body =
        std::string(depict().asked(QueryKind::kSearchText, R"({"query":"q","filters":[)" + filter + "]}").body);
    return body.substr(body.find("\"filters\":"));
  };
  CHECK(sent(R"({"field":"category","operator":"eq","value":["Clothes","Suits"]},)"
             R"({"field":"waist","operator":"ne","value":[30,32]},{"field":"brand","operator":"eq","value":"A"})") ==
        R"("filters":[{"field":"category","op":"in","data":[["Clothes","Suits"]]},)"
        R"({"field":"waist","op":"nin","data":[[30,32]]},{"field":"brand","op":"eq","data":"A"}]})");
  CHECK(sent(R"({"field":"category","operator":"in","value":[["Clothes"],["Shoes"]]})") ==
        R"("filters":[{"field":"category","op":"in","data":[["Clothes"],["Shoes"]]}]})");
  // Vitrine itself and the other services have no such values.
  constexpr char kList[] = R"({"query":"q","anchorId":"a","filters":[{"field":"f","operator":"eq","value":["A"]}]})";
  CHECK(codeOf(depict(), QueryKind::kForVisitor, kList) == "bad-filter filters[0].value");
  CHECK(codeOf(doofinder(), QueryKind::kSearchText, kList) == "bad-filter filters[0].value");
  CHECK(codeOf(richRelevance(), QueryKind::kSearchText, kList) == "bad-filter filters[0].value");
}

TEST_CASE("RichRelevance: each value of a facet that is listed becomes the service's own condition again") {
  const std::string conditions[] = {R"(brand:"A")", R"(brand:"")", R"(brand:"5\" plates")", R"(price:[5 TO 9.5])",
                                    R"({!tag=p}price:[* TO 9])"};
  const std::string others[] = {R"(brand:A)", R"(brand:"A" OR brand:"B")", R"(brand:")", "price:[5 TO 9] OR x:[1 TO 2]",
                                "brand"};
  const auto facetsOf = [](const std::string& condition) {
    Text quoted;
    appendString(quoted, condition);
    return richRelevance()
        .slate(R"({"placements":[{"numFound":1,"placement":"search_page.find","docs":[],"facets":[{"facet":"f",)"
               R"("values":[{"filter":)" +
               quoted + R"(,"value":"shown","count":1}]}]}]})")
        .facets;
  };
  for (const std::string& condition : conditions) {
    CAPTURE(condition);
    const Json facets = parseJson(facetsOf(condition));
    REQUIRE(facets.children.size() == 1);
    const Json& facet = facets.children.front();
    Text filter = R"({"query":"q","filters":[)";
    JsonObject one(filter);
    one.add("operator", "eq").add("field", stringMember(facet, "field"));
    one.addJson("value", *member(member(facet, "values")->children.front(), "value")).close();
    const std::string url = richRelevance().address(QueryKind::kSearchText, filter + "]}");
    const std::size_t begin = url.find("&filter=") + 8;
    CHECK(decoded(url.substr(begin, url.find('&', begin) - begin), 1) == condition);
  }
  for (const std::string& condition : others) CHECK(facetsOf(condition).empty());
  CHECK(codeOf(richRelevance(), QueryKind::kSearchText,
               R"({"query":"q","filters":[{"field":"price","operator":"eq","value":"[1 TO 2] OR x:[3 TO 4]"}]})") ==
        "accepted");
}
