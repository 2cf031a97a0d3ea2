// Refine (docs.joinrefine.io). The request for similar items, the header and the filters are the service's documented
// API. For visitor, user and search calls and for events the service documents only its SDK, so those paths and bodies
// are this project's own choice; apiUrl and eventsUrl lead them to any server that supports them.
#include <array>

#include "services/list.h"
#include "services/reply.h"
#include "services/status.h"

namespace vitrine::refine {
namespace {

constexpr char kApiUrl[] = "https://api.joinrefine.io";

class Refine final : public Service {
 public:
  // options: {apiKey, organizationId, catalogId, apiUrl = kApiUrl, eventsUrl = apiUrl + "/events"}
  Refine(const Json& options, List<Problem>& problems);

  Problem read(int status, std::string_view body, std::string_view part, const Slate* last,
               Slate& slate) const override;
  int lane(EventKind) const override { return 0; }
  std::size_t laneSize(int) const override { return kMaxBatch; }
  int receipt(int, int status, std::string_view) const override { return status; }
  bool encode(int lane, const List<std::string_view>& events, std::string_view batchId, TimeMs wallMs,
              HttpRequest& request) override;

 private:
  unsigned kinds() const override {
    return kindBits({QueryKind::kSimilarItems, QueryKind::kForVisitor, QueryKind::kForUser, QueryKind::kSearchText});
  }
  Problem build(QueryKind kind, const Json& query, const Asker& asker, HttpRequest& request) const override;

  Text apiUrl_;
  Text eventsUrl_;
  Text headersJson_;
  Text ownerJson_;  // `"organizationId":…,"catalogId":…`
};

Problem checkFilter(const Json& filter, const Text& path) {
  constexpr std::array<std::string_view, 10> kOperators = {"eq",  "ne", "gt",  "gte",    "lt",
                                                           "lte", "in", "nin", "exists", "match"};
  if (stringMember(filter, "field").empty()) {
    return validationError(path + ".field", "bad-filter", "A filter needs a field: {field, operator, value}.");
  }
  const std::string_view name = stringMember(filter, "operator");
  std::size_t op = 0;
  while (op < kOperators.size() && kOperators[op] != name) ++op;
  if (op == kOperators.size()) {
    return validationError(path + ".operator", "bad-filter",
                           "A filter's operator must be one of eq, ne, gt, gte, lt, lte, in, nin, exists, match.");
  }
  const Json* value = member(filter, "value");
  const auto wrong = [&](std::string_view what) {
    return validationError(path + ".value", "bad-filter",
                           "The value of a filter with this operator must be " + Text(what) + ".");
  };
  if (op <= 1 && (!value || value->isArray() || value->isObject()))
    return wrong("a string, a number, true, false or null");
  if (op >= 2 && op <= 5 && (!value || (!value->isNumber() && !value->isString())))
    return wrong("a number or a string");
  if ((op == 6 || op == 7) && (!value || !value->isArray())) return wrong("an array");
  if (op == 8 && (!value || !value->isBool())) return wrong("true or false");
  if (op == 9 && (!value || !value->isString())) return wrong("a string");
  return nullptr;
}

Problem checkQuery(QueryKind kind, const Json& query) {
  const bool isOfConfig = kind == QueryKind::kForVisitor || kind == QueryKind::kForUser;
  if (isOfConfig && stringMember(query, "configId").empty()) return argumentError("configId", "a non-empty string");
  if (kind == QueryKind::kSimilarItems && itemsOf(query).size() > 1)
    return validationError("anchorIds", "bad-argument", "Refine knows items similar to one product, not to several.");
  if (numberMember(query, "topK", -1) < 1) return argumentError("topK", "a whole number from 1 to 1000");
  if (const Json* weight = member(query, "visualWeight"); weight && !weight->isNull()) {
    const double w = weight->isNumber() ? weight->number : -1;
    if (!(w > 0 && w <= 1)) return argumentError("visualWeight", "a number above 0 and up to 1");
  }
  const Json* filters = member(query, "filters");
  if (!filters || filters->isNull()) return nullptr;
  if (!filters->isArray())
    return validationError("filters", "bad-filter", "filters must be an array of {field, operator, value}.");
  for (std::size_t i = 0; i < filters->children.size(); ++i) {
    if (Problem problem = checkFilter(filters->children[i], indexed("filters", i))) return problem;
  }
  return nullptr;
}

Refine::Refine(const Json& options, List<Problem>& problems)
    : Service(options, "Refine", "apiKey organizationId catalogId eventsUrl") {
  for (const char* name : {"apiKey", "organizationId", "catalogId"}) require(options, name, problems);
  noteSecret(options, "apiKey");
  apiUrl_ = address(options, "apiUrl", kApiUrl);
  eventsUrl_ = stringMember(options, "eventsUrl");
  if (eventsUrl_.empty()) eventsUrl_ = apiUrl_ + "/events";
  JsonObject(headersJson_)
      .add("content-type", "application/json")
      .add("REFINE_API_KEY", stringMember(options, "apiKey"))
      .close();
  JsonObject(ownerJson_)
      .add("organizationId", stringMember(options, "organizationId"))
      .add("catalogId", stringMember(options, "catalogId"));
}

Problem Refine::build(QueryKind kind, const Json& query, const Asker& asker, HttpRequest& request) const {
  if (Problem problem = checkQuery(kind, query)) return problem;
  const char* path = kind == QueryKind::kSimilarItems ? "/recs"
                     : kind == QueryKind::kForVisitor ? "/recs/visitor"
                     : kind == QueryKind::kForUser    ? "/recs/user"
                                                      : "/search/text";
  request.url = apiUrl_ + path;
  request.headersJson = headersJson_;
  Text rest;
  JsonObject body(rest);
  if (kind == QueryKind::kSimilarItems) {
    body.add("productId", itemsOf(query).front()).add("includeMetadata", true);
  } else {
    if (kind == QueryKind::kSearchText) {
      body.add("query", stringMember(query, "query"));
    } else {
      const std::string_view config = configFor(kind, query);
      body.add("configId", config.empty() ? stringMember(query, "configId") : config);
    }
    if (kind == QueryKind::kForUser) body.add("userId", asker.userId);
    if (!asker.visitorId.empty()) body.add("visitorId", asker.visitorId).add("sessionId", asker.sessionId);
  }
  body.add("topK", numberMember(query, "topK", 0));
  for (const char* name : {"visualWeight", "filters", "sortBy"}) {
    const Json* value = member(query, name);
    if (value && !value->isNull()) body.addJson(name, *value);
  }
  body.close();
  rest[0] = ',';
  request.body = ownerJson_ + rest;
  return nullptr;
}

Problem Refine::read(int status, std::string_view body, std::string_view, const Slate* last, Slate& slate) const {
  Cut cut;
  if (!isGood(status) || !cutList(body, "results", cut, last)) {
    Problem error = statusError(status);
    const Json reply = parseJson(body);
    if (const Json* detail = member(reply, "error"); detail && !isGood(status))
      setDetail(*error, stringMember(*detail, "code"), stringMember(*detail, "message"),
                stringMember(*detail, "field"));
    return error;
  }
  if (!takeHead(cut, last, slate)) {
    const Json frame = parseJson(cut.frame);
    if (!frame.isObject()) return statusError(status);
    slate.serveId = stringMember(frame, "serveId");
    slate.title = wordsIn(frame, "title");
    slate.totalResults = intMember(frame, "totalResults", -1);
    slate.currency = currencyIn(frame);
  }
  constexpr ProductFields kFields = {.id = "productId",
                                     .title = "name",
                                     .url = "url",
                                     .imageUrl = "imageUrl",
                                     .brand = "brand",
                                     .price = "price",
                                     .originalPrice = "originalPrice",
                                     .rating = "rating",
                                     .ratingCount = "ratingCount",
                                     .badges = "badges",
                                     .attributes = "metadata"};
  readProducts(cut, kFields, last, slate, reading_);
  slate.frame = std::move(cut.frame);
  return nullptr;
}

bool Refine::encode(int, const List<std::string_view>& events, std::string_view batchId, TimeMs wallMs,
                    HttpRequest& request) {
  request.url = eventsUrl_;
  request.isNeutral = true;
  request.body = neutralBatch(events, batchId, wallMs);
  return true;
}

}  // namespace

std::unique_ptr<Service> make(const Json& options, List<Problem>& problems) {
  return std::make_unique<Refine>(options, problems);
}

}  // namespace vitrine::refine
