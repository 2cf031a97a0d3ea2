#include "services/richrelevance/request.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <iterator>

#include "http/fields.h"

namespace vitrine::demo {
namespace {

constexpr std::size_t kMaxProducts = 15;  // on search and category pages
constexpr std::int64_t kMaxCount = 1000, kDefaultCount = 12, kMaxCents = 1'000'000'000;
constexpr std::size_t kMaxListBytes = 4000;

struct PageType {
  std::string_view name;
  std::vector<const char*> required;
};

const PageType kPageTypes[] = {{"home_page", {}},
                               {"item_page", {"productId"}},
                               {"add_to_cart_page", {"atcid"}},
                               {"cart_page", {"productId"}},
                               {"brand_page", {"fpb"}},
                               {"category_page", {"categoryId"}},
                               {"search_page", {"searchTerm"}},
                               {"purchase_complete_page", {"productId", "o", "q"}},
                               {"personal_page", {}},
                               {"generic_page", {}},
                               {"error_page", {}}};

Refusal invalid(const std::string& message) { return {400, "invalid-parameter", message}; }

class Parameters {
 public:
  explicit Parameters(const httplib::Request& request) : request_(request) {}

  std::string optional(const char* name, std::size_t maxBytes = kMaxIdBytes) const {
    std::string value = request_.get_param_value(name);
    if (value.size() > maxBytes) throw invalid(std::string("Parameter ") + name + " is too long");
    return value;
  }
  std::string required(const char* name, std::size_t maxBytes = kMaxIdBytes) const {
    std::string value = optional(name, maxBytes);
    if (value.empty()) throw invalid(std::string("Missing required parameter: ") + name);
    return value;
  }
  std::vector<std::string> list(const char* name) const { return splitList(optional(name, kMaxListBytes)); }
  bool flag(const char* name, bool fallback) const {
    const std::string value = optional(name);
    return value.empty() ? fallback : value == "true";
  }
  std::optional<std::int64_t> integer(const char* name, std::int64_t low, std::int64_t high) const {
    const std::string text = optional(name);
    return text.empty() ? std::nullopt : std::optional(wholeNumber(text, name, low, high));
  }
  static std::int64_t wholeNumber(const std::string& text, const char* name, std::int64_t low, std::int64_t high) {
    std::int64_t value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || end != text.data() + text.size() || value < low || value > high)
      throw invalid(std::string("Invalid value for parameter ") + name + ": " + text);
    return value;
  }

 private:
  const httplib::Request& request_;
};

void checkKeys(const Parameters& parameters) {
  if (parameters.required("apiKey") != kRichRelevanceApiKey) throw invalid("Invalid apiKey");
  if (parameters.required("apiClientKey") != kRichRelevanceClientKey) throw invalid("Invalid apiClientKey");
}

std::vector<Placement> readPlacements(const Parameters& parameters) {
  std::vector<Placement> placements;
  for (const std::string& id : splitList(parameters.required("placements", kMaxListBytes))) {
    const std::size_t dot = id.find('.');
    if (dot == std::string::npos || dot == 0 || dot + 1 == id.size()) throw invalid("Invalid placement: " + id);
    placements.push_back({id, id.substr(0, dot)});
    if (placements.back().type != placements.front().type)
      throw invalid("All placements must be for the same page type");
  }
  if (placements.empty()) throw invalid("Missing required parameter: placements");
  return placements;
}

std::int64_t centsOf(const std::string& price) {
  char* end = nullptr;
  const double amount = std::strtod(price.c_str(), &end);
  if (price.empty() || end != price.c_str() + price.size() || !(amount >= 0) || amount * 100 > kMaxCents)
    throw invalid("Invalid value for parameter pp: " + price);
  return std::llround(amount * 100);
}

std::vector<OrderLine> readOrder(const Parameters& parameters, const std::vector<std::string>& productIds) {
  const std::vector<std::string> quantities = parameters.list("q");
  const std::vector<std::string> prices = parameters.list("pp"), cents = parameters.list("ppc");
  if (prices.empty() && cents.empty()) throw invalid("Missing required parameter: pp or ppc");
  const std::vector<std::string>& given = cents.empty() ? prices : cents;
  if (quantities.size() != productIds.size() || given.size() != productIds.size())
    throw invalid("The lists productId, q and pp or ppc differ in length");
  std::vector<OrderLine> lines;
  for (std::size_t i = 0; i < productIds.size(); ++i)
    lines.push_back({productIds[i],
                     cents.empty() ? centsOf(given[i]) : Parameters::wholeNumber(given[i], "ppc", 0, kMaxCents),
                     Parameters::wholeNumber(quantities[i], "q", 1, 1'000'000)});
  return lines;
}

}  // namespace

std::vector<std::string> splitList(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('|', begin), text.size());
    if (end > begin) parts.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

RichRelevanceRequest readRichRelevanceRequest(const httplib::Request& source) {
  const Parameters parameters(source);
  checkKeys(parameters);
  RichRelevanceRequest request;
  request.sessionId = parameters.required("sessionId");
  request.userId = parameters.optional("userId");  // empty for a shopper who is not logged in
  request.rcs = parameters.optional("rcs", kMaxListBytes);
  request.placements = readPlacements(parameters);
  const auto page = std::find_if(std::begin(kPageTypes), std::end(kPageTypes),
                                 [&](const PageType& type) { return type.name == request.pageType(); });
  if (page == std::end(kPageTypes)) throw invalid("Invalid page type: " + request.pageType());
  for (const char* name : page->required) parameters.required(name, kMaxListBytes);

  request.productIds = parameters.list("productId");
  if (request.productIds.size() > kMaxProducts && (page->name == "search_page" || page->name == "category_page"))
    throw invalid("Parameter productId takes up to 15 products");
  request.cartIds = parameters.list("atcid");
  request.categoryHints = parameters.list("chi");
  request.blockedIds = parameters.list("bi");
  request.brand = parameters.optional("fpb");
  request.categoryId = parameters.optional("categoryId");
  request.searchTerm = parameters.optional("searchTerm", kMaxIdBytes * 2);
  request.orderId = parameters.optional("o");
  if (page->name == "purchase_complete_page") request.order = readOrder(parameters, request.productIds);
  request.minCents = parameters.integer("minPriceFilter", 0, kMaxCents);
  request.maxCents = parameters.integer("maxPriceFilter", 0, kMaxCents);
  request.count = static_cast<std::size_t>(parameters.integer("count", 1, kMaxCount).value_or(kDefaultCount));
  request.withItems = !parameters.flag("excludeRecItems", false);
  request.withAttributes = !parameters.flag("excludeItemAttributes", false);
  request.withCategories = parameters.flag("categoryData", true);
  request.isMinimal = parameters.flag("returnMinimalRecItemData", false);
  return request;
}

}  // namespace vitrine::demo
