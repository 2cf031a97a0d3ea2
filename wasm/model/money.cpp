#include "model/money.h"

#include <cmath>

#include "base/number.h"
#include "model/currency.h"

namespace vitrine {
namespace {

double powerOfTen(int digits) {
  double power = 1;
  while (digits-- > 0) power *= 10;
  return power;
}

}  // namespace

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

double majorUnits(double minor, std::string_view currency) { return minor / powerOfTen(minorDigits(currency)); }

double minorUnits(double major, std::string_view currency) {
  return std::round(major * powerOfTen(minorDigits(currency)));
}

Text formatMoney(double minor, std::string_view currency, const MoneyFormat& format) {
  const int own = minorDigits(currency.empty() ? std::string_view(format.currency) : currency);
  // A quotient of two exact numbers is the double nearest to the decimal that was meant.
  const double amount = minor / powerOfTen(own);
  const bool isOwn = currency.empty() || currency == format.currency;
  const int digits = isOwn ? format.digits : own;
  const double scale = powerOfTen(digits);
  const auto unit = static_cast<std::uint64_t>(scale);
  if (!(amount >= 0) || amount * scale > 9e15) return {};
  // A price that was written in whole units is exact: the error of the product is far below half a unit.
  const auto shown = static_cast<std::uint64_t>(std::round(amount * scale));
  Text out = isOwn ? format.prefix : Text();
  const std::size_t first = out.size();
  appendInteger(out, shown / unit);
  for (std::size_t i = out.size(); i > first + 3; i -= 3) out.insert(i - 3, format.group);
  if (digits > 0) {
    out += format.decimal;
    appendInteger(out, shown % unit, digits);
  }
  if (isOwn && !(format.prefix.empty() && format.suffix.empty())) return out += format.suffix;
  const std::string_view code = currency.empty() ? std::string_view(format.currency) : currency;
  if (!code.empty()) out.append(" ").append(code);
  return out;
}

}  // namespace vitrine
