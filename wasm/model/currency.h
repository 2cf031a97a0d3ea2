// The currencies of ISO 4217, list one:
// https://www.six-group.com/en/products-services/financial-information/data-standards.html
#pragma once

#include <string_view>

namespace vitrine {

// One that a price can be in: money and funds, not metals, bonds, units of account, test codes and "none" (XAU, XBA,
// XDR, XTS, XXX). As of 2026; what was withdrawn since 2022 (ANG, BGN, HRK, SLL, ZWL) is still one, since shops change
// later than the list does.
bool isCurrency(std::string_view code);

// Digits of its minor unit: 2 for most and for what is no currency, 0 (JPY), 3 (KWD) or 4 (CLF).
int minorDigits(std::string_view currency);

}  // namespace vitrine
