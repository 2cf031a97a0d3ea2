// Parameters of an address, percent-encoded (RFC 3986: all but letters, digits and -._~).
#pragma once

#include <string_view>

#include "base/list.h"
#include "base/text.h"

namespace vitrine {

void appendEncoded(Text& out, std::string_view text);
// Decodes %XX until none is left, at most `most` times. Escapes without two hex digits stay.
Text decoded(std::string_view encoded, int most = 5);

// Appends `name=value`, behind "?" if it is the first parameter of `url`, else behind "&".
void addParameter(Text& url, const char* name, std::string_view value);
// Appends `name=value` as above if the value is not empty.
void addIfGiven(Text& url, const char* name, std::string_view value);
// Appends a list, its elements separated by an encoded "|". A "|" within an element is encoded twice, so that it stays
// one element when the parameter has been decoded once and split.
void addPipeList(Text& url, const char* name, const List<Text>& values);

// Returns the text with its ASCII letters in lower case.
Text lowerCase(std::string_view text);

}  // namespace vitrine
