// Text search in names, brands, categories, colours, tags and descriptions of the catalogue.
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

  // Returns the matching products, best first; equal scores are ordered by rating, then by catalogue order. A word
  // matches exactly, as a prefix ("water" matches "waterproof"), or else with typos (one from 4 letters on, two from
  // 8). Products must match all words; if none does, those that match the most words are returned. visualWeight in (0,
  // 1] scales the words about looks (colour, category).
  std::vector<ScoredItem> find(std::string_view query, double visualWeight) const;

 private:
  struct Posting {
    double weight = 0;        // from fields about the product itself
    double visualWeight = 0;  // from fields about its looks
  };
  using Postings = std::map<ItemIndex, Posting>;

  void add(ItemIndex item, std::string_view text, double weight, bool isVisual);
  // Returns the products that match one word of a query, with scores above 0.
  std::map<ItemIndex, double> fit(const std::string& word, double visualWeight) const;
  void collect(const Postings& postings, double quality, double visualWeight, std::map<ItemIndex, double>& best) const;

  const Catalog& catalog_;
  std::map<std::string, Postings, std::less<>> index_;  // sorted, so that words with one prefix are neighbours
};

}  // namespace vitrine::demo
