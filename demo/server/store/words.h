// Normalizes text for search: lower case, no accents, split into words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vitrine::demo {

// Lower case for ASCII; Latin letters with marks (U+00C0 to U+017F) become their base letters, "æ œ ß" two letters.
// All other bytes stay unchanged, invalid UTF-8 included.
std::string fold(std::string_view text);

// Returns the folded words of a text in order, with repetitions. Letters of other scripts are parts of words.
std::vector<std::string> words(std::string_view text);

// Returns the singular of an English plural (mugs, brushes, berries); other words unchanged.
std::string singular(std::string word);

// Returns true if at most `limit` insertions, deletions, replacements or swaps of neighbouring bytes turn `a` into `b`.
bool isWithinEdits(std::string_view a, std::string_view b, int limit);

}  // namespace vitrine::demo
