#include "model/currency.h"

#include <cstddef>

namespace vitrine {
namespace {

constexpr std::string_view kNone = "BIFCLPDJFGNFISKJPYKMFKRWPYGRWFUGXUYIVNDVUVXAFXOFXPF";
constexpr std::string_view kHundredths =
    "AEDAFNALLAMDANGAOAARSAUDAWGAZNBAMBBDBDTBGNBMDBNDBOBBOVBRLBSDBTNBWPBYNBZDCADCDFCHECHFCHWCNY"
    "COPCOUCRCCUPCVECZKDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGTQGYDHKDHNLHRKHTGHUFIDRILSINR"
    "IRRJMDKESKGSKHRKPWKYDKZTLAKLBPLKRLRDLSLMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMXVMYRMZNNADNGN"
    "NIONOKNPRNZDPABPENPGKPHPPKRPLNQARRONRSDRUBSARSBDSCRSDGSEKSGDSHPSLESLLSOSSRDSSPSTNSVCSYPSZL"
    "THBTJSTMTTOPTRYTTDTWDTZSUAHUSDUSNUYUUZSVEDVESWSTXCDXCGYERZARZMWZWGZWL";
constexpr std::string_view kThousandths = "BHDIQDJODKWDLYDOMRTND";
constexpr std::string_view kTenThousandths = "CLFUYW";

constexpr bool isSorted(std::string_view codes) {
  for (std::size_t i = 3; i < codes.size(); i += 3) {
    if (codes.substr(i - 3, 3) >= codes.substr(i, 3)) return false;
  }
  return true;
}
static_assert(isSorted(kNone) && isSorted(kHundredths) && isSorted(kThousandths) && isSorted(kTenThousandths));

// Binary search, because every price needs it.
bool has(std::string_view codes, std::string_view code) {
  if (code.size() != 3) return false;
  std::size_t low = 0;
  for (std::size_t high = codes.size() / 3; low < high;) {
    const std::size_t middle = (low + high) / 2;
    const int order = codes.substr(middle * 3, 3).compare(code);
    if (order == 0) return true;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return false;
}

}  // namespace

bool isCurrency(std::string_view code) { return has(kHundredths, code) || minorDigits(code) != 2; }

Text currencyCode(std::string_view text) {
  Text code;
  for (char c : text) {
    if (c == ' ') continue;
    c = static_cast<char>(c & ~0x20);
    if (c < 'A' || c > 'Z') return {};
    code += c;
  }
  return code.size() == 3 ? code : Text();
}

int minorDigits(std::string_view currency) {
  if (has(kNone, currency)) return 0;
  if (has(kThousandths, currency)) return 3;
  return has(kTenThousandths, currency) ? 4 : 2;
}

}  // namespace vitrine
