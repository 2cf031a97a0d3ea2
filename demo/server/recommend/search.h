// Text search over the catalogue: every word of the query against names, brands, categories, colours, tags and
// descriptions.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "recommend/ranking.h"
#include "store/catalog.h"

namespace vitrine::demo {

class Search {
 public:
  explicit Search(const Catalog& catalog);

  // The products that fit, best first; ties by rating, then by place in the catalogue. A word fits as it is, as a
  // beginning
  // ("water" fits "waterproof"), or else with a typo (one from 4 letters on, two from 8). Products must fit all words;
  // if none does, those that fit the most words are taken. visualWeight in (0, 1] scales what is said of looks (colour,
  // category).
  std::vector<ScoredItem> find(std::string_view query, double visualWeight) const;

 private:
  struct Posting {
    double weight = 0;        // of the fields that tell what it is
    double visualWeight = 0;  // of the fields that tell how it looks
  };
  using Postings = std::map<ItemIndex, Posting>;

  void add(ItemIndex item, std::string_view text, double weight, bool isVisual);
  // How well each product fits one word of a query, above 0.
  std::map<ItemIndex, double> fit(const std::string& word, double visualWeight) const;
  void collect(const Postings& postings, double quality, double visualWeight, std::map<ItemIndex, double>& best) const;

  const Catalog& catalog_;
  std::map<std::string, Postings, std::less<>> index_;  // sorted, so that beginnings are neighbours
};

}  // namespace vitrine::demo
