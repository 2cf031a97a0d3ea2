// Names in one text, separated by spaces: a table of texts has a pointer and a size for each.
#pragma once

#include <string_view>

#include "base/list.h"
#include "base/text.h"

namespace vitrine {

// Removes the first word and the space behind it from `words`, and returns the word; "" if there is none left.
std::string_view nextWord(std::string_view& words);

// Returns all words.
List<Text> wordsOf(std::string_view words);

}  // namespace vitrine
