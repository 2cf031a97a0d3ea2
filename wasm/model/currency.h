// The currencies of ISO 4217, list one:
// https://www.six-group.com/en/products-services/financial-information/data-standards.html
#pragma once

#include <string_view>

#include "base/text.h"

namespace vitrine {

// Returns true for a currency that a price can be in: money and funds, but not metals, bonds, units of account, test
// codes and "none" (XAU, XBA, XDR, XTS, XXX). The list is of 2026. Codes withdrawn since 2022 (ANG, BGN, HRK, SLL, ZWL)
// are kept, because shops change later than the list does.
bool isCurrency(std::string_view code);

// Returns the code of a text that is three Latin letters, blanks around them aside, in capitals; else "".
Text currencyCode(std::string_view text);

// Returns the digits of the minor unit: 0 (JPY), 3 (KWD), 4 (CLF), else 2, also for a text that is no currency.
int minorDigits(std::string_view currency);
// Returns the same, but -1 for "": the number of digits is not known (readAmount() in money.h).
inline int digitsOf(std::string_view currency) { return currency.empty() ? -1 : minorDigits(currency); }

}  // namespace vitrine
