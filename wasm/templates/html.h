// Writes values into HTML, the only way text from outside gets into markup, and holds what both readers of HTML know.
//
// The compiler picks the Context of each value (markup.h); a rendering writes the value with appendIn().
#pragma once

#include <cstdint>
#include <string_view>

#include "base/text.h"

namespace vitrine {

// Elements that have no content and no end tag (HTML standard, 13.1.2 "Void elements"), between blanks.
constexpr std::string_view kVoidElements = " area base br col embed hr img input link meta source track wbr ";

// ASCII whitespace (Infra standard, 4.6), which separates attributes: tab, line feed, form feed, carriage return,
// space.
constexpr bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

// Appends `text` so that it stays text, in an element or in a quoted attribute: escapes & < > " ' ` and drops control
// characters (HTML cannot show them, and some of them separate effects and fields). Tabs and line ends become blanks.
void appendEscaped(Text& out, std::string_view text);

// Returns the address if a link or picture may have it (http, https, or relative), else "". Reads it as a browser does:
// leading blanks and control characters do not hide a scheme.
Text safeUrl(std::string_view url);

// Returns whether safeUrl() returns this address unchanged.
bool isCleanUrl(std::string_view url);

// How a value is written, by where it stands.
enum class Context : std::uint8_t {
  kRaw,      // unchanged
  kPlain,    // outside of HTML: & < > " escaped, all else kept
  kText,     // between elements, or in a quoted attribute
  kUrl,      // the beginning of an address, or all of it
  kUrlPart,  // within an address: percent-encoded (RFC 3986: all but unreserved characters)
  kSrcset,   // addresses with descriptors (HTML standard, 4.8.4.2.1); unsafe addresses are left out
  kCss,      // a CSS custom property: a number, length, colour or word; anything else is left out
  kTrusted,  // markup if it is whole, else text
};

// Appends `value` as the context requires. A kTrusted value is written as text: only the caller can judge its markup.
void appendIn(Context context, Text& out, std::string_view value);

}  // namespace vitrine
