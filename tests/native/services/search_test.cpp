// Searches, listings and suggestions: the request of each service, and one outcome for all.
#include "native/services/search_bench.h"

using namespace vitrine;

namespace {

constexpr char kPaged[] = R"({"query":"boots","topK":20,"page":3})";

}  // namespace

TEST_CASE("Depict: a search, a listing and suggestions have the requests of its OpenAPI") {
  const HttpRequest search =
      depict().asked(QueryKind::kSearchText,
                     R"({"query":"polo","topK":10,"page":2,"sortBy":{"field":"sale_price","order":"descending"},
      "filters":[{"field":"brand","operator":"in","value":["A","B"]},{"field":"sale_price","operator":"lte","value":9},
      {"field":"in_stock","operator":"eq","value":true}]})");
  CHECK(search.method == "POST");
  CHECK(search.url == "https://api.depict.ai/v3/search/results");
  CHECK(search.body ==
        R"({"merchant":"t","market":"m","locale":"sv-SE","session_id":"v_a","query":"polo","limit":20,)"
        R"("sort":{"field":"sale_price","order":"desc"},"filters":[{"field":"brand","op":"in","data":["A","B"]},)"
        R"({"field":"sale_price","op":"leq","data":9},{"field":"in_stock","op":"eq","data":"true"}]})");
  CHECK(search.skip == 10);
  CHECK(search.filtersJson.empty());
  const HttpRequest listing =
      depict().asked(QueryKind::kSearchCategory, R"({"categoryId":"10/11","topK":5,"cursor":"eyJj"})");
  CHECK(listing.url == "https://api.depict.ai/v3/listings/external_id/10%2F11/products");
  CHECK(listing.body ==
        R"({"merchant":"t","market":"m","locale":"sv-SE","session_id":"v_a","cursor":"eyJj","limit":5})");
  const HttpRequest typed = depict().asked(QueryKind::kSuggest, R"({"query":"re d","limit":3})");
  CHECK(typed.method == "GET");
  CHECK(typed.url ==
        "https://api.depict.ai/v3/search/suggestions?merchant=t&market=m&locale=sv-SE&session_id=v_a&query=re%20d");
  CHECK(typed.headersJson.empty());
  CHECK(typed.body.empty());
}

TEST_CASE("Depict: searches, listings, suggestions, recommendations and events name one session") {
  constexpr char kOptions[] = R"({"tenant":"t","market":"m","locale":"l","sessionId":"_dep_1"})";
  const auto sessionsOf = [](const ServiceBench& bench, const std::string& visitorId) {
    std::vector<std::string> sessions;
    const auto note = [&](std::string_view sent, std::string_view before) {
      const std::size_t at = sent.find(before);
      REQUIRE(at != std::string_view::npos);
      const std::string_view rest = sent.substr(at + before.size());
      sessions.emplace_back(rest.substr(0, rest.find_first_of("\"&")));
    };
    constexpr std::string_view kMember = R"("session_id":")";
    note(bench.asked(QueryKind::kForVisitor, "{}").body, kMember);
    note(bench.asked(QueryKind::kSearchText, R"({"query":"q"})").body, kMember);
    note(bench.asked(QueryKind::kSearchCategory, R"({"categoryId":"c"})").body, kMember);
    note(bench.asked(QueryKind::kSuggest, R"({"query":"q"})").url, "session_id=");
    const std::string event = R"({"type":"click","eventId":"e1","sessionId":"s_a","pageId":"pg1","visitorId":")" +
                              visitorId + R"(","itemId":"i"})";
    note(bench.sent(EventKind::kClick, {std::string_view(event)}).body, kMember);
    return sessions;
  };
  CHECK(sessionsOf(depict(), "v_a") == std::vector<std::string>(5, "v_a"));
  CHECK(sessionsOf(ServiceBench("depict", kOptions), "v_a") == std::vector<std::string>(5, "_dep_1"));
  ServiceBench unasked("depict", kOptions);
  unasked.asker.visitorId = unasked.asker.sessionId = "";
  CHECK(sessionsOf(unasked, "") == std::vector<std::string>(5, "pg1"));
}

TEST_CASE("Depict: what a search cannot do is refused") {
  CHECK(codeOf(depict(), QueryKind::kSearchText, R"({"query":"q","topK":251})") == "bad-argument topK");
  CHECK(codeOf(depict(), QueryKind::kSearchText, R"({"query":"q","topK":100,"page":3})") == "bad-argument page");
  CHECK(codeOf(depict(), QueryKind::kSearchText, R"({"query":"q","topK":125,"page":2})") == "accepted");
  CHECK(codeOf(depict(), QueryKind::kSearchText, R"({"query":"q","page":2})") == "bad-argument topK");
  for (const char* page : {"1", "2"}) {
    const std::string paged = R"({"query":"q","topK":5,"cursor":"eyJj","page":)" + std::string(page) + "}";
    CHECK(codeOf(depict(), QueryKind::kSearchText, paged) == "bad-argument cursor");
  }
  CHECK(codeOf(depict(), QueryKind::kSearchText, R"({"query":"q","topK":5,"cursor":"eyJj","page":null})") ==
        "accepted");
  CHECK(codeOf(depict(), QueryKind::kSearchText, R"({"query":"q","topK":5,"cursor":"","page":2})") == "accepted");
  CHECK(codeOf(depict(), QueryKind::kSearchText, R"({"query":"q","sortBy":"price"})") == "bad-argument sortBy");
  CHECK(codeOf(depict(), QueryKind::kSearchText,
               R"({"query":"q","filters":[{"field":"brand","operator":"match","value":"x"}]})") ==
        "unsupported-filter filters");
  CHECK(codeOf(depict(), QueryKind::kSuggest,
               R"({"query":"q","filters":[{"field":"brand","operator":"eq","value":"x"}]})") ==
        "unsupported-option filters");
  CHECK(codeOf(depict(), QueryKind::kSuggest, R"({"query":""})") == "bad-argument query");
  CHECK(codeOf(depict(), QueryKind::kSearchCategory, R"({"topK":2})") == "bad-argument categoryId");
}

TEST_CASE("Depict: of params, searches and listings send the metadata and refuse all other names of a query") {
  const ServiceBench bench("depict", R"({"tenant":"t","market":"m","locale":"l",
    "params":{"metadata":{"store":"A"},"document_referrer":"https://a.example"}})");
  const auto sent = [&](QueryKind kind, std::string_view query) { return bench.asked(kind, query).body; };
  for (const bool isSearch : {true, false}) {
    const QueryKind kind = isSearch ? QueryKind::kSearchText : QueryKind::kSearchCategory;
    const char* query = isSearch ? R"({"query":"q"})" : R"({"categoryId":"c"})";
    CHECK(std::string(sent(kind, query)).ends_with(R"(,"metadata":{"store":"A"}})"));
    CHECK(sent(kind, query).find("referrer") == Text::npos);
  }
  CHECK(std::string(bench.asked(QueryKind::kSearchText, R"({"query":"q","params":{"metadata":{"store":"B"}}})").body)
            .ends_with(R"("query":"q","metadata":{"store":"B"}})"));
  CHECK(codeOf(bench, QueryKind::kSearchText, R"({"query":"q","params":{"metadata":{},"dsid":"d"}})") ==
        "unsupported-option params.dsid");
  CHECK(codeOf(bench, QueryKind::kSearchText, R"({"query":"q","params":["a"]})") == "bad-argument params");
  CHECK(codeOf(bench, QueryKind::kSuggest, R"({"query":"q","params":{"metadata":{}}})") == "unsupported-option params");
  CHECK(bench.asked(QueryKind::kSuggest, R"({"query":"q"})").url.find("metadata") == Text::npos);
}

TEST_CASE("Depict: the documented reply of a search is read, and its ids come back with events") {
  const ServiceBench bench = depict();
  const Slate slate = bench.slate(R"({"n_hits":12,"filters":[
    {"field":"sale_price","op":"inrange","data":[1200,1999],
     "meta":{"group_title":"Price","type":"range","min":1200,"max":1999,"currency":"SEK"},"id":"price0"},
    {"field":"size","op":"in","meta":{"group_title":"Size","type":"checkbox","values":["200","210"],
     "names":["EU 200","EU 210"],"counts":[1,2]},"id":"size1"},
    {"field":"none","op":"in","meta":{"type":"checkbox","values":[]}}],
    "search_request_id":"r1","cursor":"eyJ","content_search_links":[],"displays":[
    {"variant_index":1,"variant_displays":[{"product_id":"P1-s","title":"Small"},
     {"product_id":"P1-l","title":"Large","original_price":1999,"sale_price":1500,
      "image_urls":["https://cdn/1.jpg","https://cdn/2.jpg"],"page_url":"https://shop/p"}],"search_result_id":"u1"},
    {"variant_index":0,"variant_displays":[{"product_id":"P2","title":"Other"}],"product_listing_result_id":"u2"}]})");
  CHECK(slate.serveId == "r1");
  CHECK(slate.totalResults == 12);
  CHECK(slate.cursor == "eyJ");
  CHECK(slate.facets == R"([{"field":"sale_price","title":"Price","min":1200,"max":1999},{"field":"size","title":)"
                        R"("Size","values":[{"value":"200","title":"EU 200","count":1},)"
                        R"({"value":"210","title":"EU 210","count":2}]}])");
  REQUIRE(slate.products.size() == 2);
  CHECK(slate.products[0]->id == "P1-l");
  CHECK(slate.products[0]->price == 1500);
  CHECK(slate.products[0]->imageUrl == "https://cdn/1.jpg");
  CHECK(slate.products[0]->reference == "search_result_id:u1");
  const auto sent = [&](std::string_view reference) {
    const Text event =
        R"({"type":"click","eventId":"e1","sessionId":"s","itemId":"P1-l","reference":")" + Text(reference) + "\"}";
    return bench.sent(EventKind::kClick, {std::string_view(event)}).body;
  };
  CHECK(sent("search_result_id:u1").find(R"("search_result_id":"u1")") != Text::npos);
  CHECK(sent("product_listing_result_id:u2").find(R"("product_listing_result_id":"u2")") != Text::npos);
  CHECK(sent("u3").find(R"("recommendation_id":"u3")") != Text::npos);
  CHECK(sent("search_result_idu3").find(R"("recommendation_id":"search_result_idu3")") != Text::npos);
}

TEST_CASE("Depict: suggestions are words and categories") {
  const Slate slate = depict().slate(R"({"suggestions_request_id":"r2","suggestions":[
    {"type":"query","title":"red hat","suggestions_result_id":"a"},{"type":"query","query":"red shoe"},
    {"type":"listing","title":"Hats","listing_id":"l1","external_id":"1011"},{"type":"query"}]})");
  CHECK(slate.serveId == "r2");
  REQUIRE(slate.terms.size() == 3);
  CHECK(slate.terms[0].text == "red hat");
  CHECK(slate.terms[0].categoryId.empty());
  CHECK(slate.terms[1].text == "red shoe");
  CHECK(slate.terms[2].text == "Hats");
  CHECK(slate.terms[2].categoryId == "1011");
  CHECK(slate.products.empty());
  CHECK(slateJson(slate, false, "", {.hasTerms = true}) ==
        R"({"serveId":"r2","terms":[{"text":"red hat"},{"text":"red shoe"},)"
        R"({"text":"Hats","categoryId":"1011"}],"results":[]})");
  const Slate beside = depict().slate(R"({"suggestions_request_id":"r3","suggestions":[{"title":"red hat"}],
    "displays":[{"product_id":"P1","title":"Hat"}]})");
  CHECK(beside.serveId == "r3");
  REQUIRE(beside.terms.size() == 1);
  CHECK(beside.terms[0].text == "red hat");
  CHECK(beside.products.size() == 1);
  CHECK(depict().slate(R"({"displays":[],"suggestions":[{"title":"red hat"}]})").terms.size() == 1);
  CHECK(depict()
            .failed(422, R"({"detail":[{"loc":["query","market"],"msg":"Field required","type":"missing"}]})")
            ->field == "query.market");
}

TEST_CASE("Doofinder: a search, a listing and suggestions are asked for as js-doofinder does it") {
  CHECK(doofinder().address(QueryKind::kSearchText, kPaged) ==
        "https://eu1-search.doofinder.com/6/h1/_search?query=boots&indices%5B0%5D=product&rpp=20&page=3");
  const HttpRequest search = doofinder().asked(QueryKind::kSearchText, R"({"query":"b","sortBy":"price","filters":[
    {"field":"brand","operator":"in","value":["A","B&C"]},{"field":"brand","operator":"ne","value":"D"},
    {"field":"best_price","operator":"gte","value":5},{"field":"best_price","operator":"lt","value":9.5}]})");
  CHECK(search.method == "GET");
  CHECK(search.url ==
        "https://eu1-search.doofinder.com/6/h1/_search?query=b&indices%5B0%5D=product&sort%5B0%5D%5Bprice%5D=asc"
        "&filter%5Bbrand%5D%5B0%5D=A&filter%5Bbrand%5D%5B1%5D=B%26C&exclude%5Bbrand%5D%5B0%5D=D"
        "&filter%5Bbest_price%5D%5Bgte%5D=5&filter%5Bbest_price%5D%5Blt%5D=9.5");
  CHECK(doofinder().address(QueryKind::kSearchCategory,
                            R"({"categoryId":"Rain boots","sortBy":{"field":"title","order":"desc"}})") ==
        "https://eu1-search.doofinder.com/6/h1/_search?query=&indices%5B0%5D=product&sort%5B0%5D%5Btitle%5D=desc"
        "&filter%5Bcategories%5D%5B0%5D=Rain%20boots");
  CHECK(doofinder().address(QueryKind::kSuggest, R"({"query":"bo"})") ==
        "https://eu1-search.doofinder.com/6/h1/_suggest?query=bo&indices%5B0%5D=product");
}

TEST_CASE("Doofinder: filters that the service would read as one, or lacks, are refused") {
  const auto code = [](const std::string& filters) {
    return codeOf(doofinder(), QueryKind::kSearchText, R"({"query":"q","filters":[)" + filters + "]}");
  };
  const std::string brand = R"({"field":"brand","operator":"eq","value":"A"})";
  CHECK(code(brand) == "accepted");
  CHECK(code(brand + R"(,{"field":"brand","operator":"in","value":["B"]})") == "unsupported-filter filters");
  CHECK(code(brand + R"(,{"field":"brand","operator":"gt","value":1})") == "unsupported-filter filters");
  CHECK(code(R"({"field":"brand","operator":"exists","value":true})") == "unsupported-filter filters");
  CHECK(code(R"({"field":"brand","operator":"eq","value":null})") == "unsupported-filter filters");
  CHECK(code(R"({"field":"price","operator":"gt","value":"1"})") == "unsupported-filter filters");
  CHECK(codeOf(doofinder(), QueryKind::kSearchCategory,
               R"({"categoryId":"c","filters":[{"field":"categories","operator":"eq","value":"d"}]})") ==
        "unsupported-filter filters");
  CHECK(codeOf(doofinder(), QueryKind::kSearchText, R"({"query":"q","topK":101})") == "bad-argument topK");
  CHECK(codeOf(ServiceBench("doofinder", "{}"), QueryKind::kSuggest, R"({"query":"q"})") ==
        "bad-option provider.hashid");
}

TEST_CASE("Doofinder: the reply of a search is read, and its ids come back with a click") {
  const ServiceBench bench = doofinder();
  const Slate slate = bench.slate(R"({"query":"boots","query_name":"match_and","total":31,"total_found":31,"page":1,
    "results_per_page":10,"custom_results_id":null,"autocomplete_suggest":"Boots","facets":{
    "best_price":{"doc_count":2,"label":"","visible":true,"range":{"buckets":[{"doc_count":2,"from":0,"key":"0.0-*",
      "stats":{"avg":2,"count":2,"max":149.5,"min":5,"sum":4}}]}},
    "brand":{"doc_count":2,"label":"Brand","visible":true,"selected":{"buckets":[]},
      "terms":{"buckets":[{"doc_count":426,"key":"JANE"},{"doc_count":null,"key":"X"}]}},
    "secret":{"visible":false,"terms":{"buckets":[{"doc_count":1,"key":"Y"}]}}},
    "results":[{"id":"D1","dfid":"h1@product@5e","type":"product","title":"Boot","link":"https://shop/p",
    "image_link":"https://shop/i.jpg","price":30,"sale_price":20}]})");
  CHECK(slate.totalResults == 31);
  CHECK(slate.facets == R"([{"field":"best_price","title":"best_price","min":5,"max":149.5},{"field":"brand","title":)"
                        R"("Brand","values":[{"value":"JANE","count":426},{"value":"X"}]}])");
  REQUIRE(slate.products.size() == 1);
  CHECK(slate.products[0]->url == "https://shop/p");
  CHECK(slate.products[0]->price == 20);
  CHECK(slate.products[0]->originalPrice == 30);
  CHECK(slate.products[0]->reference == "h1@product@5e");
  const Text event = R"({"type":"click","eventId":"e1","sessionId":"s","itemId":"D1","position":2,"query":"boots",)"
                     R"("reference":")" +
                     slate.products[0]->reference + "\"}";
  CHECK(bench.sent(EventKind::kClick, {std::string_view(event)}).url ==
        "https://eu1-search.doofinder.com/6/h1/stats/click?dfid=h1%40product%405e&session_id=s"
        "&query=boots&position=3");
}

TEST_CASE("Doofinder: suggestions are read from results that are terms") {
  const auto textOf = [](std::string_view body) {
    std::string text;
    for (const Term& term : doofinder().slate(body).terms) text += std::string(term.text) + ";";
    return text;
  };
  CHECK(textOf(R"({"results":[{"term":"boots"},{"term":"rain boots"}]})") == "boots;rain boots;");
  CHECK(textOf(R"({"results":["boots"]})") == "boots;");
  CHECK(textOf(R"({"total":0,"results":[],"autocomplete_suggest":"boots"})") == "boots;");
  CHECK(textOf(R"({"results":[]})").empty());
}

TEST_CASE("RichRelevance: a search, a listing and suggestions have the parameters of its SDKs") {
  const HttpRequest search = richRelevance().asked(
      QueryKind::kSearchText, R"({"query":"boots","topK":20,"page":3,"sortBy":{"field":"salePriceCents","order":"asc"},
    "filters":[{"field":"brand_facet","operator":"eq","value":"A|B"},{"field":"color","operator":"eq","value":"red"}],
    "params":{"region":"5"}})");
  CHECK(search.method == "GET");
  CHECK(search.url + search.urlTail ==
        "https://recs.richrelevance.com/rrserver/api/find/v1/k1?query=boots&rows=20&placement=search_page.find"
        "&ssl=true&start=40&sort=salePriceCents%20ASC"
        "&filter=brand_facet%3A%22A%257CB%22%7Ccolor%3A%22red%22&userId=&sessionId=s_a&region=5&lang=en");
  CHECK(search.isRecord);
  CHECK(search.part.empty());
  const HttpRequest listing = richRelevance().asked(
      QueryKind::kSearchCategory, R"({"categoryId":"boots","topK":20,"page":3,"filters":[{"field":"price",
    "operator":"lte","value":50}]})");
  CHECK(listing.part == "category_page.rr1");
  CHECK(listing.urlTail == "&categoryId=boots&count=60&maxPriceFilter=5000&includePriceFilteredProducts=true&lang=en");
  CHECK(listing.skip == 40);
  CHECK(richRelevance().address(QueryKind::kSuggest, R"({"query":"bo","limit":5})") ==
        "https://recs.richrelevance.com/rrserver/api/find/v1/autocomplete/k1?query=bo&rows=5&lang=en");
  ServiceBench later = richRelevance();
  later.asker.ticket = "eF4";
  CHECK(later.asked(QueryKind::kSearchText, kPaged).freeTail == "&rcs=eF4");
}

TEST_CASE("RichRelevance: in a page with JSON-P, searches and suggestions are refused, because they have none") {
  ServiceBench bench("richrelevance", R"({"apiKey":"k1","apiClientKey":"c1","jsonp":true})");
  CHECK(codeOf(bench, QueryKind::kSearchText, R"({"query":"q"})") == "bad-option provider.jsonp");
  CHECK(codeOf(bench, QueryKind::kSuggest, R"({"query":"q"})") == "bad-option provider.jsonp");
  CHECK(bench.asked(QueryKind::kSearchCategory, R"({"categoryId":"c"})").isScript);
  bench.asker.url = "";
  CHECK_FALSE(bench.asked(QueryKind::kSearchText, R"({"query":"q"})").isScript);
  CHECK_FALSE(bench.asked(QueryKind::kSuggest, R"({"query":"q"})").isScript);
}

TEST_CASE("RichRelevance: filters that its SDKs do not have, and values that would end their text, are refused") {
  const auto code = [](const std::string& filters) {
    return codeOf(richRelevance(), QueryKind::kSearchText, R"({"query":"q","filters":[)" + filters + "]}");
  };
  CHECK(code(R"({"field":"brand","operator":"eq","value":"5\\\" plate"})") == "accepted");
  CHECK(code(R"({"field":"brand","operator":"eq","value":"A\" OR \"B"})") == "unsupported-filter filters");
  CHECK(code(R"({"field":"brand","operator":"eq","value":"A\\"})") == "unsupported-filter filters");
  CHECK(code(R"({"field":"brand","operator":"in","value":["A"]})") == "unsupported-filter filters");
  CHECK(code(R"({"field":"b","operator":"eq","value":"A"},{"field":"b","operator":"eq","value":"B"})") ==
        "unsupported-filter filters");
  CHECK(codeOf(richRelevance(), QueryKind::kSearchCategory,
               R"({"categoryId":"c","filters":[{"field":"color","operator":"eq","value":"x"}]})") ==
        "unsupported-filter filters");
  CHECK(codeOf(richRelevance(), QueryKind::kSearchCategory, R"({"categoryId":"c","configId":"home_page.a"})") ==
        "bad-argument configId");
  CHECK(codeOf(richRelevance(), QueryKind::kSearchCategory, R"({"categoryId":"c","topK":501,"page":2})") ==
        "bad-argument page");
}

TEST_CASE("RichRelevance: the reply of a search is read, and a facet's value can be sent back") {
  constexpr char kReply[] = R"({"request":{"apiKey":"k1"},"placements":[{"rcs":"eF4FwbEN","numFound":1956,
    "placement":"search_page.find","spellchecked":null,"docs":[{"id":"R1","name":"Shampoo","salePriceCents":797,
    "priceCents":798,"imageId":"http://shop/i.jpg","linkId":"","brand":"Hanes",
    "clickUrl":"https://recs.richrelevance.com/rrserver/api/find/v1/click?p=R1&ct=http%3A%2F%2Fshop%2Fp%3Fa%3D1%2520b"},
    {"id":"R2","name":"Soap","linkId":"/p/R2","clickUrl":"https://recs.richrelevance.com/c?p=R2"}],
    "facets":[{"facet":"brand_facet","values":[
      {"filter":"{!tag=brand_facet}brand_facet:\"5\\\" plates\"","count":126,"value":"5\" plates"},
      {"filter":"nonsense","count":1,"value":"x"}]}]}]})";
  const ServiceBench bench = richRelevance();
  const Slate slate = bench.slate(kReply);
  CHECK(slate.totalResults == 1956);
  CHECK(slate.ticket == "eF4FwbEN");
  REQUIRE(slate.products.size() == 2);
  CHECK(slate.products[0]->price == 7.97);
  CHECK(slate.products[0]->url == "http://shop/p?a=1%20b");
  CHECK(slate.products[0]->imageUrl == "http://shop/i.jpg");
  CHECK(std::string(slate.products[0]->reference).starts_with("https://recs.richrelevance.com/rrserver/api/find/v1/"));
  CHECK(slate.products[1]->url == "/p/R2");
  CHECK(slate.facets == R"([{"field":"{!tag=brand_facet}brand_facet","title":"brand_facet","values":[)"
                        R"({"value":"5\\\" plates","title":"5\" plates","count":126}]}])");
  const std::string again = bench.address(
      QueryKind::kSearchText, R"({"query":"q","filters":[{"field":)"
                              R"("{!tag=brand_facet}brand_facet","operator":"eq","value":"5\\\" plates"}]})");
  CHECK(again.find("&filter=%7B%21tag%3Dbrand_facet%7Dbrand_facet%3A%225%5C%22%20plates%22&") != std::string::npos);
  const Text event = R"({"type":"click","eventId":"e1","reference":")" + slate.products[0]->reference + "\"}";
  CHECK(bench.sent(EventKind::kClick, {std::string_view(event)}).url == slate.products[0]->reference);
  const ServiceBench followed("richrelevance", R"({"apiKey":"k1","apiClientKey":"c1","clicks":"follow"})");
  const Slate links = followed.slate(kReply);
  CHECK(links.products[0]->url == slate.products[0]->reference);
  CHECK(links.products[0]->reference.empty());
}

TEST_CASE("RichRelevance: suggestions are a list of terms") {
  const Slate slate = richRelevance().slate(
      R"([{"id":"maxi dress","terms":"maxi dress","type":"TOPTRENDS","value":"221"},{"id":"maxi","terms":"maxi"}])",
      "k1");
  REQUIRE(slate.terms.size() == 2);
  CHECK(slate.terms[1].text == "maxi");
  CHECK(richRelevance().slate("[]", "k1").terms.empty());
  CHECK(richRelevance().failed(200, "[]")->type == ErrorType::kServer);
  CHECK(richRelevance().failed(200, R"({"status":"error","errormessage":"Invalid apiKey"})")->message ==
        "Invalid apiKey");
}

TEST_CASE("Refine: a page is cut by Vitrine from the products of all pages up to it") {
  const ServiceBench bench("refine", R"({"apiKey":"pk","organizationId":"o","catalogId":"c"})");
  const HttpRequest page = bench.asked(QueryKind::kSearchText, kPaged);
  CHECK(page.body.find(R"("topK":60)") != Text::npos);
  CHECK(page.skip == 40);
  CHECK(codeOf(bench, QueryKind::kSearchText, R"({"query":"q","topK":600,"page":2})") == "bad-argument page");
  CHECK(codeOf(bench, QueryKind::kSearchText, R"({"query":"q","topK":6,"page":0})") == "bad-argument page");
  CHECK(codeOf(bench, QueryKind::kSearchText, R"({"query":"q","topK":6,"sortBy":{"field":"p","order":"up"}})") ==
        "bad-argument sortBy");
}
