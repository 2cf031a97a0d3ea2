// The words of a widget in one language: a flat list of texts, each of which a shop may replace.
//
// widget/strings/*.json are the languages we bring; English is built in and stands in for what another lacks. Texts
// hold {name}s. A text that counts has a form per plural category, "reviews.one", "reviews.other"; which number takes
// which category the language says itself, in the notation of Unicode's CLDR (UTS 35, part 3, 5.1.1) for whole numbers:
// "plural.few": "n % 10 = 2..4 and n % 100 != 12..14". What matches nothing is "other".
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"

namespace vitrine {

class Strings {
 public:
  Strings();

  // {name: text}: what is in there replaces what was.
  void add(const Json& texts);
  void set(std::string_view name, std::string_view text);

  // "" if there is none of that name.
  std::string_view find(std::string_view name) const;

  using Filling = std::pair<std::string_view, std::string_view>;
  // The text with each {name} filled in; one that is not given stays.
  std::string fill(std::string_view name, std::initializer_list<Filling> fillings) const;

  // "zero", "one", "two", "few", "many" or "other".
  std::string_view pluralOf(unsigned count) const;

 private:
  struct Text {
    std::uint32_t hash;  // of the name: finding is done for each text of each card
    std::string name;
    std::string text;
  };
  struct Plural {
    std::string category;
    std::string rule;
  };

  std::vector<Text> texts_;  // of one name the last counts
  std::vector<Plural> plurals_;
};

// Whether the rule, as above, holds for n. One that cannot be read holds for none.
bool holdsFor(std::string_view rule, unsigned n);

}  // namespace vitrine
