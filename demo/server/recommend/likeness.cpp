#include "recommend/likeness.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "store/words.h"

namespace vitrine::demo {
namespace {

using WordVector = std::map<std::string, double>;  // normalized to length 1

// Weighs each word by its rarity (tf-idf): "merino" in two products makes them similar, "the" does not.
std::vector<WordVector> wordVectors(const Catalog& catalog) {
  std::vector<WordVector> vectors;
  std::map<std::string, double> productsWith;
  for (const CatalogProduct& product : catalog.products()) {
    std::string text = product.name + ' ' + product.name + ' ' + product.brand + ' ' + product.description;
    for (const std::string& tag : product.tags) text.append(" ").append(tag).append(" ").append(tag);
    WordVector vector;
    for (std::string& word : words(text)) ++vector[singular(std::move(word))];
    for (const auto& [word, count] : vector) ++productsWith[word];
    vectors.push_back(std::move(vector));
  }
  for (WordVector& vector : vectors) {
    double squares = 0;
    for (auto& [word, weight] : vector) {
      weight = (1 + std::log(weight)) * std::log(static_cast<double>(catalog.size()) / productsWith[word]);
      squares += weight * weight;
    }
    if (squares == 0) continue;
    for (auto& [word, weight] : vector) weight /= std::sqrt(squares);
  }
  return vectors;
}

double dot(const WordVector& a, const WordVector& b) {
  double sum = 0;
  auto left = a.begin();
  auto right = b.begin();
  while (left != a.end() && right != b.end()) {
    if (left->first < right->first)
      ++left;
    else if (right->first < left->first)
      ++right;
    else
      sum += left++->second * right++->second;
  }
  return sum;
}

}  // namespace

Likeness::Likeness(const Catalog& catalog) : catalog_(catalog), wordLikeness_(catalog.size() * catalog.size(), 1) {
  const std::vector<WordVector> vectors = wordVectors(catalog);
  for (ItemIndex a = 0; a < catalog.size(); ++a)
    for (ItemIndex b = 0; b < a; ++b) {
      const auto alike = static_cast<float>(dot(vectors[a], vectors[b]));
      wordLikeness_[a * catalog.size() + b] = wordLikeness_[b * catalog.size() + a] = alike;
    }
}

double Likeness::looks(const CatalogProduct& a, const CatalogProduct& b) const {
  // Products of one category look similar in any colour; products of one colour only a little.
  const double kind = a.category == b.category ? 0.8 : 0;
  const double color = !a.color.empty() && a.color == b.color ? 0.2 : 0;
  return kind + color;
}

double Likeness::between(ItemIndex a, ItemIndex b, double visualWeight) const {
  const double wordShare = 1 - visualWeight / 3;  // looks alone would give a whole category one rank
  const double said = wordLikeness_[a * catalog_.size() + b];
  return (visualWeight * looks(catalog_[a], catalog_[b]) + wordShare * said) / (visualWeight + wordShare);
}

}  // namespace vitrine::demo
