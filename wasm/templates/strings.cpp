#include "templates/strings.h"

#include <algorithm>

#include "base/hash.h"

namespace vitrine {
namespace {

constexpr std::string_view kEnglish =
#include "strings_en.inc"
    ;

// Returned where there is no text.
const Text kNone;

constexpr std::string_view kPlural = "plural.";

// Evaluates a plural rule: relations joined by "and", and groups of them joined by "or". A relation is
// n [% number] (= | !=) range, range, …
class Rule {
 public:
  explicit Rule(std::string_view text) : text_(text) {}

  bool holdsFor(unsigned n) {
    bool any = false;
    do {
      bool all = true;
      do {
        const bool holds = relation(n);
        all = all && holds;
      } while (take("and"));
      any = any || all;
    } while (take("or"));
    return any && isGood_ && text_.empty();
  }

 private:
  bool take(std::string_view word) {
    text_.remove_prefix(std::min(text_.size(), text_.find_first_not_of(' ')));
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }

  unsigned number() {
    take("");
    unsigned value = 0;
    std::size_t digits = 0;
    for (; digits < text_.size() && digits < 9 && text_[digits] >= '0' && text_[digits] <= '9'; ++digits)
      value = value * 10 + static_cast<unsigned>(text_[digits] - '0');
    if (digits == 0) isGood_ = false;
    text_.remove_prefix(digits);
    return value;
  }

  bool relation(unsigned n) {
    if (!take("n") && !take("i")) isGood_ = false;
    if (take("%")) n %= std::max(1u, number());
    const bool isNot = take("!=");
    if (!isNot && !take("=")) isGood_ = false;
    bool isIn = false;
    do {
      const unsigned low = number();
      const unsigned high = take("..") ? number() : low;
      isIn = isIn || (n >= low && n <= high);
    } while (take(","));
    return isIn != isNot;
  }

  std::string_view text_;
  bool isGood_ = true;
};

}  // namespace

bool holdsFor(std::string_view rule, unsigned n) { return Rule(rule).holdsFor(n); }

Strings::Strings() { add(parseJson(kEnglish)); }

void Strings::add(const Json& texts) {
  if (!texts.isObject()) return;
  // A language with plural rules replaces those of the language before it.
  for (const Json& text : texts.children) {
    if (text.name.starts_with(kPlural)) plurals_.clear();
  }
  for (const Json& text : texts.children) {
    if (text.isString()) set(text.name, text.text);
  }
}

void Strings::set(std::string_view name, std::string_view text) {
  if (name.starts_with(kPlural))
    plurals_.push_back({Text(name.substr(kPlural.size())), Text(text)});
  else
    texts_.push_back({hash32(name), Text(name), Text(text)});
}

const Text& Strings::find(std::string_view name) const {
  const std::uint32_t hash = hash32(name);
  for (std::size_t i = texts_.size(); i-- > 0;) {
    if (texts_[i].hash == hash && texts_[i].name == name) return texts_[i].text;
  }
  return kNone;
}

Text Strings::names() const {
  Text names;
  for (const Entry& entry : texts_) names.append(entry.name).append(" ");
  return names;
}

Text Strings::fill(std::string_view name, std::initializer_list<Filling> fillings) const {
  std::string_view text = find(name);
  Text out;
  while (!text.empty()) {
    const std::size_t open = std::min(text.size(), text.find('{'));
    const std::size_t close = text.find('}', open);
    out.append(text, 0, open);
    text.remove_prefix(open);
    if (text.empty()) break;
    const std::string_view key = close == std::string_view::npos ? text : text.substr(1, close - open - 1);
    const auto found =
        std::find_if(fillings.begin(), fillings.end(), [key](const Filling& f) { return f.first == key; });
    const std::size_t size = close == std::string_view::npos ? text.size() : close - open + 1;
    out += found == fillings.end() ? text.substr(0, size) : found->second;
    text.remove_prefix(size);
  }
  return out;
}

std::string_view Strings::pluralOf(unsigned count) const {
  for (const Plural& plural : plurals_) {
    if (holdsFor(plural.rule, count)) return plural.category;
  }
  return "other";
}

}  // namespace vitrine
