#include "services/doofinder/api.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <string_view>
#include <vector>

#include "http/origin.h"
#include "http/replies.h"
#include "services/doofinder/errors.h"
#include "store/ids.h"
#include "store/words.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

constexpr std::size_t kResults = 12;

enum class Signal { kPage, kSession, kCart, kUser, kNone };

struct Widget {
  std::string_view id;
  const char* title;
  Signal signal;
};

constexpr Widget kWidgets[] = {
    {"5f3e0000-0000-4000-8000-000000000001", "You might also like", Signal::kPage},
    {"5f3e0000-0000-4000-8000-000000000002", "Because of what you looked at", Signal::kSession},
    {"5f3e0000-0000-4000-8000-000000000003", "Frequently bought together", Signal::kCart},
    {"5f3e0000-0000-4000-8000-000000000004", "Picked for you", Signal::kUser},
    {"5f3e0000-0000-4000-8000-000000000005", "Trending now", Signal::kNone},
};

// The price format of each currency; the exchange rates are examples and never change.
struct Currency {
  std::string_view code;
  const char *label, *format, *symbol, *decimal, *thousand;
  int precision;
  double rate;  // units for one euro
};

constexpr Currency kCurrencies[] = {
    {"EUR", "Euro", "%v %s", "€", ",", ".", 2, 1},
    {"USD", "US Dollar", "%s%v", "$", ".", ",", 2, 1.1},
    {"GBP", "Pound Sterling", "%s%v", "£", ".", ",", 2, 0.85},
    {"SEK", "Swedish Krona", "%v %s", "kr", ",", " ", 0, 11},
};

json describe(const Currency& currency) {
  return {{"code", currency.code},        {"label", currency.label},         {"format", currency.format},
          {"symbol", currency.symbol},    {"precision", currency.precision}, {"decimal", currency.decimal},
          {"thousand", currency.thousand}};
}

double priceIn(const Currency& currency, double euros) {
  const double unit = std::pow(10, currency.precision);
  return std::round(euros * currency.rate * unit) / unit;
}

bool isAllowed(std::string_view origin) {
  const auto isAt = [&](std::string_view machine) {
    return origin.starts_with(machine) && (origin.size() == machine.size() || origin[machine.size()] == ':');
  };
  return origin.empty() || isAt("http://127.0.0.1") || isAt("http://localhost");
}

// Returns the product id of a product page's URL; "" for other pages.
std::string productOf(const std::string& url) {
  const std::string path = url.substr(0, url.find_first_of("?#"));
  const std::size_t at = path.find("/product/");
  return at == std::string::npos ? std::string() : path.substr(at + 9);
}

}  // namespace

struct DoofinderApi::Query {
  Shopper shopper;
  std::vector<ItemIndex> pageItems, cart;
  std::vector<std::string> categories;
  const Currency* currency = std::begin(kCurrencies);
};

void DoofinderApi::mount(Router& router, Faults& faults) {
  router.setDialect("/doofinder/", doofinderDialect());
  router.on(
      "POST", "/doofinder/api/widget/*",
      faults.inject("doofinder", "recs",
                    [this](const httplib::Request& request, const std::string& body, httplib::Response& response) {
                      if (!isAllowed(request.get_header_value("Origin")))
                        throw Refusal{403, "forbidden-origin", "Forbidden origin"};
                      sendJson(response,
                               recommend(segmentOf(request.path, 3), parseDoofinderBody(body), shopOrigin(request)));
                    }));
}

DoofinderApi::Query DoofinderApi::read(const json& body) const {
  Form form(body, kDoofinderStyle);
  Query query;
  const std::string page = productOf(form.text("current_url"));
  if (const auto item = engine_.catalog.find(page)) query.pageItems.push_back(*item);
  query.shopper.sessionId = query.shopper.visitorId = form.optionalText("session_id", kMaxSessionIdLength);
  query.shopper.userId = form.optionalText("user_id", kMaxUserIdLength);
  const std::string hashid = form.optionalText("hashid");
  if (!hashid.empty() && hashid != kDoofinderHashid) form.complain("hashid", "does not exist");
  form.optionalText("language");
  const std::string code = form.optionalText("price_name");
  const auto currency = std::find_if(std::begin(kCurrencies), std::end(kCurrencies),
                                     [&](const Currency& known) { return known.code == code; });
  if (currency != std::end(kCurrencies))
    query.currency = currency;
  else if (!code.empty())
    form.complain("price_name", "does not exist");
  for (const json& item : form.optionalList("cart_items")) {
    const json* dfid = item.is_object() && item.contains("dfid") ? &item["dfid"] : nullptr;
    if (!dfid || !dfid->is_string()) {
      form.complain("cart_items", "must be objects with a dfid");
      continue;
    }
    if (const auto found = engine_.catalog.find(dfids_.itemOf(dfid->get<std::string>()))) query.cart.push_back(*found);
  }
  // The service documents objects and none of their members. Vitrine sends {name} and, of the last one, {id}.
  for (const json& category : form.optionalList("category_context")) {
    if (!category.is_object()) form.complain("category_context", "must be objects");
    for (const char* name : {"name", "id"}) {
      const auto text = category.find(name);
      if (text != category.end() && text->is_string()) query.categories.push_back(fold(text->get<std::string>()));
    }
  }
  form.finish();
  return query;
}

json DoofinderApi::recommend(const std::string& widgetId, const json& body, const std::string& origin) const {
  const auto widget =
      std::find_if(std::begin(kWidgets), std::end(kWidgets), [&](const Widget& known) { return known.id == widgetId; });
  if (widget == std::end(kWidgets)) throw Refusal{404, "not-found", "Not found"};
  const Query query = read(body);
  const Selection selection{kResults, [&](const CatalogProduct& product) {
                              return query.categories.empty() ||
                                     std::find(query.categories.begin(), query.categories.end(),
                                               fold(product.category)) != query.categories.end();
                            }};
  const Recommender& recommender = engine_.recommender;
  Ranking ranking;
  if (widget->signal == Signal::kPage && !query.pageItems.empty())
    ranking = recommender.similar(query.pageItems.front(), 1, query.shopper, selection, now());
  if (widget->signal == Signal::kCart && !query.cart.empty())
    ranking = recommender.goingWith(query.cart, query.shopper, selection, now());
  if (widget->signal == Signal::kSession && !query.shopper.sessionId.empty())
    ranking =
        recommender.forShopper(Aim::kPersonal, {query.shopper.visitorId, query.shopper.sessionId, {}}, selection, now())
            .ranking;
  if (widget->signal == Signal::kUser && !query.shopper.userId.empty())
    ranking = recommender.forShopper(Aim::kPersonal, query.shopper, selection, now()).ranking;
  if (widget->signal == Signal::kNone) ranking = recommender.forShopper(Aim::kPopular, {}, selection, now()).ranking;

  json results = json::array();
  for (const ScoredItem& item : ranking.items) {
    const CatalogProduct& product = engine_.catalog[item.item];
    const json& metadata = product.document["metadata"];
    json result = {{"id", product.id},
                   {"dfid", dfidOf(product.id)},
                   {"title", product.name},
                   {"price", priceIn(*query.currency, metadata.value("originalPrice", product.price))},
                   {"url", origin + metadata["url"].get<std::string>()},
                   {"image_link", origin + metadata["imageUrl"].get<std::string>()},
                   {"brand", product.brand},
                   {"categories", json::array({product.category})},
                   {"rating", product.rating}};
    if (metadata.contains("originalPrice")) result["sale_price"] = priceIn(*query.currency, product.price);
    results.push_back(std::move(result));
  }
  return {{"title", widget->title},
          {"currency", describe(*query.currency)},
          {"fallback_action", "disabled"},
          {"results", std::move(results)}};
}

}  // namespace vitrine::demo
