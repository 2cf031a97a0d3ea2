// Feeds any bytes as text in markup, as an address and as a query: no text ends its quotes, and no unsafe scheme gets
// through.
#include <algorithm>

#include "check.h"
#include "shopper/privacy.h"
#include "templates/html.h"

using namespace vitrine;

namespace {

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Returns the scheme of an address as a browser finds it (URL standard, 4.4), without blanks and controls around it and
// without tabs and line ends; "" if it has none.
Text schemeOf(std::string_view url) {
  while (!url.empty() && static_cast<unsigned char>(url.front()) <= 0x20) url.remove_prefix(1);
  Text scheme;
  for (const char c : url) {
    if (c == '\t' || c == '\n' || c == '\r') continue;
    if (c == ':') return scheme;
    const bool isPart =
        isLetter(c) || (!scheme.empty() && ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'));
    if (!isPart) return {};
    scheme += c;
  }
  return {};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = textOf(data, size);
  Text escaped;
  appendEscaped(escaped, text);
  check(isPrintable(escaped), "no control character is written");
  check(escaped.find_first_of("<>\"'`") == std::string::npos, "no character ends a text or a quoted attribute");
  Text twice;
  appendEscaped(twice, escaped);
  check(twice.size() >= escaped.size(), "escaping never joins characters");

  const Text url = safeUrl(text);
  check(isPrintable(url), "no control character in an address");
  const Text scheme = lowerCase(schemeOf(url));
  check(scheme.empty() || scheme == "http" || scheme == "https", "no other scheme gets through");
  check(safeUrl(url) == url, "a safe address stays as it is");
  const Text before = lowerCase(schemeOf(text));
  check(url.empty() || before.empty() || before == "http" || before == "https", "an unsafe scheme is not just removed");

  const PrivacyOptions privacy;
  const Text scrubbed = scrubUrl(text, privacy);
  const std::size_t hash = std::min(scrubbed.find('#'), scrubbed.size());
  const std::size_t question = std::min(scrubbed.find('?'), hash);
  const Text query = lowerCase(scrubbed.substr(question, hash - question));
  check(query.find('@') == Text::npos, "no e-mail address among the parameters");
  check(!query.starts_with("?token=") && query.find("&token=") == Text::npos, "no token among the parameters");
  return 0;
}
