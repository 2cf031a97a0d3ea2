#include "templates/html.h"

#include "base/query_string.h"

namespace vitrine {

namespace {

bool isWord(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// Returns the text that replaces `c` in HTML; null if the character stays.
const char* escapeOf(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    case '`':
      return "&#96;";
    case '\n':
    case '\t':
      return " ";
    default:
      return static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? "" : nullptr;
  }
}

// Appends runs of plain text, which is nearly all of the text, in one piece. isPlain: escapes only & < > ".
void appendEscaping(Text& out, std::string_view text, bool isPlain) {
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c > '>' && c != '`' && c != 0x7F) continue;
    const char* escape = escapeOf(text[i]);
    if (!escape || (isPlain && (*escape != '&' || escape[1] == '#'))) continue;
    out.append(text, from, i - from).append(escape);
    from = i + 1;
  }
  out.append(text, from);
}

void appendSrcset(Text& out, std::string_view text) {
  const std::size_t begin = out.size();
  std::size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && (isBlank(text[at]) || text[at] == ',')) ++at;
    std::size_t end = at;
    while (end < text.size() && !isBlank(text[end])) ++end;
    std::size_t next = end;
    while (end > at && text[end - 1] == ',') --end;
    const Text url = safeUrl(text.substr(at, end - at));
    const bool hasDescriptor = end == next;
    at = next;
    if (hasDescriptor) next = text.find(',', at);
    const std::string_view descriptor = hasDescriptor ? text.substr(at, next - at) : std::string_view();
    at = next == std::string_view::npos ? text.size() : next;
    if (url.empty()) continue;
    if (out.size() > begin) out += ", ";
    appendEscaped(out, url);
    for (const char c : descriptor) {
      if (isBlank(c) || (c >= '0' && c <= '9') || c == '.' || c == 'w' || c == 'x' || c == 'h')
        out += isBlank(c) ? ' ' : c;
    }
  }
}

bool isPlainCss(std::string_view text) {
  for (const char c : text) {
    if (!isWord(c) && (c & 0x80) == 0 && c != ' ' && c != '#' && c != '%' && c != '.' && c != ',' && c != '+' &&
        c != '-' && c != '_')
      return false;
  }
  return true;
}

}  // namespace

void appendEscaped(Text& out, std::string_view text) { appendEscaping(out, text, false); }

void appendIn(Context context, Text& out, std::string_view value) {
  switch (context) {
    case Context::kRaw:
      out += value;
      break;
    case Context::kPlain:
      appendEscaping(out, value, true);
      break;
    case Context::kText:
    case Context::kTrusted:
      appendEscaped(out, value);
      break;
    case Context::kUrl:
      if (isCleanUrl(value))
        appendEscaped(out, value);
      else
        appendEscaped(out, safeUrl(value));
      break;
    case Context::kUrlPart:
      appendEncoded(out, value);
      break;
    case Context::kSrcset:
      appendSrcset(out, value);
      break;
    case Context::kCss:
      if (isPlainCss(value)) out += value;
      break;
  }
}

namespace {

// Returns whether an address has no scheme, or http or https. end: where a scheme would end, the first of : / ? #.
bool isGoodScheme(std::string_view url, std::size_t end) {
  if (end == url.size() || url[end] != ':') return true;  // no scheme: relative
  constexpr std::string_view kGood = "https";
  if (end != kGood.size() && end != kGood.size() - 1) return false;
  for (std::size_t i = 0; i < end; ++i) {
    // Setting this bit turns capitals into small letters, and no other character into a letter.
    if ((url[i] | 0x20) != kGood[i]) return false;
  }
  return true;
}

bool endsScheme(char c) { return c == ':' || c == '/' || c == '?' || c == '#'; }

}  // namespace

bool isCleanUrl(std::string_view url) {
  std::size_t scheme = url.size();
  for (std::size_t i = url.size(); i-- > 0;) {
    const auto c = static_cast<unsigned char>(url[i]);
    if (c <= 0x20 || c == 0x7F) return false;
    if (endsScheme(url[i])) scheme = i;
  }
  return isGoodScheme(url, scheme);
}

Text safeUrl(std::string_view url) {
  while (!url.empty() && static_cast<unsigned char>(url.back()) <= 0x20) url.remove_suffix(1);
  Text clean;
  for (const char c : url) {
    if (static_cast<unsigned char>(c) > 0x20 && c != 0x7F)
      clean += c;
    else if (c == ' ' && !clean.empty())
      clean += "%20";
  }
  std::size_t scheme = 0;
  while (scheme < clean.size() && !endsScheme(clean[scheme])) ++scheme;
  return isGoodScheme(clean, scheme) ? clean : Text();
}

}  // namespace vitrine
