#include "base/query_string.h"

namespace vitrine {
namespace {

bool isUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~").find(c) != std::string_view::npos;
}

// A shop's own parameters have any name.
Text& addName(Text& url, const char* name) {
  url += url.find('?') == Text::npos ? '?' : '&';
  appendEncoded(url, name);
  return url += '=';
}

}  // namespace

void appendEncoded(Text& out, std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  for (const char c : text) {
    if (isUnreserved(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
}

void addParameter(Text& url, const char* name, std::string_view value) { appendEncoded(addName(url, name), value); }

void addIfGiven(Text& url, const char* name, std::string_view value) {
  if (!value.empty()) addParameter(url, name, value);
}

void addPipeList(Text& url, const char* name, const List<Text>& values) {
  addName(url, name);
  for (const Text& value : values) {
    if (&value != &values.front()) url += "%7C";
    for (const char c : value) appendEncoded(url, c == '|' ? std::string_view("%7C") : std::string_view(&c, 1));
  }
}

}  // namespace vitrine
