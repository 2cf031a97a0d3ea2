#include "base/words.h"

#include <algorithm>

namespace vitrine {

VITRINE_ONCE std::string_view nextWord(std::string_view& words) {
  const std::string_view word = words.substr(0, words.find(' '));
  words.remove_prefix(std::min(word.size() + 1, words.size()));
  return word;
}

List<Text> wordsOf(std::string_view words) {
  List<Text> all;
  while (!words.empty()) all.emplace_back(nextWord(words));
  return all;
}

}  // namespace vitrine
