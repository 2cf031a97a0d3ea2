#include "base/query_string.h"

namespace vitrine {
namespace {

bool isUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~").find(c) != std::string_view::npos;
}

// A shop's own parameters have any name.
std::string& addName(std::string& url, const char* name) {
  url += url.find('?') == std::string::npos ? '?' : '&';
  appendEncoded(url, name);
  return url += '=';
}

}  // namespace

void appendEncoded(std::string& out, std::string_view text) {
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

void addParameter(std::string& url, const char* name, std::string_view value) {
  appendEncoded(addName(url, name), value);
}

void addIfGiven(std::string& url, const char* name, std::string_view value) {
  if (!value.empty()) addParameter(url, name, value);
}

void addPipeList(std::string& url, const char* name, const std::vector<std::string>& values) {
  addName(url, name);
  for (const std::string& value : values) {
    if (&value != &values.front()) url += "%7C";
    for (const char c : value) appendEncoded(url, c == '|' ? std::string_view("%7C") : std::string_view(&c, 1));
  }
}

}  // namespace vitrine
