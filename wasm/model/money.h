// Amounts of money: how a text is read as one, and how one is written. docs/money.md has the rules.
//
// An amount is in the major unit of its currency (12.9 euros, 1290 yen), as the service gave it. It is rounded once:
// when it is written.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/text.h"

namespace vitrine {

// The way in which a locale writes numbers, and one currency. The page takes it from Intl (widget/money.ts). Without a
// format, prices read "12.90 EUR".
struct MoneyFormat {
  Text currency;  // ISO 4217; a product in another currency is written with its code
  Text label;     // the currency's name, such as "Euro"; "" if the service gives none
  Text prefix;
  Text suffix;
  Text decimal = ".";
  Text group = ",";
  Text numerals;       // the ten digits, from nine down to zero; "" for 9876543210
  int digits = 2;      // digits of the minor unit: 0 for JPY, 3 for KWD
  int grouping = 334;  // three numbers: digits of the last group of a whole number; digits of the other groups (2 in
                       // India); digits of the shortest number that is grouped (5 in Spanish)

  bool operator==(const MoneyFormat&) const = default;
};

// Reads an object of the members above. Members that are missing or of a wrong type keep their defaults; `digits` is by
// default that of the currency.
MoneyFormat readMoneyFormat(const Json& json);

// Appends the number, rounded half up to `digits` decimals (or, if negative, at most as many, without zeros behind), in
// the format's digits and groups. The rounding is that of Intl.NumberFormat: of the shortest decimal that reads back as
// the number. Returns false, and appends nothing, for a number that is negative, not finite, or 1e21 and more.
bool appendDecimal(Text& out, double number, int digits, const MoneyFormat& format);

// Returns the price as text; "" for an amount that appendDecimal() refuses. currency: of the amount, or "" if no source
// names one; the format's counts then.
Text formatMoney(double amount, std::string_view currency, const MoneyFormat& format);

// Returned for an amount that is there and cannot be read. An amount that is not there is -1.
constexpr double kUnreadableAmount = -2;

// Reads a number that a person wrote: "1.299,00 €". digits: decimals of such numbers, or -1 if they are not known. They
// decide whether the one sign of "1.299" separates a group (0 to 2) or decimals (3 and more); with -1 that is
// kUnreadableAmount. Returns -1 for a blank text, else a number of at least 0 or kUnreadableAmount.
double readAmount(std::string_view text, int digits);
// Reads a number, a text, or the first of an array (the lowest price of a range). null and [] are -1.
double readAmount(const Json& value, int digits);

// Converts an amount to the other unit. Minor units are rounded to whole ones.
double majorUnits(double minor, std::string_view currency);
double minorUnits(double major, std::string_view currency);

}  // namespace vitrine
