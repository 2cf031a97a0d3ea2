#include "render/money.h"

#include <cmath>

#include "core/number.h"

namespace vitrine {

MoneyFormat readMoneyFormat(const Json& json) {
  MoneyFormat format;
  format.currency = stringMember(json, "currency");
  format.prefix = stringMember(json, "prefix");
  format.suffix = stringMember(json, "suffix");
  format.decimal = stringMember(json, "decimal", format.decimal);
  format.group = stringMember(json, "group", format.group);
  const int digits = intMember(json, "digits", 2);
  if (digits >= 0 && digits <= 4) format.digits = digits;
  return format;
}

std::string formatMoney(double amount, std::string_view currency, const MoneyFormat& format) {
  const bool isOwn = currency.empty() || currency == format.currency;
  std::uint64_t unit = 1;
  for (int i = 0; i < format.digits; ++i) unit *= 10;
  const auto scale = static_cast<double>(unit);
  if (!(amount >= 0) || amount * scale > 9e15) return {};
  // Half a cent is lost in no price that was written in cents: the nearest integer is the price.
  const auto minor = static_cast<std::uint64_t>(std::round(amount * scale));
  std::string whole;
  appendInteger(whole, minor / unit);
  for (std::size_t i = whole.size(); i > 3; i -= 3) whole.insert(i - 3, format.group);
  std::string out = isOwn ? format.prefix : std::string();
  out += whole;
  if (format.digits > 0) {
    out += format.decimal;
    appendInteger(out, minor % unit, format.digits);
  }
  if (isOwn && !(format.prefix.empty() && format.suffix.empty())) return out + format.suffix;
  const std::string_view code = currency.empty() ? std::string_view(format.currency) : currency;
  if (!code.empty()) out.append(" ").append(code);
  return out;
}

}  // namespace vitrine
