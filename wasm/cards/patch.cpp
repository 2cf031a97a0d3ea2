#include "cards/patch.h"

#include <algorithm>

#include "base/field_writer.h"
#include "base/list.h"
#include "base/number.h"
#include "cards/tokens.h"

namespace vitrine {
namespace {

constexpr std::size_t kMaxDepth = 64;

void addField(Text& patch, std::string_view text) { FieldWriter(patch).add(text); }

void addNumber(Text& patch, int number) { appendInteger(patch, static_cast<std::uint64_t>(number)); }

// Appends the fields that every step but "order" and "item" begins with.
void beginStep(Text& patch, const char* verb, int item, const List<int>& path) {
  addField(patch, verb);
  addField(patch, item < 0 ? "-" : "");
  if (item >= 0) addNumber(patch, item);
  FieldWriter(patch).begin();
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (i > 0) patch += '.';
    addNumber(patch, path[i]);
  }
}

const Attribute* named(const List<Attribute>& list, std::string_view name) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const Attribute& one) { return one.name == name; });
  return found == list.end() ? nullptr : &*found;
}

// Compares two renderings, element by element. Where their elements differ, replaces all children of the innermost
// element that both have ("inner").
class MarkupDiff {
 public:
  MarkupDiff(std::string_view before, std::string_view after, int item, Text& patch)
      : after_(after), old_(before), new_(after), item_(item), patch_(patch), start_(patch.size()) {}

  bool run() {
    open_.push_back({0, start_, 0});
    for (;;) {
      const Token was = old_.next();
      const Token is = new_.next();
      if (was.type == Token::Type::kEnd && is.type == Token::Type::kEnd) return open_.size() == 1;
      if (was.type != is.type || !step(was, is)) {
        if (open_.size() == 1 || !writeInner(was, is)) return fail();
      }
    }
  }

 private:
  struct Open {
    int child;              // number of the child being read
    std::size_t mark;       // size of the patch before any step within the element
    std::size_t innerFrom;  // where the element's content begins in `after`
  };

  bool fail() {
    patch_.resize(start_);
    return false;
  }

  bool step(const Token& was, const Token& is) {
    const bool isOutermost = open_.size() == 1;
    if (item_ >= 0 && isOutermost && (is.type != Token::Type::kOpen || open_[0].child > 0)) return false;
    if (is.type == Token::Type::kClose) {
      if (isOutermost || was.name != is.name) return false;
      open_.pop_back();
      ++open_.back().child;
      return true;
    }
    if (is.type == Token::Type::kText) {
      if (!writeSet("", &was.text, &is.text)) return false;
      ++open_.back().child;
      return true;
    }
    if (is.type != Token::Type::kOpen || was.name != is.name || was.isChildless != is.isChildless) return false;
    if (was.rest != is.rest && !writeAttributes(was.rest, is.rest)) return false;
    if (is.isChildless) {
      ++open_.back().child;
      return true;
    }
    if (open_.size() == kMaxDepth) return false;
    open_.push_back({0, patch_.size(), is.end});
    return true;
  }

  // Skips to the end of the innermost open element and replaces its children. was, is: the current tokens of the two
  // readers, which both stand in that element.
  bool writeInner(Token was, Token is) {
    const Open inner = open_.back();
    if (!skip(old_, was) || !skip(new_, is)) return false;
    open_.pop_back();
    patch_.resize(inner.mark);
    begin("inner", open_.back().child);
    field(after_.substr(inner.innerFrom, is.begin - inner.innerFrom));
    ++open_.back().child;
    return true;
  }

  static bool skip(TokenReader& reader, Token& token) {
    for (std::size_t depth = 0;; token = reader.next()) {
      if (token.type == Token::Type::kEnd || token.type == Token::Type::kUnknown) return false;
      if (token.type == Token::Type::kOpen && !token.isChildless) ++depth;
      if (token.type != Token::Type::kClose) continue;
      if (depth == 0) return true;
      --depth;
    }
  }

  bool writeAttributes(std::string_view was, std::string_view is) {
    const List<Attribute> before = readAttributes(was);
    const List<Attribute> after = readAttributes(is);
    for (const Attribute& one : before) {
      if (!named(after, one.name) && !writeSet(one.name, &one.value, nullptr)) return false;
    }
    for (const Attribute& one : after) {
      const Attribute* old = named(before, one.name);
      if (!writeSet(one.name, old ? &old->value : nullptr, &one.value)) return false;
    }
    return true;
  }

  // Appends a "set" step, unless the two are equal. was, is: markup; null if there is none.
  bool writeSet(std::string_view name, const std::string_view* was, const std::string_view* is) {
    if (was && is && *was == *is) return true;
    if ((was && !decodeText(*was, oldText_)) || (is && !decodeText(*is, newText_))) return false;
    if (was && is && oldText_ == newText_) return true;
    begin("set", open_.back().child);
    field(name);
    field(was ? "=" : "");
    if (was) patch_ += oldText_;
    field(is ? "=" : "");
    if (is) patch_ += newText_;
    return true;
  }

  void field(std::string_view text) { addField(patch_, text); }

  void begin(const char* verb, int lastChild) {
    List<int> path;
    // The paths of an item begin at its own element.
    for (std::size_t i = item_ < 0 ? 0 : 1; i < open_.size(); ++i)
      path.push_back(i + 1 < open_.size() ? open_[i].child : lastChild);
    beginStep(patch_, verb, item_, path);
  }

  std::string_view after_;
  TokenReader old_;
  TokenReader new_;
  int item_;
  Text& patch_;
  std::size_t start_;
  List<Open> open_;
  Text oldText_;
  Text newText_;
};

// Blanks around an item belong to no item.
std::string_view trimmed(std::string_view html) {
  while (!html.empty() && isBlank(html.front())) html.remove_prefix(1);
  while (!html.empty() && isBlank(html.back())) html.remove_suffix(1);
  return html;
}

}  // namespace

bool patchMarkup(std::string_view before, std::string_view after, int item, Text& patch) {
  if (before == after) return true;
  if (item < 0) return MarkupDiff(before, after, item, patch).run();
  return MarkupDiff(trimmed(before), trimmed(after), item, patch).run();
}

void patchItem(int item, Text& patch) {
  addField(patch, "item");
  FieldWriter(patch).begin();
  addNumber(patch, item);
}

}  // namespace vitrine
