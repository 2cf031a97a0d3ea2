#include "core/currency.h"

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

bool has(std::string_view codes, std::string_view code) {
  for (std::size_t i = 0; i < codes.size(); i += 3) {
    if (codes.substr(i, 3) == code) return true;
  }
  return false;
}

}  // namespace

bool isCurrency(std::string_view code) { return has(kHundredths, code) || minorDigits(code) != 2; }

int minorDigits(std::string_view currency) {
  if (has(kNone, currency)) return 0;
  if (has(kThousandths, currency)) return 3;
  return has(kTenThousandths, currency) ? 4 : 2;
}

}  // namespace vitrine
