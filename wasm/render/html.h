// Text into markup, safely. The only way a value from outside gets into HTML.
#pragma once

#include <string>
#include <string_view>

namespace vitrine {

// Appends `text` so that it is text, in an element or in a quoted attribute: & < > " ' ` escaped, control characters
// (which HTML cannot show, and which separate effects) dropped.
void appendEscaped(std::string& out, std::string_view text);

// The address if it is one a link or picture may have (http, https, or relative), else "". Decided as a browser would
// read it: leading blanks and control characters anywhere do not hide a scheme.
std::string safeUrl(std::string_view url);

}  // namespace vitrine
