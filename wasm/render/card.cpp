#include "render/card.h"

#include <cmath>

#include "core/number.h"
#include "render/html.h"

namespace vitrine {
namespace {

void appendSpan(std::string& out, const char* name, std::string_view text) {
  if (text.empty()) return;
  out.append("<span class=\"vitrine-").append(name).append("\">");
  appendEscaped(out, text);
  out += "</span>";
}

void appendImage(std::string& out, const Product& product) {
  const std::string url = safeUrl(product.imageUrl);
  out += "<span class=\"vitrine-media\">";
  if (!url.empty()) {
    // The card's name stands beside it, so to a screen reader the picture is decoration.
    out +=
        "<img class=\"vitrine-image\" alt=\"\" loading=\"lazy\" decoding=\"async\" width=\"400\" height=\"400\" src=\"";
    appendEscaped(out, url);
    out += "\">";
  }
  out += "</span>";
}

void appendRating(std::string& out, const Product& product) {
  if (product.rating < 0) return;
  const long halves = std::lround(product.rating * 2);
  out += "<span class=\"vitrine-rating\" role=\"img\" aria-label=\"";
  appendNumber(out, std::round(product.rating * 10) / 10);
  out += " / 5\">";
  for (long star = 1; star <= 5; ++star) out += halves >= star * 2 ? "★" : halves == star * 2 - 1 ? "½" : "☆";
  if (product.ratingCount > 0) {
    out += " <small>(";
    appendInteger(out, static_cast<std::uint64_t>(product.ratingCount));
    out += ")</small>";
  }
  out += "</span>";
}

void appendPrice(std::string& out, const Product& product, const MoneyFormat& money) {
  if (product.price < 0) return;
  out += "<span class=\"vitrine-price\">";
  appendSpan(out, "price-now", formatMoney(product.price, product.currency, money));
  if (product.originalPrice > product.price) {
    out += "<s class=\"vitrine-price-was\">";
    appendEscaped(out, formatMoney(product.originalPrice, product.currency, money));
    out += "</s>";
  }
  out += "</span>";
}

void appendCard(std::string& out, const Product& product, std::size_t position, const CardOptions& options) {
  out += "<li class=\"vitrine-item\" data-vitrine-item=\"";
  appendEscaped(out, product.id);
  out += "\" data-vitrine-position=\"";
  appendInteger(out, position);
  out += "\">";
  const std::string url = safeUrl(product.url);
  const char* const tag = url.empty() ? "span" : "a";
  out.append("<").append(tag).append(" class=\"vitrine-link\"");
  if (!url.empty()) {
    out += " href=\"";
    appendEscaped(out, url);
    out += '"';
  }
  out += '>';
  appendImage(out, product);
  appendSpan(out, "brand", product.brand);
  appendSpan(out, "name", product.title);
  appendRating(out, product);
  appendPrice(out, product, options.money);
  out.append("</").append(tag).append(">");
  if (!options.addToCart.empty()) {
    out += "<button class=\"vitrine-add\" type=\"button\" data-vitrine-add=\"";
    appendEscaped(out, product.id);
    out += "\" aria-label=\"";
    appendEscaped(out, options.addToCart + ": " + product.title);
    out += "\">";
    appendEscaped(out, options.addToCart);
    out += "</button>";
  }
  out += "</li>";
}

void appendHead(const Slate& slate, const CardOptions& options, std::string& out) {
  const std::string& title = options.title.empty() ? slate.title : options.title;
  out += "<section class=\"vitrine\"";
  if (!title.empty()) {
    out += " aria-label=\"";
    appendEscaped(out, title);
    out += "\"><h2 class=\"vitrine-title\">";
    appendEscaped(out, title);
    out += "</h2";
  }
  out += "><ul class=\"vitrine-items\">";
}

constexpr char kFoot[] = "</ul></section>";

}  // namespace

std::string renderSlate(const Slate& slate, const CardOptions& options) {
  std::string out;
  out.reserve(256 + slate.products.size() * 800);
  appendHead(slate, options, out);
  for (std::size_t i = 0; i < slate.products.size(); ++i) renderItem(slate, i, options, out);
  return out += kFoot;
}

void renderItem(const Slate& slate, std::size_t index, const CardOptions& options, std::string& out) {
  appendCard(out, *slate.products[index], index, options);
}

void renderFrame(const Slate& slate, const CardOptions& options, std::string& out) {
  appendHead(slate, options, out);
  out += kFoot;
}

}  // namespace vitrine
