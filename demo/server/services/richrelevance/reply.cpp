#include "services/richrelevance/reply.h"

#include <cmath>
#include <cstdio>

#include "services/richrelevance/encode.h"
#include "store/ids.h"

namespace vitrine::demo {

std::string encodeComponent(const std::string& text) {
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    char escape[4];
    std::snprintf(escape, sizeof escape, "%%%02X", byte);
    const bool isPlain = std::isalnum(byte) || c == '-' || c == '_' || c == '.' || c == '~';
    encoded += isPlain ? std::string(1, c) : escape;
  }
  return encoded;
}

namespace {

using nlohmann::json;

// `isFollowed`: the address redirects to the product page; otherwise it only counts the click.
std::string clickUrl(const RichRelevanceRequest& request, const Filled& filled, const ClickOrigin& from,
                     const std::string& productId, const std::string& page, std::size_t position, bool isFollowed) {
  std::string url = from.service + "/rrserver/apiclick?a=" + kRichRelevanceApiKey + "&cak=" + kRichRelevanceClientKey;
  if (isFollowed) url += "&ct=" + encodeComponent(page);
  url += "&vg=" + from.viewGuid + "&stid=" + std::to_string(filled.strategyId) +
         "&pti=0&pa=" + encodeComponent(filled.placement.id) + "&pos=" + std::to_string(position) +
         "&p=" + encodeComponent(productId) + "&channelId=" + kRichRelevanceClientKey +
         "&s=" + encodeComponent(request.sessionId) + "&u=" + encodeComponent(request.userId) +
         "&mvtId=-1&mvtTs=" + std::to_string(now());
  return url;
}

json attributesOf(const CatalogProduct& product) {
  const json& metadata = product.document["metadata"];
  json attributes = {{"Color", json::array({product.color})}};
  if (!product.tags.empty()) attributes["Tags"] = product.tags;
  if (metadata.contains("currency")) attributes["Currency"] = json::array({metadata["currency"]});
  return attributes;
}

json categoryOf(const CatalogProduct& product) {
  return {{"hasChildren", false},
          {"name", product.category},
          {"childCategories", json::array()},
          {"ancestorCategories", json::array()},
          {"id", product.category},
          {"isActive", false}};
}

json productOf(const CatalogProduct& product, const RichRelevanceRequest& request, const Filled& filled,
               const ClickOrigin& from, std::size_t position) {
  const json& metadata = product.document["metadata"];
  const std::string page = from.origin + metadata["url"].get<std::string>();
  const auto sale = std::llround(product.price * 100);
  const auto list = std::llround(metadata.value("originalPrice", product.price) * 100);
  json written = {{"id", product.id},
                  {"name", product.name},
                  {"clickURL", clickUrl(request, filled, from, product.id, page, position, true)},
                  {"clickTrackingURL", clickUrl(request, filled, from, product.id, page, position, false)},
                  {"productURL", page},
                  {"imageURL", from.origin + metadata["imageUrl"].get<std::string>()}};
  if (request.isMinimal) return written;
  written.update({{"regionPriceDescription", ""},
                  {"regionalProductSku", product.id},
                  {"genre", "default"},
                  {"isRecommendable", true},
                  {"brand", product.brand},
                  {"rating", product.ratingCount > 0 ? product.rating : -1.0},
                  {"numReviews", static_cast<std::int64_t>(product.ratingCount)},
                  {"priceCents", list},
                  {"priceRangeCents", json::array({list, list})},
                  {"salePriceCents", sale},
                  {"salePriceRangeCents", json::array({sale, sale})},
                  {"categoryIds", json::array({product.category})}});
  if (request.withAttributes) written["attributes"] = attributesOf(product);
  if (request.withCategories) written["categories"] = json::array({categoryOf(product)});
  return written;
}

}  // namespace

json writeRichRelevanceReply(const Catalog& catalog, const RichRelevanceRequest& request,
                             const std::vector<Filled>& placements, const ClickOrigin& from, const std::string& rcs) {
  json written = json::array();
  for (const Filled& filled : placements) {
    json products = json::array();
    for (std::size_t i = 0; request.withItems && i < filled.items.size(); ++i)
      products.push_back(productOf(catalog[filled.items[i].item], request, filled, from, i));
    written.push_back({{"htmlElementId", filled.placement.type + "_" + std::to_string(written.size())},
                       {"placementType", filled.placement.type},
                       {"placement", filled.placement.id},
                       {"strategyMessage", filled.message},
                       {"html", ""},
                       {"recommendedProducts", std::move(products)}});
  }
  return {{"rcs", rcs}, {"placements", std::move(written)}, {"viewGuid", from.viewGuid}, {"status", "ok"}};
}

}  // namespace vitrine::demo
