// Feeds any bytes as text in markup, as an address and as a query: no text ends its quotes, and no unsafe scheme gets
// through.
#include "check.h"
#include "shopper/privacy.h"
#include "templates/html.h"

using namespace vitrine;

namespace {

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Returns the scheme of an address as a browser finds it (URL standard, 4.4), without blanks and controls around it and
// without tabs and line ends; "" if it has none.
std::string schemeOf(std::string_view url) {
  while (!url.empty() && static_cast<unsigned char>(url.front()) <= 0x20) url.remove_prefix(1);
  std::string scheme;
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
  std::string escaped;
  appendEscaped(escaped, text);
  check(isPrintable(escaped), "no control character is written");
  check(escaped.find_first_of("<>\"'`") == std::string::npos, "no character ends a text or a quoted attribute");
  std::string twice;
  appendEscaped(twice, escaped);
  check(twice.size() >= escaped.size(), "escaping never joins characters");

  const std::string url = safeUrl(text);
  check(isPrintable(url), "no control character in an address");
  const std::string scheme = lowerCase(schemeOf(url));
  check(scheme.empty() || scheme == "http" || scheme == "https", "no other scheme gets through");
  check(safeUrl(url) == url, "a safe address stays as it is");
  const std::string before = lowerCase(schemeOf(text));
  check(url.empty() || before.empty() || before == "http" || before == "https", "an unsafe scheme is not just removed");

  const PrivacyOptions privacy;
  const std::string scrubbed = scrubUrl(text, privacy.scrub);
  check(scrubbed.size() <= text.size(), "scrubbing only removes");
  const std::size_t parameters = scrubbed.find_first_of("?#");
  if (parameters != std::string::npos) {
    check(scrubbed.find('@', parameters) == std::string::npos, "no e-mail address among the parameters");
    const std::string rest = lowerCase(std::string_view(scrubbed).substr(parameters));
    check(!rest.starts_with("?token=") && rest.find("&token=") == std::string::npos, "no token among the parameters");
  }
  return 0;
}
