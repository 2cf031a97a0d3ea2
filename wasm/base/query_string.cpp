#include "base/query_string.h"

#include "base/code_point.h"

namespace vitrine {
namespace {

bool isUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~").find(c) != std::string_view::npos;
}

// An address that was encoded more often is nobody's.
constexpr int kMaxEncodings = 5;

// A shop's own parameters have any name.
Text& addName(Text& url, const char* name) {
  url += url.find('?') == Text::npos ? '?' : '&';
  appendEncoded(url, name);
  return url += '=';
}

}  // namespace

Text decoded(std::string_view encoded, int most) {
  Text text(encoded);
  for (int i = 0; i < kMaxEncodings && i < most; ++i) {
    std::size_t length = 0;
    const std::size_t before = text.size();
    for (std::size_t at = 0; at < before; ++at) {
      char c = text[at];
      if (c == '%' && at + 2 < before && hexValue(text[at + 1]) >= 0 && hexValue(text[at + 2]) >= 0) {
        c = static_cast<char>(hexValue(text[at + 1]) * 16 + hexValue(text[at + 2]));
        at += 2;
      }
      text[length++] = c;
    }
    text.resize(length);
    if (length == before) break;
  }
  return text;
}

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

Text lowerCase(std::string_view text) {
  Text out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

}  // namespace vitrine
