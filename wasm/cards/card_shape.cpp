#include "cards/card_shape.h"

#include "cards/tokens.h"

namespace vitrine {
namespace {

// Cards of more shapes than this hardly ever share one.
constexpr std::size_t kMaxShapes = 8;

// Reads a sample and finds the parts that its values lie in, in document order.
class PartFinder {
 public:
  PartFinder(const RenderTrace& trace, CardShape& shape) : trace_(trace), shape_(shape), reader_(shape.sample) {}

  // Returns false if a value lies outside every part, or if the card is not a single element with `data-vitrine-item`.
  bool run() {
    // Text around the element of a card would be lost.
    if (shape_.sample.empty() || shape_.sample.front() != '<' || shape_.sample.back() != '>') return false;
    for (;;) {
      const Token token = reader_.next();
      if (token.type != Token::Type::kText && !skipEmpty(token.begin)) return false;
      switch (token.type) {
        case Token::Type::kText:
          if (!add({}, token.begin, token.end)) return false;
          ++path_.back();
          break;
        case Token::Type::kOpen:
          if (path_.size() == 1 && path_[0] > 0) return false;
          for (const Attribute& one : readAttributes(token.rest)) {
            if (path_.size() == 1 && one.name == "data-vitrine-item") isItem_ = true;
            if (!one.value.data()) continue;
            const auto begin = static_cast<std::size_t>(one.value.data() - shape_.sample.data());
            if (!add(one.name, begin, begin + one.value.size())) return false;
          }
          if (token.isChildless)
            ++path_.back();
          else
            path_.push_back(0);
          break;
        case Token::Type::kClose:
          if (path_.size() == 1) return false;
          path_.pop_back();
          ++path_.back();
          break;
        case Token::Type::kEnd:
          return path_.size() == 1 && path_[0] == 1 && isItem_ && next_ == trace_.positions.size();
        default:
          return false;
      }
    }
  }

 private:
  bool isEmpty(std::size_t value) const { return trace_.value(value).empty(); }
  std::size_t endOf(std::size_t value) const { return trace_.positions[value] + (isEmpty(value) ? 0 : 1); }

  // Skips empty values between two tags, which produce no node. Returns false if a value there is not empty.
  bool skipEmpty(std::size_t until) {
    for (; next_ < trace_.positions.size() && trace_.positions[next_] <= until; ++next_) {
      if (!isEmpty(next_)) return false;
    }
    return true;
  }

  bool add(std::string_view name, std::size_t begin, std::size_t end) {
    const std::size_t first = next_;
    while (next_ < trace_.positions.size() && trace_.positions[next_] >= begin && endOf(next_) <= end) ++next_;
    if (next_ == first) return true;
    CardPart& part = shape_.parts.emplace_back();
    // Paths begin at the card, which is the first entry.
    if (path_.size() > 1) part.path.assign(path_.begin() + 1, path_.end());
    part.name = name;
    part.begin = begin;
    part.end = end;
    part.first = first;
    part.last = next_;
    const std::string_view sample = shape_.sample;
    if (!decodeText(sample.substr(begin, end - begin), part.text)) return false;
    std::size_t from = begin;
    const auto around = [&](std::size_t to) {
      return decodeText(sample.substr(from, to - from), part.around.emplace_back());
    };
    for (std::size_t i = first; i < next_; ++i) {
      if (!around(trace_.positions[i])) return false;
      from = endOf(i);
    }
    return around(end);
  }

  const RenderTrace& trace_;
  CardShape& shape_;
  TokenReader reader_;
  List<int> path_{0};    // for each open element the number of children read so far
  bool isItem_ = false;  // the outermost element has data-vitrine-item
  std::size_t next_ = 0;
};

}  // namespace

void CardPart::append(const RenderTrace& values, std::size_t card, Text& out) const {
  out += around[0];
  for (std::size_t i = first; i < last; ++i) {
    out += values.value(card + i);
    out += around[i - first + 1];
  }
}

bool CardShapes::isFull() const { return shapes_.size() == kMaxShapes; }

int CardShapes::find(const RenderTrace& trace) const {
  if (!trace.isTextOnly) return kNone;
  for (std::size_t i = 0; i < shapes_.size(); ++i) {
    if (shapes_[i].operations == trace.operations) return static_cast<int>(i);
  }
  return kNone;
}

int CardShapes::add(const RenderTrace& trace, std::string_view sample) {
  if (isFull() || !trace.isTextOnly) return kNone;
  CardShape& shape = shapes_.emplace_back();
  shape.operations = trace.operations;
  shape.sample = sample;
  shape.isUsable = PartFinder(trace, shape).run();
  return static_cast<int>(shapes_.size() - 1);
}

}  // namespace vitrine
