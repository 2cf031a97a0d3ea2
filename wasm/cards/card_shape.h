// The kinds of cards that a look makes. Cards of one kind have the same elements; what differs are the values that
// stand in their parts. So a page can make one out of another of its kind, without any markup being written or read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "templates/render_trace.h"

namespace vitrine {

// A text, or the value of an attribute, with at least one value of the card in it.
struct CardPart {
  std::vector<int> path;            // to its node from the card, by child numbers
  std::string name;                 // of the attribute; "" for a text
  std::size_t begin = 0, end = 0;   // of it in the sample
  std::string text;                 // what a browser reads there
  std::size_t first = 0, last = 0;  // values in it
  std::vector<std::string> around;  // what the template wrote in front of each of them and behind the last

  // Appends what stands there in a card, of which `values` has the values from `card` on.
  void append(const RenderTrace& values, std::size_t card, std::string& out) const;
};

struct CardShape {
  std::vector<std::uint32_t> operations;
  std::string sample;           // the markup of such a card, "x" for every value
  std::vector<CardPart> parts;  // in document order
  bool isClear = false;         // every value has its place, and it is one element with data-vitrine-item
};

class CardShapes {
 public:
  static constexpr int kNone = -1;

  // The number of the kind that was traced; kNone if it is not known.
  int find(const RenderTrace& trace) const;
  // Makes it known, if there is room. kNone if cards of it cannot be told by their values.
  int add(const RenderTrace& sampled, std::string_view sample);
  bool isFull() const;

  const CardShape& operator[](int shape) const { return shapes_[static_cast<std::size_t>(shape)]; }
  std::size_t size() const { return shapes_.size(); }

 private:
  std::vector<CardShape> shapes_;
};

}  // namespace vitrine
