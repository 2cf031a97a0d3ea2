#include "cards/card_clones.h"

#include "base/field_writer.h"
#include "templates/html.h"

namespace vitrine {
namespace {

// Appends the moves from one path to another (card_clones.h).
void appendMoves(const List<int>& from, const List<int>& to, Text& out) {
  std::size_t same = 0;
  while (same < from.size() && same < to.size() && from[same] == to[same]) ++same;
  std::size_t level = same;
  if (from.size() > same) {
    // Up to the level where the two paths part.
    out.append(from.size() - same - (to.size() > same ? 1 : 0), 'p');
    if (to.size() == same) return;
    out.append(static_cast<std::size_t>(to[same] - from[same]), 'n');
    ++level;
  }
  for (; level < to.size(); ++level) out.append(1, 'f').append(static_cast<std::size_t>(to[level]), 'n');
}

constexpr std::size_t kSlack = 512;

class CloneWriter {
 public:
  CloneWriter(const CardShapes& shapes, const RenderTrace& values, const List<CardClone>& cards, Text& out)
      : shapes_(shapes), values_(values), cards_(cards), out_(out), models_(shapes.size()) {}

  void run(Text& frameCard) {
    // A string that grows step by step is copied several times.
    out_.reserve(out_.size() + values_.text.size() + values_.ends.size() * 2 + kSlack);
    for (const CardClone& card : cards_) {
      if (card.shape == CardShapes::kNone) {
        fields_.add("+").add(card.html);
        continue;
      }
      const CardShape& shape = shapes_[card.shape];
      Model& model = models_[static_cast<std::size_t>(card.shape)];
      if (model.number < 0) writeModel(card, model, frameCard);
      fields_.add("=").add(static_cast<std::size_t>(model.number));
      for (const std::size_t i : model.ownParts) {
        shape.parts[i].append(values_, card.first, fields_.begin());
      }
    }
  }

 private:
  // The model card of a shape.
  struct Model {
    int number = -1;             // in the order of definition; -1: not defined yet
    List<std::size_t> ownParts;  // the parts in which its cards differ
  };

  bool isCommon(const CardClone& card, const CardPart& part) const {
    for (const CardClone& other : cards_) {
      if (other.shape != card.shape) continue;
      for (std::size_t i = part.first; i < part.last; ++i) {
        if (values_.value(card.first + i) != values_.value(other.first + i)) return false;
      }
    }
    return true;
  }

  void writeModel(const CardClone& card, Model& model, Text& frameCard) {
    const CardShape& shape = shapes_[card.shape];
    const bool isFirst = count_ == 0;
    model.number = count_++;
    fields_.add("@").begin();
    Text& html = isFirst ? frameCard : out_;
    std::size_t from = 0;
    for (std::size_t i = 0; i < shape.parts.size(); ++i) {
      const CardPart& part = shape.parts[i];
      if (!isCommon(card, part)) {
        model.ownParts.push_back(i);
        continue;
      }
      html.append(shape.sample, from, part.begin - from);
      from = part.end;
      scratch_.clear();
      part.append(values_, card.first, scratch_);
      appendEscaped(html, scratch_);
    }
    html.append(shape.sample, from);

    fields_.add(model.ownParts.size());
    List<int> at;
    for (const std::size_t i : model.ownParts) {
      const CardPart& part = shape.parts[i];
      appendMoves(at, part.path, fields_.begin());
      at = part.path;
      fields_.add(part.name).add(part.text);
    }
  }

  const CardShapes& shapes_;
  const RenderTrace& values_;
  const List<CardClone>& cards_;
  Text& out_;
  FieldWriter fields_{out_};
  List<Model> models_;  // by shape
  int count_ = 0;
  Text scratch_;
};

}  // namespace

void appendClones(const CardShapes& shapes, const RenderTrace& values, const List<CardClone>& cards, Text& out,
                  Text& frameCard) {
  CloneWriter(shapes, values, cards, out).run(frameCard);
}

}  // namespace vitrine
