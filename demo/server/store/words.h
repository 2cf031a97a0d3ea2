// Text as a search box sees it: lower case, without accents, cut into words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vitrine::demo {

// Lower case for ASCII; Latin letters with marks (U+00C0 to U+017F) become their base letters, "æ œ ß" two letters.
// All other bytes are kept as they are, invalid UTF-8 included.
std::string fold(std::string_view text);

// The folded words of a text in order, repeats kept. Letters of other scripts count as parts of words.
std::vector<std::string> words(std::string_view text);

// An English plural becomes its singular (mugs, brushes, berries); other words stay.
std::string singular(std::string word);

// Whether `a` becomes `b` by at most `limit` insertions, deletions, replacements or swaps of neighbours (bytes).
bool isWithinEdits(std::string_view a, std::string_view b, int limit);

}  // namespace vitrine::demo
