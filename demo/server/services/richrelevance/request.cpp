#include "services/richrelevance/request.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "http/form.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxProducts = 15;  // on search and category pages
constexpr std::int64_t kMaxCount = 1000, kDefaultCount = 12, kMaxCents = 1'000'000'000;
constexpr std::size_t kMaxListBytes = 4000;

struct PageType {
  std::string_view name;
  std::vector<const char*> required;
};

// The required parameters that are lists of `|`. A list without an entry, such as "|", is a missing parameter.
constexpr std::string_view kRequiredLists[] = {"productId", "atcid", "q"};

const PageType kPageTypes[] = {{"home_page", {}},
                               {"item_page", {"productId"}},
                               {"add_to_cart_page", {"atcid"}},
                               {"cart_page", {}},
                               {"brand_page", {"fpb"}},
                               {"category_page", {"categoryId"}},
                               {"search_page", {"searchTerm"}},
                               {"purchase_complete_page", {"productId", "o", "q"}},
                               {"personal_page", {}},
                               {"generic_page", {}},
                               {"error_page", {}}};

Refusal print(const Complaints& complaints) {
  const Complaint& first = complaints.front();
  const std::string name = first.path.front();
  std::string message = "Invalid value for parameter " + name;
  if (first.problem == Complaint::kOther)
    message = first.words;
  else if (first.problem == Complaint::kMissing)
    message = "Missing required parameter: " + name;
  else if (first.rule.kind == Rule::kText)
    message = "Parameter " + name + " is too long";
  else
    message += ": " + first.value.get<std::string>();
  return {400, "invalid-parameter", message};
}

constexpr FormStyle kStyle{.print = print, .stopsAtFirst = true, .readsIntegerText = true, .readsDecimalText = true};

std::vector<std::string> readList(Form& form, const char* name) {
  return splitList(form.optionalText(name, kMaxListBytes));
}

std::optional<std::int64_t> readInteger(Form& form, const char* name, std::int64_t low, std::int64_t high) {
  form.optionalText(name);  // refuses a text that is too long in its own words
  return form.optionalInteger(name, low, high);
}

bool readFlag(Form& form, const char* name, bool fallback) {
  const std::string value = form.optionalText(name);
  return value.empty() ? fallback : value == "true";
}

void checkKeys(Form& form) {
  if (form.text("apiKey") != kRichRelevanceApiKey) form.complain("apiKey", "Invalid apiKey");
  if (form.text("apiClientKey") != kRichRelevanceClientKey) form.complain("apiClientKey", "Invalid apiClientKey");
}

std::vector<Placement> readPlacements(Form& form) {
  std::vector<Placement> placements;
  for (const std::string& id : splitList(form.text("placements", kMaxListBytes))) {
    const std::size_t dot = id.find('.');
    if (dot == std::string::npos || dot == 0 || dot + 1 == id.size())
      form.complain("placements", "Invalid placement: " + id);
    placements.push_back({id, id.substr(0, dot)});
    if (placements.back().type != placements.front().type)
      form.complain("placements", "All placements must be for the same page type");
  }
  if (placements.empty()) form.complain("placements", {.problem = Complaint::kMissing});
  return placements;
}

std::vector<OrderLine> readOrder(Form& form, const std::vector<std::string>& productIds) {
  const std::vector<std::string> quantities = readList(form, "q");
  const std::vector<std::string> prices = readList(form, "pp"), cents = readList(form, "ppc");
  if (prices.empty() && cents.empty()) form.complain("pp", "Missing required parameter: pp or ppc");
  if (quantities.size() != productIds.size() || (cents.empty() ? prices : cents).size() != productIds.size())
    form.complain("q", "The lists productId, q and pp or ppc differ in length");
  std::vector<OrderLine> lines;
  for (std::size_t i = 0; i < productIds.size(); ++i) {
    const std::int64_t price = cents.empty()
                                   ? std::llround(form.numberAt("pp", prices[i], 0, kMaxCents / 100.).value_or(0) * 100)
                                   : form.integerAt("ppc", cents[i], 0, kMaxCents).value_or(0);
    lines.push_back({productIds[i], price, form.integerAt("q", quantities[i], 1, 1'000'000).value_or(1)});
  }
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
  const json parameters = parametersOf(source);
  Form form(parameters, kStyle);
  checkKeys(form);
  RichRelevanceRequest request;
  request.sessionId = form.text("sessionId");
  request.userId = form.optionalText("userId");  // empty for a shopper who is not logged in
  request.rcs = form.optionalText("rcs", kMaxListBytes);
  request.placements = readPlacements(form);
  const auto page = std::find_if(std::begin(kPageTypes), std::end(kPageTypes),
                                 [&](const PageType& type) { return type.name == request.pageType(); });
  if (page == std::end(kPageTypes)) form.complain("placements", "Invalid page type: " + request.pageType());
  for (const char* name : page->required) {
    const std::string value = form.text(name, kMaxListBytes);
    const bool isList =
        std::find(std::begin(kRequiredLists), std::end(kRequiredLists), name) != std::end(kRequiredLists);
    if (isList && splitList(value).empty()) form.complain(name, {.problem = Complaint::kMissing});
  }

  request.productIds = readList(form, "productId");
  if (request.productIds.size() > kMaxProducts && (page->name == "search_page" || page->name == "category_page"))
    form.complain("productId", "Parameter productId takes up to 15 products");
  request.cartIds = readList(form, "atcid");
  request.categoryHints = readList(form, "chi");
  request.blockedIds = readList(form, "bi");
  request.brand = form.optionalText("fpb");
  request.categoryId = form.optionalText("categoryId");
  request.searchTerm = form.optionalText("searchTerm", kMaxIdBytes * 2);
  request.orderId = form.optionalText("o");
  if (page->name == "purchase_complete_page") request.order = readOrder(form, request.productIds);
  request.minCents = readInteger(form, "minPriceFilter", 0, kMaxCents);
  request.maxCents = readInteger(form, "maxPriceFilter", 0, kMaxCents);
  request.count = static_cast<std::size_t>(readInteger(form, "count", 1, kMaxCount).value_or(kDefaultCount));
  request.withItems = !readFlag(form, "excludeRecItems", false);
  request.withAttributes = !readFlag(form, "excludeItemAttributes", false);
  request.withCategories = readFlag(form, "categoryData", true);
  request.isMinimal = readFlag(form, "returnMinimalRecItemData", false);
  return request;
}

}  // namespace vitrine::demo
