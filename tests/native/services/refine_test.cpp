#include <catch2/catch_test_macros.hpp>

#include "native/services/service_bench.h"
#include "services/make_service.h"
#include "services/service.h"

using namespace vitrine;

namespace {

constexpr char kOptions[] = R"({"name":"refine","apiKey":"pk","organizationId":"org","catalogId":"cat"})";
const Asker kVisitor{"v_a", "s_a", "", true, {}, {}, {}, {}};
const Asker kUser{"v_a", "s_a", "u1", true, {}, {}, {}, {}};
const Asker kNobody;

struct RefineBench {
  List<Problem> problems;
  std::unique_ptr<Service> refine;

  explicit RefineBench(std::string_view options = kOptions)
      : refine(makeService("refine", parseJson(options), problems)) {}

  HttpRequest posted(const List<std::string_view>& events) const {
    HttpRequest request;
    REQUIRE(refine->encode(0, events, "b1", 1700000000000, request));
    return request;
  }
  Problem read(int status, std::string_view body, Slate& slate) const {
    return refine->read(status, body, {}, nullptr, slate);
  }

  HttpRequest asked(QueryKind kind, std::string_view query, const Asker& asker = kVisitor) {
    HttpRequest request;
    const Problem problem = refine->ask(kind, parseJson(query), asker, request);
    INFO((problem ? problem->message : ""));
    REQUIRE_FALSE(problem);
    return request;
  }
  std::string refused(QueryKind kind, std::string_view query, const Asker& asker = kVisitor) {
    HttpRequest request;
    const Problem problem = refine->ask(kind, parseJson(query), asker, request);
    if (!problem) return "accepted";
    CHECK(problem->type == ErrorType::kValidation);
    CHECK(request.body.empty());
    return problem->field;
  }
  std::string filtered(std::string_view filter) {
    return refused(QueryKind::kSimilarItems, R"({"anchorId":"a","topK":1,"filters":[)" + std::string(filter) + "]}");
  }
};

}  // namespace

TEST_CASE("The request for similar items is the documented one") {
  const HttpRequest request = RefineBench().asked(
      QueryKind::kSimilarItems,
      R"({"anchorId":"SKU-1","topK":8,"visualWeight":0.5,"filters":[{"field":"metadata.color","operator":"eq",)"
      R"("value":"red"}]})");
  CHECK(request.method == "POST");
  CHECK(request.url == "https://api.joinrefine.io/recs");
  CHECK(request.headersJson == R"({"content-type":"application/json","REFINE_API_KEY":"pk"})");
  CHECK(request.body ==
        R"({"organizationId":"org","catalogId":"cat","productId":"SKU-1","includeMetadata":true,"topK":8,)"
        R"("visualWeight":0.5,)"
        R"("filters":[{"field":"metadata.color","operator":"eq","value":"red"}]})");
}

TEST_CASE("Requests for a visitor, a user and a search carry the ids") {
  RefineBench s;
  const HttpRequest visitor = s.asked(QueryKind::kForVisitor, R"({"configId":"c","topK":4})");
  CHECK(visitor.url == "https://api.joinrefine.io/recs/visitor");
  CHECK(visitor.body ==
        R"({"organizationId":"org","catalogId":"cat","configId":"c","visitorId":"v_a","sessionId":"s_a","topK":4})");
  const HttpRequest user = s.asked(QueryKind::kForUser, R"({"configId":"c","topK":4})", kUser);
  CHECK(user.url == "https://api.joinrefine.io/recs/user");
  CHECK(user.body == R"({"organizationId":"org","catalogId":"cat","configId":"c","userId":"u1","visitorId":"v_a",)"
                     R"("sessionId":"s_a","topK":4})");
  const HttpRequest search = s.asked(QueryKind::kSearchText, R"({"query":"red shoe","topK":4,"sortBy":"price"})");
  CHECK(search.url == "https://api.joinrefine.io/search/text");
  CHECK(search.body ==
        R"({"organizationId":"org","catalogId":"cat","query":"red shoe","visitorId":"v_a","sessionId":"s_a","topK":4,)"
        R"("sortBy":"price"})");
}

TEST_CASE("A call without ids has none") {
  const HttpRequest request = RefineBench().asked(QueryKind::kForVisitor, R"({"configId":"c","topK":4})", kNobody);
  CHECK(request.body == R"({"organizationId":"org","catalogId":"cat","configId":"c","topK":4})");
}

TEST_CASE("forUser before identify is refused before anything leaves the page") {
  RefineBench s;
  HttpRequest request;
  const Problem problem =
      s.refine->ask(QueryKind::kForUser, parseJson(R"({"configId":"c","topK":4})"), kVisitor, request);
  REQUIRE(problem);
  CHECK(problem->type == ErrorType::kValidation);
  CHECK(problem->code == "identify-first");
}

TEST_CASE("The options change the addresses") {
  RefineBench s(R"({"apiKey":"pk","organizationId":"o","catalogId":"c","apiUrl":"https://shop.example/refine//"})");
  CHECK(s.asked(QueryKind::kSimilarItems, R"({"anchorId":"a","topK":1})").url == "https://shop.example/refine/recs");
  CHECK(s.posted({}).url == "https://shop.example/refine/events");
  RefineBench t(R"({"apiKey":"pk","organizationId":"o","catalogId":"c","apiUrl":"/x","eventsUrl":"/collect"})");
  CHECK(t.posted({}).url == "/collect");
}

TEST_CASE("A missing option is reported at once, and every call is refused") {
  RefineBench s(R"({"name":"refine","apiKey":"pk","catalogId":7})");
  REQUIRE(s.problems.size() == 2);
  CHECK(s.problems[0]->field == "provider.organizationId");
  CHECK(s.problems[1]->field == "provider.catalogId");
  CHECK(s.refused(QueryKind::kSimilarItems, R"({"anchorId":"a","topK":1})") == "provider.organizationId");
  CHECK(RefineBench("null").problems.size() == 3);
}

TEST_CASE("A refused query names the wrong argument") {
  RefineBench s;
  CHECK(s.refused(QueryKind::kSimilarItems, "[]") == "query");
  CHECK(s.refused(QueryKind::kSimilarItems, "oops") == "query");
  CHECK(s.refused(QueryKind::kSimilarItems, R"({"topK":1})") == "anchorId");
  CHECK(s.refused(QueryKind::kSimilarItems, R"({"anchorId":7,"topK":1})") == "anchorId");
  CHECK(s.refused(QueryKind::kSearchText, R"({"query":"","topK":1})") == "query");
  CHECK(s.refused(QueryKind::kForVisitor, R"({"topK":1})") == "configId");
  for (const char* topK : {"0", "-1", "1.5", "1001", "\"4\"", "null"})
    CHECK(s.refused(QueryKind::kSimilarItems, R"({"anchorId":"a","topK":)" + std::string(topK) + "}") == "topK");
  CHECK(s.refused(QueryKind::kSimilarItems, R"({"anchorId":"a"})") == "topK");
  for (const char* weight : {"0", "-0.1", "1.01", "\"1\"", "true"})
    CHECK(s.refused(QueryKind::kSimilarItems,
                    R"({"anchorId":"a","topK":1,"visualWeight":)" + std::string(weight) + "}") == "visualWeight");
  for (const char* weight : {"1", "0.001", "null"})
    CHECK(s.refused(QueryKind::kSimilarItems,
                    R"({"anchorId":"a","topK":1,"visualWeight":)" + std::string(weight) + "}") == "accepted");
}

TEST_CASE("A search takes a weight of 0, an order by field, and words that are a number") {
  RefineBench s;
  const auto body = [&](const char* more) {
    return s.asked(QueryKind::kSearchText, R"({"query":"q","topK":1,)" + std::string(more) + "}").body;
  };
  CHECK(body(R"("visualWeight":0)").find(R"("visualWeight":0)") != std::string::npos);
  CHECK(body(R"("sortBy":{"field":"price","order":"ascending"})")
            .find(R"("sortBy":{"field":"price","order":"ascending"})") != std::string::npos);
  CHECK(s.asked(QueryKind::kSearchText, R"({"query":501,"topK":1})").body.find(R"("query":"501")") !=
        std::string::npos);
  for (const char* wrong : {"7", "[]", "true", R"({"order":"ascending"})"})
    CHECK(s.refused(QueryKind::kSearchText, R"({"query":"q","topK":1,"sortBy":)" + std::string(wrong) + "}") ==
          "sortBy");
  CHECK(s.refused(QueryKind::kSearchText, R"({"query":"q","topK":1,"visualWeight":-0.1})") == "visualWeight");
}

TEST_CASE("A reply's options for filters are kept, and its numbers may be texts") {
  Slate slate;
  REQUIRE_FALSE(RefineBench().read(
      200,
      R"({"serveId":7,"totalResults":"40","filterOptions":{"color":["red"]},"results":[{"productId":"a","score":0.9,)"
      R"("metadata":{"name":"A"}},{"productId":"b","score":"0.5"},{"productId":"c"}]})",
      slate));
  CHECK(slate.serveId == "7");
  CHECK(slate.totalResults == 40);
  const Json result = parseJson(slateJson(slate));
  CHECK(member(*member(result, "filterOptions"), "color")->children[0].text == "red");
  const auto& results = member(result, "results")->children;
  CHECK(numberMember(results[0], "score", -1) == 0.9);
  CHECK(numberMember(results[1], "score", -1) == 0.5);
  CHECK_FALSE(member(results[2], "score"));
}

TEST_CASE("Each of the ten filter operators takes the values it can work with") {
  struct Row {
    const char* name;
    std::vector<const char*> good, bad;
  };
  for (const Row& row : std::vector<Row>{{"eq", {"\"red\"", "5", "true", "null"}, {"[1]", "{}"}},
                                         {"ne", {"\"red\"", "5", "false", "null"}, {"[1]", "{}"}},
                                         {"gt", {"5", "\"2024-01-01\""}, {"true", "null", "[5]", "{}"}},
                                         {"gte", {"5", "\"a\""}, {"true", "null", "[5]"}},
                                         {"lt", {"5", "\"a\""}, {"true", "null", "[5]"}},
                                         {"lte", {"5", "\"a\""}, {"true", "null", "[5]"}},
                                         {"in", {"[]", "[1,\"a\"]"}, {"1", "\"a\"", "{}", "null"}},
                                         {"nin", {"[]", "[1,\"a\"]"}, {"1", "\"a\"", "{}", "null"}},
                                         {"exists", {"true", "false"}, {"1", "\"true\"", "null"}},
                                         {"match", {"\"red\"", "\"\""}, {"5", "[\"red\"]", "null", "true"}}}) {
    RefineBench s;
    const std::string start = R"({"field":"metadata.x","operator":")" + std::string(row.name) + "\"";
    for (const char* value : row.good) CHECK(s.filtered(start + ",\"value\":" + value + "}") == "accepted");
    for (const char* value : row.bad) CHECK(s.filtered(start + ",\"value\":" + value + "}") == "filters[0].value");
    CHECK(s.filtered(start + "}") == "filters[0].value");
  }
}

TEST_CASE("A refused filter is named by its index") {
  RefineBench s;
  CHECK(s.filtered("") == "accepted");
  CHECK(s.filtered("7") == "filters[0].field");
  CHECK(s.filtered(R"({"operator":"eq","value":1})") == "filters[0].field");
  CHECK(s.filtered(R"({"field":"","operator":"eq","value":1})") == "filters[0].field");
  CHECK(s.filtered(R"({"field":"a","operator":"like","value":1})") == "filters[0].operator");
  CHECK(s.filtered(R"({"field":"a","value":1})") == "filters[0].operator");
  CHECK(s.filtered(R"({"field":"a","operator":"eq","value":1},{"field":"b","operator":"EQ","value":1})") ==
        "filters[1].operator");
  CHECK(s.refused(QueryKind::kSimilarItems, R"({"anchorId":"a","topK":1,"filters":{}})") == "filters");
  CHECK(s.refused(QueryKind::kSimilarItems, R"({"anchorId":"a","topK":1,"filters":null})") == "accepted");
}

TEST_CASE("A reply becomes a slate") {
  Slate slate;
  REQUIRE_FALSE(
      RefineBench().read(200,
                         R"({"status":"success","serveId":"sv_1","title":"For you","totalResults":40,"results":[
    {"productId":"a","score":0.9,"metadata":{"name":"Shoe","price":12.9,"originalPrice":20,"currency":"EUR","brand":"B",
     "imageUrl":"/a.svg","url":"/p/a","rating":4.5,"ratingCount":12,"color":"red"}},
    {"productId":"b","metadata":{"title":"Only a title","price":"12","originalPrice":-1,"rating":6,"ratingCount":-5}},
    {"productId":"c"}]})",
                         slate));
  CHECK(slate.serveId == "sv_1");
  CHECK(slate.title == "For you");
  CHECK(slate.totalResults == 40);
  REQUIRE(slate.products.size() == 3);
  const Product& a = *slate.products[0];
  CHECK(a.title == "Shoe");
  CHECK(a.price == 12.9);
  CHECK(a.originalPrice == 20);
  CHECK(a.currency == "EUR");
  CHECK(a.brand == "B");
  CHECK(a.imageUrl == "/a.svg");
  CHECK(a.url == "/p/a");
  CHECK(a.rating == 4.5);
  CHECK(a.ratingCount == 12);
  CHECK(stringMember(a.attributes(), "color") == "red");
  const Product& b = *slate.products[1];
  CHECK(b.title == "Only a title");
  CHECK(b.price == 12);
  CHECK(b.originalPrice < 0);
  CHECK(b.rating < 0);
  CHECK(b.ratingCount == 0);
  CHECK(slate.products[2]->title == "c");
}

TEST_CASE("Results that are no product are counted and left out") {
  Slate slate;
  REQUIRE_FALSE(RefineBench().read(
      200,
      R"({"results":[7,null,{},{"productId":""},{"productId":5.5},{"productId":"a","metadata":[1]},"x"],)"
      R"("totalResults":"many"})",
      slate));
  CHECK(slate.rejected == 6);
  REQUIRE(slate.products.size() == 1);
  CHECK(slate.products[0]->id == "a");
  CHECK(slate.totalResults == -1);
  CHECK(slate.serveId.empty());
}

TEST_CASE("A former price that was not higher is no discount") {
  Slate slate;
  REQUIRE_FALSE(
      RefineBench().read(200,
                         R"({"results":[{"productId":"a","metadata":{"price":10,"originalPrice":10}},{"productId":"b",)"
                         R"("metadata":{"price":10,"originalPrice":9}}]})",
                         slate));
  CHECK(slate.products[0]->originalPrice < 0);
  CHECK(slate.products[1]->originalPrice < 0);
}

TEST_CASE("Each failure has the type and the retry rule of the SDK's table") {
  struct Row {
    int status;
    ErrorType type;
  };
  for (const Row& row :
       {Row{400, ErrorType::kValidation}, Row{422, ErrorType::kValidation}, Row{401, ErrorType::kAuth},
        Row{403, ErrorType::kForbidden}, Row{404, ErrorType::kNotFound}, Row{429, ErrorType::kRateLimit},
        Row{408, ErrorType::kTimeout}, Row{504, ErrorType::kTimeout}, Row{-1, ErrorType::kTimeout},
        Row{500, ErrorType::kServer}, Row{502, ErrorType::kServer}, Row{503, ErrorType::kServer},
        Row{302, ErrorType::kServer}, Row{0, ErrorType::kNetwork}, Row{-2, ErrorType::kNetwork}}) {
    CAPTURE(row.status);
    Slate slate;
    const Problem problem = RefineBench().read(row.status, R"({"status":"error"})", slate);
    REQUIRE(problem);
    CHECK(problem->type == row.type);
    CHECK(problem->status == std::max(row.status, 0));
    CHECK(problem->code == "request-failed");
    CHECK_FALSE(problem->message.empty());
  }
}

TEST_CASE("The service's own code and message of a failure are kept") {
  Slate slate;
  const Problem problem = RefineBench().read(
      400, R"({"status":"error","error":{"code":"bad_k","message":"topK too large","field":"topK"}})", slate);
  REQUIRE(problem);
  CHECK(problem->code == "bad_k");
  CHECK(problem->message == "topK too large");
  CHECK(problem->field == "topK");
}

TEST_CASE("A good status with a bad body is the server's fault") {
  for (const char* body : {"", "<html>", "{}", "[]", "null", R"({"results":{}})", R"({"results":"x"})",
                           R"({"results":[)", R"({"status":"error","error":{"code":"x","message":"y"}})", "\xFF"}) {
    CAPTURE(body);
    Slate slate;
    const Problem problem = RefineBench().read(200, body, slate);
    REQUIRE(problem);
    CHECK(problem->type == ErrorType::kServer);
    CHECK(problem->code == "bad-reply");
    CHECK(slate.products.empty());
  }
  Slate refused;
  CHECK(RefineBench().read(200, R"({"status":"error","error":{"message":"No such catalogue."}})", refused)->message ==
        "No such catalogue.");
  CHECK(RefineBench().read(500, R"({"error":"text"})", refused)->message == "text");
  for (const char* body : {R"({"error":"text"})", R"({"error":{"code":7,"message":[]}})", R"({"error":null})"}) {
    Slate slate;
    const Problem problem = RefineBench().read(500, body, slate);
    REQUIRE(problem);
    CHECK(problem->code == "request-failed");
  }
}

TEST_CASE("Events are posted as one batch, as they were written") {
  const HttpRequest post = RefineBench().posted({R"({"eventId":"1"})", R"({"eventId":"2"})"});
  CHECK(post.url == "https://api.joinrefine.io/events");
  CHECK(post.body == R"({"organizationId":"org","catalogId":"cat","batchId":"b1","sentAt":1700000000000,)"
                     R"("events":[{"eventId":"1"},{"eventId":"2"}]})");
  CHECK(post.headersJson.empty());
  CHECK(RefineBench().posted({}).body ==
        R"({"organizationId":"org","catalogId":"cat","batchId":"b1","sentAt":1700000000000,"events":[]})");
}

TEST_CASE("An unknown provider name is reported, and Refine is used") {
  List<Problem> problems;
  CHECK(makeService("refine", parseJson(kOptions), problems) != nullptr);
  CHECK(problems.empty());
  CHECK(makeService("acme", parseJson(kOptions), problems) != nullptr);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0]->field == "provider.name");
}

TEST_CASE("A kind of query is read only from its exact name") {
  for (int i = 0; i < kQueryKinds; ++i) {
    QueryKind kind;
    REQUIRE(readQueryKind(kQueryKindNames[i], kind));
    CHECK(static_cast<int>(kind) == i);
  }
  QueryKind kind;
  CHECK_FALSE(readQueryKind("similaritems", kind));
  CHECK_FALSE(readQueryKind("", kind));
}

TEST_CASE("Refine: a result may have its fields itself or in its metadata, and its own count") {
  const ServiceBench bench("refine", R"({"apiKey":"pk","organizationId":"o","catalogId":"c"})");
  const Slate slate = bench.slate(R"({"results":[
    {"productId":"p1","title":"Red shoe","price":12.5,"imageUrl":"/i.png","metadata":{"color":"red","price":99}},
    {"productId":"p2","metadata":{"name":"Blue shoe","price":7,"imageUrl":"/j.png"}}]})");
  REQUIRE(slate.products.size() == 2);
  CHECK(slate.products[0]->title == "Red shoe");
  CHECK(slate.products[0]->price == 12.5);
  CHECK(slate.products[0]->imageUrl == "/i.png");
  CHECK(stringMember(slate.products[0]->attributes(), "color") == "red");
  CHECK(slate.products[1]->title == "Blue shoe");
  CHECK(slate.products[1]->price == 7);
  CHECK(slate.products[1]->imageUrl == "/j.png");
}
