// Prices as text.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace vitrine {

// How a shop writes its prices. The page takes it from Intl for its locale; without one, prices read "12.90 EUR".
struct MoneyFormat {
  std::string currency;  // ISO 4217; a product in another currency is written with its code
  std::string prefix;
  std::string suffix;
  std::string decimal = ".";
  std::string group = ",";
  int digits = 2;  // of the minor unit: 0 for JPY, 3 for KWD

  bool operator==(const MoneyFormat&) const = default;
};

// {currency, prefix, suffix, decimal, group, digits}; members that are missing or out of place keep their defaults.
MoneyFormat readMoneyFormat(const Json& json);

// The same amount in the other unit. Minor units are rounded to whole ones.
double majorUnits(double minor, std::string_view currency);
double minorUnits(double major, std::string_view currency);

// `minor` in minor units, at least 0. currency: the product's, or "" if it did not say.
std::string formatMoney(double minor, std::string_view currency, const MoneyFormat& format);

}  // namespace vitrine
