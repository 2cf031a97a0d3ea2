#include "shopper/privacy.h"

#include <algorithm>

#include "base/query_string.h"

namespace vitrine {
namespace {

constexpr std::string_view kRedacted = "redacted";

// The signs between the parts of an address.
constexpr std::string_view kPathSigns = "/;?#";
constexpr std::string_view kQuerySigns = "&;#";
constexpr std::string_view kFragmentSigns = "/?&;";

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
// Characters of one word; the bytes of other scripts count as letters.
bool isWord(char c) { return isDigit(c) || isLetter(c) || c == '-' || c == '_' || c < 0; }

// Returns whether text holds a local part, "@", and a domain with a dot whose last label is of letters.
bool hasMail(std::string_view text) {
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    if (at == 0 || !(isWord(text[at - 1]) || text[at - 1] == '.' || text[at - 1] == '+')) continue;
    std::size_t end = at + 1;
    std::size_t label = text.size();
    for (; end < text.size() && (isWord(text[end]) || text[end] == '.'); ++end) {
      if (text[end] == '.') label = end + 1;
    }
    if (label + 2 <= end && label > at + 2 && !isDigit(text[label]) && !isDigit(text[label + 1])) return true;
  }
  return false;
}

// Returns whether "eyJ" (the start of encoded JSON) begins a row of at least two encoded parts.
bool hasWebToken(std::string_view text) {
  const std::size_t at = text.find("eyJ");
  if (at == std::string_view::npos) return false;
  const std::size_t dot = text.find('.', at);
  return dot != std::string_view::npos && dot > at + 8 && dot + 1 < text.size() && isWord(text[dot + 1]);
}

bool isSeparator(char c) { return c == ' ' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')'; }

// Judges the digits that begin at `at`, with separators between them; `end` receives the end of their row.
bool isPrivateNumber(std::string_view text, std::size_t at, std::size_t& end) {
  Text digits;
  bool isSplit = false;
  for (end = at; end < text.size() && (isDigit(text[end]) || isSeparator(text[end])); ++end) {
    if (isDigit(text[end]))
      digits += text[end];
    else
      isSplit |= text[end] != '.' && text[end] != '/';
  }
  const std::size_t count = digits.size();
  // A "+" between words is a blank of a query.
  const bool isAbroad = at > 0 && text[at - 1] == '+' && (at < 2 || !isWord(text[at - 2]));
  if (count <= 15 && ((isAbroad && count >= 8) || (isSplit && digits[0] == '0' && count >= 9))) return true;
  const bool isCard = count == 15 ? digits[0] == '3' : count == 16 && digits[0] >= '2' && digits[0] <= '6';
  if (!isCard) return false;
  int sum = 0;  // the check digit of cards: every second digit from the right counts twice
  for (std::size_t i = 0; i < count; ++i) {
    int digit = digits[count - 1 - i] - '0';
    if (i % 2) digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
    sum += digit;
  }
  return sum % 10 == 0;
}

bool hasPrivateNumber(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!isDigit(text[at]) || (at > 0 && isWord(text[at - 1]))) continue;
    std::size_t end = at;
    if (isPrivateNumber(text, at, end)) return true;
    at = end;
  }
  return false;
}

// Returns whether the whole text is an IBAN, with or without blanks.
bool isIban(std::string_view text) {
  Text packed;
  for (const char c : text) {
    if (c != ' ' && c != '-') packed += c;
  }
  if (packed.size() < 15 || packed.size() > 34 || !isLetter(packed[0]) || !isLetter(packed[1])) return false;
  int rest = 0;
  for (std::size_t i = 0; i < packed.size(); ++i) {
    const char c = packed[(i + 4) % packed.size()];
    if (isDigit(c))
      rest = (rest * 10 + c - '0') % 97;
    else if (isLetter(c))
      rest = (rest * 100 + (c | 32) - 'a' + 10) % 97;
    else
      return false;
  }
  return rest == 1;
}

bool isPrivateValue(std::string_view value) {
  return hasMail(value) || hasWebToken(value) || hasPrivateNumber(value) || isIban(value);
}

bool isPrivateName(std::string_view name, const List<Text>& list) {
  const Text lower = lowerCase(name);
  for (const Text& text : list) {
    if (text.empty()) continue;
    if (text[0] == '=' ? std::string_view(text).substr(1) == lower : lower.find(text) != Text::npos) return true;
  }
  return false;
}

// Judges one part of an address. isNamed: it is a parameter, so a text without "=" is a name.
bool isPrivate(std::string_view part, bool isNamed, const PrivacyOptions& options) {
  const Text text = decoded(part);
  if (options.scrubsValues && isNamed && text.find('@') != Text::npos) return true;
  if (options.scrubsValues && isPrivateValue(text)) return true;
  if (isNamed && text.find('=') == Text::npos && isPrivateName(text, options.scrub)) return true;
  // A value may be an address with parameters of its own.
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find_first_of("?&;#/", from), text.size());
    std::string_view piece = std::string_view(text).substr(from, end - from);
    from = end + 1;
    for (std::size_t equals; (equals = piece.find('=')) != std::string_view::npos; piece.remove_prefix(equals + 1)) {
      if (isPrivateName(piece.substr(0, equals), options.scrub)) return true;
    }
    if (options.scrubsValues && isPrivateValue(piece)) return true;
  }
  return false;
}

}  // namespace

Text scrubUrl(std::string_view url, const PrivacyOptions& options) {
  Text out;
  const std::size_t scheme = url.find("://");
  if (scheme < url.find_first_of("?#")) {
    const std::size_t host = scheme + 3;
    const std::size_t end = std::min(url.find_first_of("/?#", host), url.size());
    const std::size_t user = url.substr(0, end).rfind('@');
    out = url.substr(0, host);
    url.remove_prefix(user != std::string_view::npos && user >= host ? user + 1 : host);
    const std::size_t hostEnd = std::min(url.find_first_of("/?#"), url.size());
    out += url.substr(0, hostEnd);
    url.remove_prefix(hostEnd);
  }
  // Each part is kept or removed with the sign in front of it.
  std::string_view signs = kPathSigns;
  char begun = '\0';  // the sign of a query or fragment whose first part was removed
  for (char sign = '\0';;) {
    const std::size_t end = std::min(url.find_first_of(signs), url.size());
    const std::string_view part = url.substr(0, end);
    const bool isOfPath = sign == '/' || (sign == '\0' && part.find('=') == std::string_view::npos);
    const bool isKept = !isPrivate(part, !isOfPath, options);
    if (isKept || isOfPath) {
      if (begun && sign == '/')
        out += begun;  // a fragment stays one
      else if (begun && sign != '#')
        sign = begun;
      begun = '\0';
      if (sign) out += sign;
      out += isKept ? part : kRedacted;
    } else if (sign == '#' || (sign == '?' && !begun)) {
      begun = sign;
    }
    if (end == url.size()) return out;
    sign = url[end];
    url.remove_prefix(end + 1);
    if (sign == '#')
      signs = kFragmentSigns;
    else if (sign == '?' && signs == kPathSigns)
      signs = kQuerySigns;
  }
}

}  // namespace vitrine
