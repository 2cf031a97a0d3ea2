#include "model/money.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/number.h"
#include "model/currency.h"

namespace vitrine {
namespace {

double powerOfTen(int digits) {
  double power = 1;
  while (digits-- > 0) power *= 10;
  return power;
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }

// The signs that separate groups of digits. The last four: no-break, thin and narrow no-break space, right single
// quotation mark.
constexpr std::string_view kGroupSigns[] = {".",           ",", " ", "'", "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF",
                                            "\xE2\x80\x99"};

}  // namespace

MoneyFormat readMoneyFormat(const Json& json) {
  MoneyFormat format;
  format.currency = currencyCode(stringMember(json, "currency"));
  format.prefix = stringMember(json, "prefix");
  format.suffix = stringMember(json, "suffix");
  format.decimal = stringMember(json, "decimal", format.decimal);
  format.group = stringMember(json, "group", format.group);
  format.numerals = stringMember(json, "numerals");
  if (format.numerals.size() % 10 != 0) format.numerals.clear();
  format.digits = minorDigits(format.currency);
  if (const int digits = intMember(json, "digits", -1); digits >= 0 && digits <= 4) format.digits = digits;
  format.grouping = intMember(json, "grouping", 334);
  return format;
}

double majorUnits(double minor, std::string_view currency) { return minor / powerOfTen(minorDigits(currency)); }

double minorUnits(double major, std::string_view currency) {
  return std::round(major * powerOfTen(minorDigits(currency)));
}

bool appendDecimal(Text& out, double number, int digits, const MoneyFormat& format) {
  if (!(number >= 0 && number < 1e21)) return false;
  const bool isShort = digits < 0;
  digits = std::abs(digits);
  const int groupSize = format.grouping / 100, farSize = std::max(1, format.grouping / 10 % 10);
  Text text;
  appendNumber(text, number < 1e-6 ? 0 : number);  // a smaller one would be written with an exponent
  const std::size_t point = std::min(text.find('.'), text.size());
  const auto end = point + 1 + static_cast<std::size_t>(digits);  // end of the decimals that are written
  const bool roundsUp = text.size() > end && text[end] >= '5';
  Text all(text.substr(0, point));
  if (point < text.size()) all += text.substr(point + 1, end - point - 1);
  all.append(point + static_cast<std::size_t>(digits) - all.size(), '0');
  if (roundsUp) {
    std::size_t i = all.size();
    while (i > 0 && all[i - 1] == '9') all[--i] = '0';
    if (i == 0)
      all.insert(0, "1");
    else
      ++all[i - 1];
  }
  for (; isShort && digits > 0 && all.back() == '0'; --digits) all.pop_back();
  const int whole = static_cast<int>(all.size()) - digits;
  const std::size_t width = format.numerals.size() / 10;
  int left = whole;  // digits that are still to come before the decimals
  for (const char c : all) {
    if (left == 0) out += format.decimal;
    const int far = left - groupSize;
    if (left < whole && whole >= format.grouping % 10 && left > 0 && far >= 0 && far % farSize == 0)
      out += format.group;
    if (width == 0)
      out += c;
    else
      out += format.numerals.substr(static_cast<std::size_t>('9' - c) * width, width);
    --left;
  }
  return true;
}

Text formatMoney(double amount, std::string_view currency, const MoneyFormat& format) {
  if (currency.empty()) currency = format.currency;
  const bool isOwn = currency == format.currency;
  Text out = isOwn ? format.prefix : Text();
  if (!appendDecimal(out, amount, isOwn ? format.digits : minorDigits(currency), format)) return {};
  if (isOwn && !(format.prefix.empty() && format.suffix.empty())) return out += format.suffix;
  if (!currency.empty()) out.append(" ").append(currency);
  return out;
}

double readAmount(std::string_view text, int digits) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return -1;
  const std::size_t begin = text.find_first_of("0123456789"), end = text.find_last_of("0123456789") + 1;
  if (begin == std::string_view::npos) return kUnreadableAmount;
  const std::string_view before = text.substr(0, begin), behind = text.substr(end);
  const bool isSigned = before.find_first_of("-+") != std::string_view::npos ||
                        before.find("\xE2\x88\x92") != std::string_view::npos;  // minus sign
  // ".5" may mean 0.5 or be the end of a number. In "Rs.5" the point belongs to the word.
  const auto isLetter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
  const bool isCut = before.ends_with(',') || (before.ends_with('.') && !(begin > 1 && isLetter(before[begin - 2])));
  if (isSigned || isCut || behind.find('%') != std::string_view::npos) return kUnreadableAmount;
  text = text.substr(begin, end - begin);

  const std::size_t last = text.find_last_of(".,");
  std::size_t decimal = last;  // where the decimals begin, with their sign
  if (last != std::string_view::npos) {
    const std::string_view whole = text.substr(0, last);
    const bool isAlone = std::all_of(whole.begin(), whole.end(), isDigit);
    const bool isRepeated = whole.find(text[last]) != std::string_view::npos;
    const bool isGroup = text.size() - last == 4 && last <= 3 && text[0] != '0';
    if (isAlone && isGroup && digits < 0) return kUnreadableAmount;
    if (isRepeated || (isAlone && isGroup && digits < 3)) decimal = std::string_view::npos;
  }
  Text plain;
  std::size_t group = 0;  // digits since the last sign
  std::string_view sign;  // the sign of the groups; "" if there is none
  for (std::size_t i = 0; i < text.size();) {
    if (i == decimal) {
      if (!sign.empty() && group != 3) return kUnreadableAmount;
      plain += '.';
      sign = {};
      ++i;
    } else if (isDigit(text[i])) {
      plain += text[i++];
      ++group;
    } else {
      const auto* const found = std::find_if(std::begin(kGroupSigns), std::end(kGroupSigns),
                                             [&](std::string_view s) { return text.substr(i).starts_with(s); });
      if (i > decimal || found == std::end(kGroupSigns) || !(sign.empty() || sign == *found)) return kUnreadableAmount;
      // In India all groups but the last have two digits.
      if (group > 3 || group < (sign.empty() ? 1 : 2)) return kUnreadableAmount;
      sign = *found;
      group = 0;
      i += sign.size();
    }
  }
  if (!sign.empty() && group != 3) return kUnreadableAmount;
  const double amount = readNumber(plain);
  return std::isfinite(amount) ? amount : kUnreadableAmount;
}

double readAmount(const Json& value, int digits) {
  if (value.isString()) return readAmount(value.text, digits);
  if (value.isNumber()) return value.number >= 0 ? value.number : kUnreadableAmount;
  if (value.isArray()) return value.children.empty() ? -1 : readAmount(value.children.front(), digits);
  return value.isNull() || !value.isValid() ? -1 : kUnreadableAmount;
}

}  // namespace vitrine
