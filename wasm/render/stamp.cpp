#include "render/stamp.h"

#include "core/number.h"
#include "render/tokens.h"

namespace vitrine {
namespace {

// A slate whose cards are of more kinds than this has hardly two of one.
constexpr std::size_t kMostModels = 8;

}  // namespace

void Stamps::field(std::size_t number) {
  text_ += '\x1f';
  appendInteger(text_, number);
}

void Stamps::add(std::string_view html, const Trace& trace) {
  const std::size_t card = count_++;
  // Blanks around a card would be lost.
  if (html.empty() || html.front() != '<' || html.back() != '>') isUnclear_ = true;
  if (isUnclear_) return;
  for (Model& model : models_) {
    if (model.number == -2 || model.trace.operations != trace.operations) continue;
    if (!stamp(model, html, trace)) continue;
    ++stamped_;
    return;
  }
  if (models_.size() < kMostModels) models_.push_back({std::string(html), trace, card, {}, -1});
  if (card == 0) return;
  field("+");
  field(html);
}

// The places of its values, in order. False if there are values that are in none, or if it is not one element.
bool Stamps::findPlaces(Model& model) {
  const std::vector<Trace::Span>& values = model.trace.values;
  TokenReader reader(model.html);
  std::vector<std::size_t> children(1);  // read so far, of each open element
  std::size_t next = 0;
  const auto add = [&](std::string_view name, std::size_t begin, std::size_t end) {
    const std::size_t first = next;
    while (next < values.size() && values[next].begin >= begin && values[next].end <= end) ++next;
    if (next == first) return;
    Place& place = model.places.emplace_back(Place{{}, std::string(name), begin, end, first, next});
    for (std::size_t i = 1; i < children.size(); ++i) {
      if (i > 1) place.path += '.';
      appendInteger(place.path, children[i]);
    }
  };
  for (;;) {
    const Token token = reader.next();
    // What stands between two tags and is nothing there has no node.
    while (next < values.size() && values[next].end <= token.begin && token.kind != Token::Kind::kText) {
      if (values[next].begin != values[next].end) return false;
      ++next;
    }
    switch (token.kind) {
      case Token::Kind::kText:
        add({}, token.begin, token.end);
        ++children.back();
        break;
      case Token::Kind::kOpen:
        if (children.size() == 1 && children[0] > 0) return false;
        for (const Attribute& one : readAttributes(token.rest)) {
          const auto begin = static_cast<std::size_t>(one.value.data() - model.html.data());
          if (one.value.data()) add(one.name, begin, begin + one.value.size());
        }
        if (token.isChildless)
          ++children.back();
        else
          children.push_back(0);
        break;
      case Token::Kind::kClose:
        if (children.size() == 1) return false;
        children.pop_back();
        ++children.back();
        break;
      case Token::Kind::kEnd:
        return children.size() == 1 && children[0] == 1 && next == values.size();
      default:
        return false;
    }
  }
}

bool Stamps::stamp(Model& model, std::string_view html, const Trace& trace) {
  if (model.number == -1 && model.places.empty() && !findPlaces(model)) {
    model.number = -2;
    return false;
  }
  const std::size_t before = text_.size();
  if (model.number < 0) tell(model);
  if (model.number < 0) {
    text_.resize(before);
    return false;
  }
  const std::size_t mark = text_.size();
  field("=");
  field(static_cast<std::size_t>(model.number));
  const std::vector<Trace::Span>& was = model.trace.values;
  const std::vector<Trace::Span>& is = trace.values;
  std::size_t next = 0;
  for (const Place& place : model.places) {
    bool isGood = true;
    for (; next < place.first; ++next) isGood = isGood && is[next].begin == is[next].end;
    next = place.last;
    // What the template wrote between values is the same in both.
    const std::size_t begin = place.begin + is[place.first].begin - was[place.first].begin;
    const std::size_t end = place.end + is[place.last - 1].end - was[place.last - 1].end;
    const bool isGone = place.name.empty() && begin == end;  // an empty text is no node
    const std::string_view markup = html.substr(begin, end - begin);
    if (!isGood || isGone || !addDecoded(markup)) {
      text_.resize(mark);
      return false;
    }
  }
  for (; next < is.size(); ++next) {
    if (is[next].begin == is[next].end) continue;
    text_.resize(mark);
    return false;
  }
  return true;
}

bool Stamps::addDecoded(std::string_view markup) {
  if (markup.find('&') == std::string_view::npos && markup.find('\r') == std::string_view::npos) {
    field(markup);
    return true;
  }
  if (!decode(markup, value_)) return false;
  field(value_);
  return true;
}

void Stamps::tell(Model& model) {
  model.number = -2;
  field("@");
  field(model.card);
  field(model.places.size());
  for (const Place& place : model.places) {
    field(place.path);
    field(place.name);
    if (!addDecoded(std::string_view(model.html).substr(place.begin, place.end - place.begin))) return;
  }
  model.number = told_++;
}

}  // namespace vitrine
