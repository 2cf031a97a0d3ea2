#include "render/html.h"

namespace vitrine {

void appendEscaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      case '`':
        out += "&#96;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)
          out += c;
        else if (c == '\n' || c == '\t')
          out += ' ';
    }
  }
}

std::string safeUrl(std::string_view url) {
  while (!url.empty() && static_cast<unsigned char>(url.back()) <= 0x20) url.remove_suffix(1);
  std::string clean;
  for (const char c : url) {
    if (static_cast<unsigned char>(c) > 0x20 && c != 0x7F)
      clean += c;
    else if (c == ' ' && !clean.empty())
      clean += "%20";
  }
  const std::size_t end = clean.find_first_of(":/?#");
  if (end == std::string::npos || clean[end] != ':') return clean;  // no scheme: relative
  std::string scheme = clean.substr(0, end);
  for (char& c : scheme) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return scheme == "http" || scheme == "https" ? clean : std::string();
}

}  // namespace vitrine
