// Prices as text.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/text.h"

namespace vitrine {

// The way in which a shop writes its prices. The page takes it from Intl for its locale. Without a format, prices read
// "12.90 EUR".
struct MoneyFormat {
  Text currency;  // ISO 4217; a product in another currency is written with its code
  Text prefix;
  Text suffix;
  Text decimal = ".";
  Text group = ",";
  int digits = 2;  // digits of the minor unit: 0 for JPY, 3 for KWD

  bool operator==(const MoneyFormat&) const = default;
};

// Reads {currency, prefix, suffix, decimal, group, digits}. Members that are missing or of a wrong type keep their
// defaults.
MoneyFormat readMoneyFormat(const Json& json);

// Converts an amount to the other unit. Minor units are rounded to whole ones.
double majorUnits(double minor, std::string_view currency);
double minorUnits(double major, std::string_view currency);

// Returns the price as text. `minor`: in minor units, at least 0. `currency`: the product's, or "" if it has none.
Text formatMoney(double minor, std::string_view currency, const MoneyFormat& format);

}  // namespace vitrine
