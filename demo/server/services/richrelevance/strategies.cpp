#include "services/richrelevance/strategies.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "store/ids.h"
#include "store/words.h"

namespace vitrine::demo {
namespace {

enum class Strategy { kSimilar, kTogether, kPersonal, kPopular, kCategory, kBrand, kSearch };

struct Choice {
  Strategy strategy;
  const char* message;
};

// The strategies of a page type, best first. Placements beyond the end of the list get popular products.
std::vector<Choice> choicesFor(const std::string& pageType) {
  if (pageType == "item_page")
    return {{Strategy::kSimilar, "Similar items"}, {Strategy::kTogether, "Customers also bought"}};
  if (pageType == "cart_page" || pageType == "add_to_cart_page" || pageType == "purchase_complete_page")
    return {{Strategy::kTogether, "Goes well with your cart"}, {Strategy::kPersonal, "Picked for you"}};
  if (pageType == "category_page")
    return {{Strategy::kCategory, "Top sellers of this category"}, {Strategy::kPersonal, "Picked for you"}};
  if (pageType == "brand_page")
    return {{Strategy::kBrand, "Top sellers of this brand"}, {Strategy::kPersonal, "Picked for you"}};
  if (pageType == "search_page")
    return {{Strategy::kSearch, "For what you searched"}, {Strategy::kPersonal, "Picked for you"}};
  return {{Strategy::kPersonal, "Picked for you"}, {Strategy::kPopular, "Shop Top Sellers"}};
}

std::vector<ItemIndex> itemsOf(const Catalog& catalog, const std::vector<std::string>& ids) {
  std::vector<ItemIndex> items;
  for (const std::string& id : ids)
    if (const auto item = catalog.find(id)) items.push_back(*item);
  return items;
}

// Returns true if one category hint or id equals the product's category, ignoring case and accents.
bool isIn(const CatalogProduct& product, const std::vector<std::string>& categories) {
  return categories.empty() || std::any_of(categories.begin(), categories.end(), [&](const std::string& category) {
           return fold(category) == fold(product.category);
         });
}

class Filler {
 public:
  Filler(const Engine& engine, const RichRelevanceRequest& request, const Shopper& shopper)
      : engine_(engine),
        request_(request),
        asker_(shopper),
        taken_(request.blockedIds.begin(), request.blockedIds.end()) {
    pageItems_ = itemsOf(engine.catalog, request.cartIds.empty() ? request.productIds : request.cartIds);
  }

  Filled fill(const Placement& placement, std::size_t place) {
    const std::vector<Choice> choices = choicesFor(placement.type);
    Choice choice = place < choices.size() ? choices[place] : Choice{Strategy::kPopular, "Shop Top Sellers"};
    std::vector<ScoredItem> items = itemsBy(choice.strategy);
    if (items.empty()) {
      choice = {Strategy::kPopular, "Shop Top Sellers"};
      items = itemsBy(choice.strategy);
    }
    for (const ScoredItem& item : items) taken_.insert(engine_.catalog[item.item].id);
    return {placement, choice.message, 100 + static_cast<int>(choice.strategy), std::move(items)};
  }

 private:
  Selection selection(std::function<bool(const CatalogProduct&)> isWanted = {}) const {
    return {request_.count, [this, isWanted = std::move(isWanted)](const CatalogProduct& product) {
              const auto cents = std::llround(product.price * 100);
              return !taken_.contains(product.id) && cents >= request_.minCents.value_or(0) &&
                     cents <= request_.maxCents.value_or(INT64_MAX) && (!isWanted || isWanted(product));
            }};
  }

  std::vector<ScoredItem> itemsBy(Strategy strategy) const {
    const Recommender& recommender = engine_.recommender;
    switch (strategy) {
      case Strategy::kSimilar:
        if (pageItems_.empty()) return {};
        return recommender
            .similar(pageItems_.front(), 1, asker_,
                     selection([this](const CatalogProduct& product) { return isIn(product, request_.categoryHints); }),
                     now())
            .items;
      case Strategy::kTogether:
        if (pageItems_.empty()) return {};
        return recommender.goingWith(pageItems_, asker_, selection(), now()).items;
      case Strategy::kCategory:
        return popular([this](const CatalogProduct& product) { return isIn(product, {request_.categoryId}); });
      case Strategy::kBrand:
        return popular([this](const CatalogProduct& product) { return fold(product.brand) == fold(request_.brand); });
      case Strategy::kSearch:
        return found();
      case Strategy::kPersonal:
        return recommender.forShopper(Aim::kPersonal, asker_, selection(), now()).ranking.items;
      case Strategy::kPopular:
        break;
    }
    return popular({});
  }

  std::vector<ScoredItem> popular(std::function<bool(const CatalogProduct&)> isWanted) const {
    return engine_.recommender.forShopper(Aim::kPopular, asker_, selection(std::move(isWanted)), now()).ranking.items;
  }

  std::vector<ScoredItem> found() const {
    std::vector<ScoredItem> items = engine_.search.find(request_.searchTerm, 1);
    const Selection wanted = selection();
    std::erase_if(items, [&](const ScoredItem& item) { return !wanted.allow(engine_.catalog[item.item]); });
    if (items.size() > request_.count) items.resize(request_.count);
    return items;
  }

  const Engine& engine_;
  const RichRelevanceRequest& request_;
  const Shopper& asker_;
  std::unordered_set<std::string> taken_;
  std::vector<ItemIndex> pageItems_;
};

}  // namespace

std::vector<Filled> fillPlacements(const Engine& engine, const RichRelevanceRequest& request, const Shopper& shopper) {
  Filler filler(engine, request, shopper);
  std::vector<Filled> filled;
  for (std::size_t place = 0; place < request.placements.size(); ++place)
    filled.push_back(filler.fill(request.placements[place], place));
  return filled;
}

}  // namespace vitrine::demo
