#include "providers/refine.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/number.h"

namespace vitrine {
namespace {

Problem require(bool isGood, std::string_view field, std::string_view message) {
  if (isGood) return nullptr;
  return validationError(field, "bad-argument", message);
}

Problem checkFilter(const Json& filter, const std::string& path) {
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
                           "The value of a filter with this operator must be " + std::string(what) + ".");
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

Problem checkQuery(QueryKind kind, const Json& query, const Asker& asker) {
  if (!query.isObject()) return validationError("query", "bad-argument", "The argument must be an object.");
  if (kind == QueryKind::kForUser && !asker.isAllowed) {
    return validationError("consent", "consent-required",
                           "forUser sends the user's id, which the shopper has not agreed to.");
  }
  if (kind == QueryKind::kForUser && asker.userId.empty()) {
    return validationError("userId", "identify-first", "forUser needs a known user: call identify(userId) first.");
  }
  const char* text = kind == QueryKind::kSimilarItems ? "anchorId"
                     : kind == QueryKind::kSearchText ? "query"
                                                      : "configId";
  if (stringMember(query, text).empty())
    return validationError(text, "bad-argument", std::string(text) + " must be a non-empty string.");
  const double topK = numberMember(query, "topK", -1);
  if (Problem problem = require(topK >= 1 && topK == std::floor(topK) && topK <= 1000, "topK",
                                "topK must be a whole number from 1 to 1000.")) {
    return problem;
  }
  if (const Json* weight = member(query, "visualWeight"); weight && !weight->isNull()) {
    const double w = weight->isNumber() ? weight->number : -1;
    if (Problem problem =
            require(w > 0 && w <= 1, "visualWeight", "visualWeight must be a number above 0 and up to 1."))
      return problem;
  }
  const Json* filters = member(query, "filters");
  if (!filters || filters->isNull()) return nullptr;
  if (!filters->isArray())
    return validationError("filters", "bad-filter", "filters must be an array of {field, operator, value}.");
  for (std::size_t i = 0; i < filters->children.size(); ++i) {
    std::string path = "filters[";
    appendInteger(path, i);
    if (Problem problem = checkFilter(filters->children[i], path + "]")) return problem;
  }
  return nullptr;
}

double readPrice(const Json& metadata, const char* name) {
  const double price = numberMember(metadata, name, -1);
  return price >= 0 && std::isfinite(price) ? price : -1;
}

// A result is {productId, metadata: {…}}; false if it has no id.
bool readProduct(const Json& result, Product& product) {
  product.id = stringMember(result, "productId");
  if (product.id.empty()) return false;
  const Json* found = member(result, "metadata");
  const Json& metadata = found && found->isObject() ? *found : result;  // without metadata only the id is known
  product.title = stringMember(metadata, "name", stringMember(metadata, "title", product.id));
  product.url = stringMember(metadata, "url");
  product.imageUrl = stringMember(metadata, "imageUrl");
  product.brand = stringMember(metadata, "brand");
  product.currency = stringMember(metadata, "currency");
  product.price = readPrice(metadata, "price");
  product.originalPrice = readPrice(metadata, "originalPrice");
  if (product.originalPrice <= product.price) product.originalPrice = -1;
  const double rating = numberMember(metadata, "rating", -1);
  product.rating = rating >= 0 && rating <= 5 ? rating : -1;
  product.ratingCount = std::max(0, intMember(metadata, "ratingCount", 0));
  product.attributes = metadata;
  return true;
}

// Status to type: the SDK's error table.
ErrorType typeOf(int status) {
  switch (status) {
    case 0:
    case -2:
      return ErrorType::kNetwork;
    case -1:
    case 408:
    case 504:
      return ErrorType::kTimeout;
    case 401:
      return ErrorType::kAuth;
    case 403:
      return ErrorType::kForbidden;
    case 404:
      return ErrorType::kNotFound;
    case 429:
      return ErrorType::kRateLimit;
    default:
      return status >= 400 && status < 500 ? ErrorType::kValidation : ErrorType::kServer;
  }
}

// A reply that is no list of results: {status: "error", error: {code, message, field?}}, or nothing of the kind.
Problem readError(int status, const Json& reply) {
  auto error = std::make_unique<Error>();
  const bool isGood = status >= 200 && status < 300;
  error->type = typeOf(status);
  error->status = std::max(status, 0);
  error->code = isGood ? "bad-reply" : "request-failed";
  if (error->type == ErrorType::kNetwork)
    error->message = "The recommendation service could not be reached.";
  else if (status < 0)
    error->message = "The recommendation service did not answer in time.";
  else if (isGood)
    error->message = "The recommendation service sent a reply that is no list of results.";
  else
    error->message = "The recommendation service refused the request.";
  if (const Json* detail = member(reply, "error"); detail && !isGood) {
    error->code = stringMember(*detail, "code", error->code);
    error->field = stringMember(*detail, "field");
    error->message = stringMember(*detail, "message", error->message);
  }
  return error;
}

}  // namespace

Refine::Refine(const Json& options, std::vector<Problem>& problems) {
  for (const char* name : {"apiKey", "organizationId", "catalogId"}) {
    if (!stringMember(options, name).empty()) continue;
    missing_ = std::string("provider.") + name;
    problems.push_back(validationError(missing_, "bad-option", missing_ + " must be a non-empty string."));
  }
  apiUrl_ = stringMember(options, "apiUrl", kRefineApiUrl);
  while (!apiUrl_.empty() && apiUrl_.back() == '/') apiUrl_.pop_back();
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

Problem Refine::ask(QueryKind kind, const Json& query, const Asker& asker, HttpRequest& request) const {
  if (!missing_.empty()) return validationError(missing_, "bad-option", missing_ + " must be a non-empty string.");
  if (Problem problem = checkQuery(kind, query, asker)) return problem;
  constexpr const char* kPaths[kQueryKinds] = {"/recs", "/recs/visitor", "/recs/user", "/search/text"};
  request.method = "POST";
  request.url = apiUrl_ + kPaths[static_cast<int>(kind)];
  request.headersJson = headersJson_;
  std::string rest;
  JsonObject body(rest);
  if (kind == QueryKind::kSimilarItems) {
    body.add("productId", stringMember(query, "anchorId")).add("includeMetadata", true);
  } else {
    const char* name = kind == QueryKind::kSearchText ? "query" : "configId";
    body.add(name, stringMember(query, name));
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

Problem Refine::read(int status, std::string_view body, Slate& slate) const {
  const Json reply = parseJson(body);
  const Json* results = member(reply, "results");
  if (status < 200 || status >= 300 || !results || !results->isArray()) return readError(status, reply);
  slate.serveId = stringMember(reply, "serveId");
  slate.title = stringMember(reply, "title");
  slate.totalResults = intMember(reply, "totalResults", -1);
  slate.products.reserve(results->children.size());
  for (const Json& result : results->children) {
    if (!readProduct(result, slate.products.emplace_back())) {
      slate.products.pop_back();
      ++slate.rejected;
    }
  }
  return nullptr;
}

EventPost Refine::encode(const std::vector<std::string_view>& events, std::string_view batchId, TimeMs wallMs) const {
  EventPost post{eventsUrl_, {}};
  std::size_t bytes = 96;
  for (const std::string_view event : events) bytes += event.size() + 1;
  post.body.reserve(bytes);
  JsonObject body(post.body);
  body.add("batchId", batchId).add("sentAt", wallMs);
  std::string& out = body.key("events");
  char separator = '[';
  for (const std::string_view event : events) {
    out += separator;
    out += event;
    separator = ',';
  }
  out += events.empty() ? "[]" : "]";
  body.close();
  return post;
}

}  // namespace vitrine
