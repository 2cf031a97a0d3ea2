// Refine (docs.joinrefine.io). The request for similar items, the header and the filters are the service's documented
// API. For visitor, user and search calls and for events the service documents only its SDK, so those paths and bodies
// are this project's own choice; apiUrl and eventsUrl lead them to any server that supports them.
#include "services/list.h"
#include "services/reply.h"
#include "services/search.h"
#include "services/status.h"

namespace vitrine::refine {
namespace {

constexpr char kApiUrl[] = "https://api.joinrefine.io";
constexpr double kMostAsked = 1000;

class Refine final : public Service {
 public:
  // options: {apiKey, organizationId, catalogId, apiUrl = kApiUrl, eventsUrl = apiUrl + "/events"}
  Refine(const Json& options, List<Problem>& problems);

  Problem read(int status, std::string_view body, std::string_view part, const Slate* last,
               Slate& slate) const override;
  int lane(EventKind) const override { return 0; }
  std::size_t laneSize(int) const override { return kMaxBatch; }
  int receipt(int, int status, std::string_view) override { return status; }
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
  Text ownerJson_;  // `{"organizationId":…,"catalogId":…`
};

// Refine's SDK: configId belongs to the calls for a visitor and a user, sortBy to a search. filters belong to all.
constexpr Service::Takes kTakes[] = {{"similarItems", "anchorId anchorIds topK visualWeight"},
                                     {"forVisitor", "configId topK"},
                                     {"forUser", "configId topK"},
                                     {},
                                     {},
                                     {},
                                     {"searchText", "query topK visualWeight sortBy page"}};

Problem checkQuery(QueryKind kind, const Json& query) {
  const bool isOfConfig = kind == QueryKind::kForVisitor || kind == QueryKind::kForUser;
  if (isOfConfig && stringMember(query, "configId").empty()) return argumentError("configId", "a non-empty string");
  if (kind == QueryKind::kSimilarItems && itemsOf(query).size() > 1)
    return validationError("anchorIds", "bad-argument", "Refine knows items similar to one product, not to several.");
  if (numberMember(query, "topK", -1) < 1) return argumentError("topK", "a whole number from 1 to 1000");
  if (const Json* weight = member(query, "visualWeight"); weight && !weight->isNull()) {
    const double w = weight->isNumber() ? weight->number : -1;
    // Documentation: 0 is a search by text alone; for similar items it is above 0.
    const bool isSearch = kind == QueryKind::kSearchText;
    if (!((w > 0 || (isSearch && w == 0)) && w <= 1))
      return argumentError("visualWeight", isSearch ? "a number from 0 to 1" : "a number above 0 and up to 1");
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
  if (Problem problem = refuseOthers(query, asker, kTakes[static_cast<int>(kind)])) return problem;
  if (Problem problem = checkQuery(kind, query)) return problem;
  request.filtersJson.clear();
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
      body.add("query", textMember(query, "query"));
    } else {
      const std::string_view config = configFor(kind, query);
      body.add("configId", config.empty() ? stringMember(query, "configId") : config);
    }
    if (kind == QueryKind::kForUser) body.add("userId", asker.userId);
    if (!asker.visitorId.empty()) body.add("visitorId", asker.visitorId).add("sessionId", asker.sessionId);
  }
  double count = 0;
  if (Problem problem = requestPages(name_, query, kMostAsked, request, count)) return problem;
  body.add("topK", count);
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
    if (const Json* detail = member(reply, "error")) {
      if (!isGood(status)) setDetail(*error, stringMember(*detail, "code"), {}, stringMember(*detail, "field"));
      setDetail(*error, {}, detail->isString() ? detail->text : stringMember(*detail, "message"));
    }
    return error;
  }
  if (!takeHead(cut, last, slate)) {
    const Json frame = parseJson(cut.frame);
    if (!frame.isObject()) return statusError(status);
    slate.serveId = textMember(frame, "serveId");
    slate.title = wordsIn(frame, "title");
    slate.totalResults = countMember(frame, "totalResults");
    if (const Json* options = member(frame, "filterOptions"); options && !options->isNull())
      appendJson(slate.filterOptions, *options);
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
  // A collector of many shops must know whose events these are. A header would cost a CORS preflight for each batch.
  request.body = ownerJson_ + ",";
  request.body.append(neutralBatch(events, batchId, wallMs), 1);
  return true;
}

}  // namespace

std::unique_ptr<Service> make(const Json& options, List<Problem>& problems) {
  return std::make_unique<Refine>(options, problems);
}

}  // namespace vitrine::refine
