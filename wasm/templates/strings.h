// The texts of a widget in one language: a flat list of names and texts, each of which a shop may replace.
//
// widget/strings/*.json are the languages that Vitrine brings; English is built in and fills the gaps of the others. A
// text holds {name} placeholders. A text with a number in it has one form for each plural category, such as
// "reviews.one" and "reviews.other". The language itself says which number takes which category, by rules in the
// notation of Unicode's CLDR (UTS 35, part 3, 5.1.1) for whole numbers:
// "plural.few": "n % 10 = 2..4 and n % 100 != 12..14". A number that matches no rule is "other".
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "base/json.h"
#include "base/list.h"
#include "base/text.h"

namespace vitrine {

class Strings {
 public:
  // Begins with the built-in English texts.
  Strings();

  // Adds {name: text}, replacing texts of the same names. Anything but an object of strings is ignored.
  void add(const Json& texts);
  void set(std::string_view name, std::string_view text);

  // Returns the text of that name, or "".
  const Text& find(std::string_view name) const;

  // Returns the names of all texts, separated by spaces.
  Text names() const;

  using Filling = std::pair<std::string_view, std::string_view>;
  // Returns the text with each {name} filled in. A placeholder without a filling stays as it is.
  Text fill(std::string_view name, std::initializer_list<Filling> fillings) const;

  // Returns the plural category of a number: "zero", "one", "two", "few", "many" or "other".
  std::string_view pluralOf(unsigned count) const;

 private:
  struct Entry {
    std::uint32_t hash;  // hash of the name: texts are looked up several times for each card
    Text name;
    Text text;
  };
  struct Plural {
    Text category;
    Text rule;
  };

  List<Entry> texts_;  // the last text of a name counts
  List<Plural> plurals_;
};

// Returns whether the plural rule (see above) holds for n. A rule that cannot be parsed holds for no number.
bool holdsFor(std::string_view rule, unsigned n);

}  // namespace vitrine
