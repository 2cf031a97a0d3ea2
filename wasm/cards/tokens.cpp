#include "cards/tokens.h"

#include <algorithm>

#include "model/error.h"

namespace vitrine {

Token TokenReader::next() {
  Token token;
  token.begin = token.end = at_;
  if (at_ == html_.size()) {
    token.type = Token::Type::kEnd;
  } else if (html_[at_] != '<') {
    token.type = Token::Type::kText;
    at_ = std::min(html_.find('<', at_), html_.size());
    token.text = html_.substr(token.begin, at_ - token.begin);
  } else {
    readTag(token);
  }
  token.end = at_;
  return token;
}

void TokenReader::readTag(Token& token) {
  const bool isClose = at_ + 1 < html_.size() && html_[at_ + 1] == '/';
  const std::size_t name = at_ + (isClose ? 2 : 1);
  std::size_t i = name;
  while (i < html_.size() && !isBlank(html_[i]) && html_[i] != '>' && html_[i] != '/' && html_[i] != '!') ++i;
  token.name = html_.substr(name, i - name);
  const std::size_t rest = i;
  for (char quote = 0; i < html_.size() && (quote != 0 || html_[i] != '>'); ++i) {
    if (quote != 0)
      quote = html_[i] == quote ? '\0' : quote;
    else if (html_[i] == '"' || html_[i] == '\'')
      quote = html_[i];
  }
  if (i >= html_.size() || token.name.empty()) return;
  token.rest = html_.substr(rest, i - rest);
  at_ = i + 1;
  token.type = isClose ? Token::Type::kClose : Token::Type::kOpen;
  if (isClose) {
    if (svgDepth_ > 0) --svgDepth_;
    return;
  }
  const bool isInSvg = svgDepth_ > 0 || token.name == "svg" || token.name == "math";
  const Text key = filled(" % ", token.name);
  // A slash ends an element only within svg and math.
  const bool isSelfClosed = isInSvg && !token.rest.empty() && token.rest.back() == '/';
  token.isChildless = isSelfClosed || kVoidElements.find(key) != std::string_view::npos;
  if (isInSvg && !token.isChildless) ++svgDepth_;
}

List<Attribute> readAttributes(std::string_view rest) {
  List<Attribute> out;
  std::size_t i = 0;
  while (i < rest.size()) {
    if (isBlank(rest[i]) || rest[i] == '/') {
      ++i;
      continue;
    }
    const std::size_t name = i;
    while (i < rest.size() && !isBlank(rest[i]) && rest[i] != '=' && rest[i] != '/') ++i;
    Attribute& one = out.emplace_back();
    one.name = rest.substr(name, i - name);
    if (i + 1 >= rest.size() || rest[i] != '=' || (rest[i + 1] != '"' && rest[i + 1] != '\'')) continue;
    const std::size_t close = std::min(rest.find(rest[i + 1], i + 2), rest.size());
    one.value = rest.substr(i + 2, close - i - 2);
    i = close + 1;
  }
  return out;
}

bool decodeText(std::string_view markup, Text& out) {
  struct Reference {
    std::string_view name;
    std::string_view text;
  };
  constexpr Reference kReferences[] = {{"&amp;", "&"}, {"&lt;", "<"},  {"&gt;", ">"},         {"&quot;", "\""},
                                       {"&#39;", "'"}, {"&#96;", "`"}, {"&nbsp;", "\xC2\xA0"}};
  out.clear();
  while (!markup.empty()) {
    const std::size_t plain = std::min(markup.find('&'), markup.size());
    out += markup.substr(0, plain);
    markup.remove_prefix(plain);
    if (markup.empty()) break;
    const Reference* found = std::find_if(std::begin(kReferences), std::end(kReferences), [&](const Reference& one) {
      return markup.substr(0, one.name.size()) == one.name;
    });
    if (found == std::end(kReferences)) return false;
    out += found->text;
    markup.remove_prefix(found->name.size());
  }
  return out.find('\r') == Text::npos;  // a browser turns it into a line end
}

}  // namespace vitrine
