#include "delivery/segment_key.h"

#include "base/number.h"

namespace vitrine {

Text segmentKey(std::string_view journalId, int number) {
  Text out = kJournalPrefix;
  (out += journalId) += ':';
  appendInteger(out, static_cast<std::uint64_t>(number));
  return out;
}

bool isJournalId(std::string_view text) {
  return !text.empty() && text.size() <= 32 &&
         text.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz") == std::string_view::npos;
}

bool readSegmentName(std::string_view name, std::string_view& journalId, int& number) {
  constexpr std::string_view kPrefix = kJournalPrefix;
  if (name.substr(0, kPrefix.size()) == kPrefix) name.remove_prefix(kPrefix.size());
  const std::size_t colon = name.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || name.size() - colon > 8 || colon + 1 == name.size())
    return false;
  journalId = name.substr(0, colon);
  if (!isJournalId(journalId)) return false;
  if (name[colon + 1] == '0' && colon + 2 < name.size()) return false;  // a leading zero: segmentKey() never writes one
  number = 0;
  for (const char c : name.substr(colon + 1)) {
    if (c < '0' || c > '9') return false;
    number = number * 10 + (c - '0');
  }
  return true;
}

}  // namespace vitrine
