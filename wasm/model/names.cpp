#include "model/names.h"

#include <algorithm>

#include "base/effects.h"
#include "base/words.h"

namespace vitrine {
namespace {

constexpr std::size_t kFar = 3;
constexpr std::size_t kShortest = 4;  // a shorter name begins too many words

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Returns how many letters differ in the middle, between what the names have in common at their beginnings and ends.
std::size_t distance(std::string_view name, std::string_view word) {
  const std::size_t shorter = std::min(name.size(), word.size());
  std::size_t start = 0;
  while (start < shorter && lower(name[start]) == lower(word[start])) ++start;
  if (start == name.size() && start >= kShortest) return 1;
  std::size_t end = 0;
  while (end < shorter - start && lower(name[name.size() - 1 - end]) == lower(word[word.size() - 1 - end])) ++end;
  // Two names of which nothing is the same are strangers, however short.
  return start + end == 0 ? kFar : std::max(name.size(), word.size()) - start - end;
}

}  // namespace

bool isAmong(std::string_view words, std::string_view name, std::string_view& nearest) {
  std::size_t least = kFar;
  nearest = {};
  while (!words.empty()) {
    const std::string_view word = nextWord(words);
    if (word == name) return true;
    if (const std::size_t letters = distance(name, word); letters < least) {
      least = letters;
      nearest = word;
    }
  }
  return false;
}

void appendGuess(Text& out, std::string_view nearest) {
  if (!nearest.empty()) out.append(" Did you mean \"").append(nearest).append("\"?");
}

void reportMember(std::string_view path, std::string_view name, std::string_view fault, std::string_view nearest,
                  std::string_view code, Effects& effects) {
  Text field(path);
  if (!path.empty() && !name.empty()) field += '.';
  field += name;
  Text message;
  appendString(message, field);  // a name from outside may contain control characters
  message += fault;
  appendGuess(message, nearest);
  effects.log(LogLevel::kWarn, code, message);
}

void reportUnknown(const Json& object, std::string_view path, std::string_view words, std::string_view code,
                   Effects& effects, bool hasOwnNames) {
  for (const Json& child : object.children) {
    std::string_view nearest;
    if (!isAmong(words, child.name, nearest) && !(hasOwnNames && nearest.empty()))
      reportMember(path, child.name, " is unknown and ignored.", nearest, code, effects);
  }
}

}  // namespace vitrine
