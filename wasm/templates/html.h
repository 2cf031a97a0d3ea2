// What both readers of HTML know of it, and text into markup, safely: the only way a value from outside gets into HTML.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vitrine {

// Elements that have no content and no end tag (HTML standard, 13.1.2 "Void elements"), between blanks.
constexpr std::string_view kVoidElements = " area base br col embed hr img input link meta source track wbr ";

// ASCII whitespace (Infra standard, 4.6), which separates attributes: tab, line feed, form feed, carriage return, space.
constexpr bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

// Appends `text` so that it is text, in an element or in a quoted attribute: & < > " ' ` escaped, control characters
// (which HTML cannot show, and which separate effects) dropped.
void appendEscaped(std::string& out, std::string_view text);

// The address if it is one a link or picture may have (http, https, or relative), else "". Decided as a browser would
// read it: leading blanks and control characters anywhere do not hide a scheme.
std::string safeUrl(std::string_view url);

// Whether safeUrl gives it back as it is.
bool isCleanUrl(std::string_view url);

// How a value is written, by where it stands.
enum class Context : std::uint8_t {
  kRaw,      // as it is
  kPlain,    // outside of HTML: & < > " escaped, all else kept
  kText,     // between elements, or in a quoted attribute
  kUrl,      // the beginning of an address, or all of it
  kUrlPart,  // within an address: percent-encoded (RFC 3986: all but unreserved characters)
  kSrcset,   // addresses with descriptors (HTML standard, 4.8.4.2.1); those that may not be are left out
  kCss,      // of a CSS custom property: a number, a length, a colour, a word; anything else is left out
  kTrusted,  // markup, if it is whole; else text
};

// kTrusted is the caller's to judge; here it is text.
void appendIn(Context context, std::string& out, std::string_view value);
// The text that a browser reads where appendIn wrote `value` in HTML (not for kRaw and kPlain).
void appendRead(Context context, std::string& out, std::string_view value);

}  // namespace vitrine
