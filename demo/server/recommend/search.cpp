#include "recommend/search.h"

#include <algorithm>
#include <cmath>

#include "store/words.h"

namespace vitrine::demo {
namespace {

// The weight of a word in each field, relative to a word in the description.
constexpr double kNameWeight = 6, kCategoryWeight = 4, kBrandWeight = 4, kTagWeight = 3, kColorWeight = 2,
                 kDescriptionWeight = 1;

// The weight of an inexact match. A prefix counts more if it covers more of the word.
constexpr double kPrefixQuality = 0.8, kTypoQuality = 0.5;

bool isFiller(std::string_view word) {
  constexpr std::string_view kFillers[] = {"a", "an", "and", "for", "in", "of", "on", "or", "the", "to", "with"};
  return std::find(std::begin(kFillers), std::end(kFillers), word) != std::end(kFillers);
}

int typosAllowed(std::string_view word) { return word.size() >= 8 ? 2 : word.size() >= 4 ? 1 : 0; }

}  // namespace

Search::Search(const Catalog& catalog) : catalog_(catalog) {
  for (ItemIndex item = 0; item < catalog.size(); ++item) {
    const CatalogProduct& product = catalog[item];
    add(item, product.id, kNameWeight, false);
    add(item, product.name, kNameWeight, false);
    add(item, product.brand, kBrandWeight, false);
    add(item, product.description, kDescriptionWeight, false);
    for (const std::string& tag : product.tags) add(item, tag, kTagWeight, false);
    add(item, product.category, kCategoryWeight, true);
    add(item, product.color, kColorWeight, true);
  }
}

void Search::add(ItemIndex item, std::string_view text, double weight, bool isVisual) {
  for (std::string& word : words(text)) {
    Posting& posting = index_[singular(std::move(word))][item];
    double& sum = isVisual ? posting.visualWeight : posting.weight;
    sum = std::max(sum, weight);
  }
}

void Search::collect(const Postings& postings, double quality, double visualWeight,
                     std::map<ItemIndex, double>& best) const {
  // A rare word counts more than a common one.
  const double rarity = std::log(1 + static_cast<double>(catalog_.size()) / static_cast<double>(postings.size()));
  for (const auto& [item, posting] : postings) {
    double& score = best[item];
    score = std::max(score, quality * rarity * (posting.weight + visualWeight * posting.visualWeight));
  }
}

std::map<ItemIndex, double> Search::fit(const std::string& word, double visualWeight) const {
  std::map<ItemIndex, double> best;
  for (auto entry = index_.lower_bound(word); entry != index_.end() && entry->first.starts_with(word); ++entry) {
    const double covered = static_cast<double>(word.size()) / static_cast<double>(entry->first.size());
    collect(entry->second, covered == 1 ? 1 : kPrefixQuality * covered, visualWeight, best);
  }
  if (!best.empty() || typosAllowed(word) == 0) return best;
  for (const auto& [known, postings] : index_)
    if (isWithinEdits(word, known, typosAllowed(word))) collect(postings, kTypoQuality, visualWeight, best);
  return best;
}

std::vector<ScoredItem> Search::find(std::string_view query, double visualWeight) const {
  std::vector<std::string> wanted;
  for (std::string& word : words(query)) wanted.push_back(singular(std::move(word)));
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  if (!std::all_of(wanted.begin(), wanted.end(), isFiller)) std::erase_if(wanted, isFiller);

  struct Match {
    int count = 0;
    double score = 0;
  };
  std::map<ItemIndex, Match> matches;
  int most = 0;
  for (const std::string& word : wanted)
    for (const auto& [item, score] : fit(word, visualWeight)) {
      Match& match = matches[item];
      match.score += score;
      most = std::max(most, ++match.count);
    }

  std::vector<ScoredItem> found;
  for (const auto& [item, match] : matches)
    if (match.count == most) found.push_back({item, match.score});
  std::stable_sort(found.begin(), found.end(), [this](const ScoredItem& a, const ScoredItem& b) {
    return a.score != b.score ? a.score > b.score : catalog_[a.item].rating > catalog_[b.item].rating;
  });
  if (!found.empty()) {
    const double best = found.front().score;
    for (ScoredItem& item : found) item.score /= best;
  }
  return found;
}

}  // namespace vitrine::demo
