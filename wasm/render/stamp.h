// Cards said by what tells them apart: a page clones one that it has and sets what is another's, which is faster than
// having its parser read each, and less to hand over.
//
// Stamps are a list of fields, each with \x1f in front, for the cards behind the first one, in order:
//
//   +  HTML                             a card of its own
//   @  CARD COUNT (PATH NAME OLD)…      from here on there is another model: that card (0 is the first), with so many
//                                       places, each an attribute or (NAME "") a text, and what stands there in it. A
//                                       page in which something else stands there cannot use the stamps.
//   =  MODEL VALUE…                     a card like that model (0 is the first), with these values in its places
//
// Paths are those of patch.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "render/trace.h"

namespace vitrine {

class Stamps {
 public:
  // The next card, one element, and how it was rendered.
  void add(std::string_view html, const Trace& trace);
  // Most cards are like one before them.
  bool isWorthIt() const { return !isUnclear_ && stamped_ * 2 >= count_; }
  std::string take() { return std::move(text_); }

 private:
  struct Place {
    std::string path;
    std::string name;  // "" for a text
    std::size_t begin;
    std::size_t end;
    std::size_t first;  // values in it
    std::size_t last;
  };
  struct Model {
    std::string html;
    Trace trace;
    std::size_t card;
    std::vector<Place> places;
    int number;  // -1 before it is told; -2: it cannot be one
  };

  bool stamp(Model& model, std::string_view html, const Trace& trace);
  static bool findPlaces(Model& model);
  void tell(Model& model);
  // The text that the markup stands for, as a field.
  bool addDecoded(std::string_view markup);
  void field(std::string_view text) { (text_ += '\x1f') += text; }
  void field(std::size_t number);

  std::vector<Model> models_;
  std::string text_;
  std::string value_;
  std::size_t count_ = 0;
  std::size_t stamped_ = 0;
  int told_ = 0;
  bool isUnclear_ = false;
};

}  // namespace vitrine
