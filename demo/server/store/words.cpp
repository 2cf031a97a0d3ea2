#include "store/words.h"

#include <algorithm>
#include <array>

namespace vitrine::demo {
namespace {

// Base letters of U+00C0 to U+017F, sixteen a row. '.' keeps the character, '*' stands for two letters (see below).
constexpr std::string_view kBase =
    "aaaaaa*ceeeeiiii"
    "dnooooo.ouuuuy.*"
    "aaaaaa*ceeeeiiii"
    "dnooooo.ouuuuy.y"
    "aaaaaaccccccccdd"
    "ddeeeeeeeeeegggg"
    "gggghhhhiiiiiiii"
    "ii..jjkkklllllll"
    "lllnnnnnnnnnoooo"
    "oo**rrrrrrssssss"
    "ssttttttuuuuuuuu"
    "uuuuwwyyyzzzzzzs";
static_assert(kBase.size() == 0x180 - 0xC0);

bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

bool isWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// General punctuation (U+2000 to U+203F: dashes, quotes, ellipsis) is the only common non-ASCII text that separates
// words.
bool isPunctuation(std::string_view text, std::size_t at) {
  return at + 2 < text.size() && text[at] == '\xE2' && text[at + 1] == '\x80' && isContinuation(text[at + 2]);
}

}  // namespace

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0xC3 || lead > 0xC5 || i + 1 == text.size() || !isContinuation(text[i + 1])) {
      out += lead >= 'A' && lead <= 'Z' ? static_cast<char>(lead + 32) : text[i];
      continue;
    }
    const unsigned codePoint = (lead & 0x1Fu) << 6 | (static_cast<unsigned char>(text[i + 1]) & 0x3Fu);
    const char base = kBase[codePoint - 0xC0];
    if (base == '.')
      out.append(text, i, 2);
    else if (base != '*')
      out += base;
    else
      out += codePoint == 0xDF ? "ss" : codePoint < 0x100 ? "ae" : "oe";
    ++i;
  }
  return out;
}

std::vector<std::string> words(std::string_view text) {
  const std::string folded = fold(text);
  std::vector<std::string> out;
  std::string word;
  for (std::size_t i = 0; i <= folded.size(); ++i) {
    const bool isDash = isPunctuation(folded, i);
    if (i < folded.size() && !isDash && isWordByte(folded[i])) {
      word += folded[i];
      continue;
    }
    if (!word.empty()) out.push_back(std::move(word));
    word.clear();
    if (isDash) i += 2;
  }
  return out;
}

std::string singular(std::string word) {
  const auto ends = [&](std::string_view ending) { return word.size() > ending.size() + 2 && word.ends_with(ending); };
  if (ends("ies")) return word.replace(word.size() - 3, 3, "y");
  for (const std::string_view ending : {"sses", "xes", "zes", "ches", "shes"})
    if (ends(ending)) return word.erase(word.size() - 2);
  if (ends("s") && !ends("ss") && !ends("us") && !ends("is")) word.pop_back();
  return word;
}

bool isWithinEdits(std::string_view a, std::string_view b, int limit) {
  constexpr std::size_t kLongest = 32;  // longer words are part numbers, in which a typo names another part
  if (a.size() > kLongest || b.size() > kLongest) return a == b;
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > static_cast<std::size_t>(limit)) return false;
  std::array<std::array<int, kLongest + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& twoAbove = rows[(i + 1) % 3];
    row[0] = static_cast<int>(i);
    int best = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], twoAbove[j - 2] + 1);
      best = std::min(best, row[j]);
    }
    if (best > limit) return false;
  }
  return rows[a.size() % 3][b.size()] <= limit;
}

}  // namespace vitrine::demo
