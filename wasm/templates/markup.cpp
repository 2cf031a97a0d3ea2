#include "templates/markup.h"

#include <algorithm>

#include "templates/html.h"

namespace vitrine {
namespace {

// Returns whether `word` is one of these blank-separated words.
bool isOneOf(std::string_view words, std::string_view word) {
  for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ')) return !word.empty();
  }
  return false;
}

// Elements that change how the rest of the markup is parsed, or that reach beyond the widget.
constexpr std::string_view kRefused =
    "base body embed frame frameset head html iframe link meta noembed noframes noscript object plaintext template xmp";
// Attributes that hold an address.
constexpr std::string_view kUrls = "action background cite formaction href poster src xlink:href";
// Attributes in which any text is harmless.
constexpr std::string_view kTexts =
    "abbr alt class colspan content datetime decoding dir fetchpriority for headers height itemprop label lang loading "
    "max min part placeholder role rowspan size sizes slot span start step summary title value width";

char lower(char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); }
bool isLetter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
bool isNamePart(char c) {
  return isLetter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' || c == '.';
}

}  // namespace

bool Markup::isIn(std::string_view element) const {
  return std::find(open_.begin(), open_.end(), element) != open_.end();
}

bool Markup::feed(std::string_view text, std::size_t at, Text& out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!step(text[i], at + i, out)) return false;
  }
  return true;
}

bool Markup::step(char c, std::size_t at, Text& out) {
  if ((static_cast<unsigned char>(c) < 0x20 && !isBlank(c)) || c == 0x7F)
    return source_.refuse(at, "control-character", "A control character has no place here.");
  switch (state_) {
    case State::kContent:
    case State::kTagOpen:
    case State::kBang:
    case State::kComment:
    case State::kRawText:
      return stepInContent(c, at, out);
    case State::kEndName:
    case State::kAfterEndName:
      out += c;
      return stepInEndTag(c, at);
    default:
      out += c;
      return stepInTag(c, at);
  }
}

// Reads text, the first character of a tag, comments, and the content of script and style elements.
bool Markup::stepInContent(char c, std::size_t at, Text& out) {
  switch (state_) {
    case State::kContent:
      if (c == '<') {
        // Written with the next character, once that shows that no comment begins here.
        state_ = State::kTagOpen;
        name_.clear();
        return true;
      }
      break;
    case State::kTagOpen:
      if (c == '!') {
        state_ = State::kBang;
        name_ = "!";
      } else {
        out += '<';
        if (c == '/') {
          state_ = State::kEndName;
        } else if (isLetter(c)) {
          state_ = State::kTagName;
          name_ = lower(c);
        } else {
          return source_.refuse(at, "markup", "Write &lt; for a < that begins no tag.");
        }
      }
      if (!open_.empty() && isOneOf("textarea title", open_.back()) && c != '/')
        return source_.refuse(at, "markup", "Write &lt; for a < that begins no tag.");
      if (c == '!') return true;
      break;
    case State::kBang:
      name_ += c;
      if (name_ == "!--") {
        state_ = State::kComment;
        name_.clear();
      } else if (name_ != "!-") {
        return source_.refuse(at, "markup", "Only elements, text and comments have a place here.");
      }
      return true;
    case State::kComment:
      name_ += c;
      if (name_.ends_with("-->")) state_ = State::kContent;
      return true;
    default:  // kRawText
      name_ += lower(c);
      if (name_.ends_with("</" + open_.back() + ">")) {
        open_.pop_back();
        state_ = State::kContent;
      }
      break;
  }
  out += c;
  return true;
}

bool Markup::stepInEndTag(char c, std::size_t at) {
  if (isNamePart(c) && state_ == State::kEndName) {
    name_ += lower(c);
  } else if (isBlank(c)) {
    state_ = State::kAfterEndName;
  } else if (c == '>') {
    return closeElement(at);
  } else {
    return source_.refuse(at, "markup", "An end tag has a name and nothing else.");
  }
  return true;
}

// Reads a start tag after its first letter.
bool Markup::stepInTag(char c, std::size_t at) {
  switch (state_) {
    case State::kTagName:
      if (isNamePart(c)) {
        name_ += lower(c);
        return true;
      }
      if (!openElement(at)) return false;
      state_ = State::kAfterValue;
      break;
    case State::kAttribute:
      if (isNamePart(c)) {
        name_ += lower(c);
        return true;
      }
      if (!nameAttribute(at)) return false;
      state_ = State::kAfterName;
      break;
    case State::kEquals:
      if (isBlank(c)) return true;
      if (c != '"' && c != '\'')
        return source_.refuse(at, "attribute-unquoted", "The value of an attribute stands in quotes.");
      state_ = State::kValue;
      quote_ = c;
      literal_.clear();
      hasTag_ = hasValue_ = isAddress_ = false;
      return true;
    case State::kValue:
      return inValue(c, at);
    case State::kSlash:
      if (c != '>') return source_.refuse(at, "markup", "A / in a tag ends it.");
      break;
    default:  // between attributes
      break;
  }
  if (c == '>') return tagEnds(at);
  if (isBlank(c)) {
    if (state_ != State::kAfterName) state_ = State::kBlank;
  } else if (c == '/') {
    state_ = State::kSlash;
  } else if (c == '=' && state_ == State::kAfterName) {
    state_ = State::kEquals;
  } else if ((isNamePart(c) || c == '@') && state_ != State::kAfterValue) {
    state_ = State::kAttribute;
    name_ = lower(c);
  } else {
    return source_.refuse(at, "markup", "An attribute is written name=\"value\", with a blank before it.");
  }
  return true;
}

bool Markup::openElement(std::size_t at) {
  if (isOneOf(kRefused, name_)) return source_.refuse(at, "element-refused", "<%> has no place here.", name_);
  if ((isIn("svg") || isIn("math")) && isOneOf("script style", name_))
    return source_.refuse(at, "element-refused", "<%> has no place here.", name_);
  if (open_.size() == 256) return source_.refuse(at, "markup", "Elements may be 256 deep.");
  open_.push_back(name_);
  return true;
}

bool Markup::tagEnds(std::size_t at) {
  const bool hasSlash = state_ == State::kSlash;
  state_ = State::kContent;
  const Text& element = open_.back();
  if (isOneOf(kVoidElements, element) || (hasSlash && (isIn("svg") || isIn("math")))) {
    open_.pop_back();
  } else if (hasSlash) {
    return source_.refuse(at, "markup", "<%> cannot close itself; write </%>.", element, element);
  } else if (isOneOf("script style", element)) {
    state_ = State::kRawText;
    name_.clear();
  }
  return true;
}

bool Markup::closeElement(std::size_t at) {
  if (open_.size() <= floor_ || open_.back() != name_) {
    if (open_.size() <= floor_) return source_.refuse(at, "markup-mismatched", "</%> where nothing is open.", name_);
    return source_.refuse(at, "markup-mismatched", "</%> where </%> is expected.", name_, open_.back());
  }
  open_.pop_back();
  state_ = State::kContent;
  return true;
}

bool Markup::nameAttribute(std::size_t at) {
  takes_ = Takes::kNothing;
  if (name_.starts_with("on") || isOneOf("srcdoc", name_))
    return source_.refuse(at, "attribute-refused", "The attribute % holds script; listen to the widget's events.",
                          name_);
  if (name_.starts_with("data-") || name_.starts_with("aria-") || isOneOf(kTexts, name_)) takes_ = Takes::kText;
  if (isOneOf(kUrls, name_)) takes_ = Takes::kUrl;
  if (isOneOf("srcset imagesrcset", name_)) takes_ = Takes::kSrcset;
  if (name_ == "style") takes_ = Takes::kStyle;
  if (name_ == "id" || name_ == "name") takes_ = Takes::kName;
  return true;
}

bool Markup::inValue(char c, std::size_t at) {
  const bool isEnd = c == quote_;
  if (c == '<') return source_.refuse(at, "markup", "Write &lt; for a < that begins no tag.");
  if (takes_ == Takes::kUrl && literal_.find_first_of("/?#") == Text::npos) {
    const std::string_view rest = source_.text.substr(at);
    const bool isScheme = !hasTag_ && isOneOf("http https mailto tel sms", literal_);
    if ((c == ':' && !isScheme) || (c == '&' && !rest.starts_with("&amp;")) || (isBlank(c) && !hasTag_))
      return source_.refuse(at, "url-refused", "An address begins with http:, https:, mailto:, tel: or has no scheme.");
  }
  if (takes_ == Takes::kSrcset && isAddress_ && !isEnd && !isBlank(c) && c != ',')
    return source_.refuse(at, "url-refused", "After an address in a srcset stands a blank or a comma.");
  isAddress_ = false;
  if (isEnd)
    state_ = State::kAfterValue;
  else
    literal_ += lower(c);
  return true;
}

bool Markup::value(std::size_t at, Context& context) {
  context = Context::kText;
  if (state_ == State::kContent) return true;
  if (state_ == State::kRawText) return source_.refuse(at, "value-in-script", "No tag may stand in <%>.", open_.back());
  if (state_ == State::kComment || state_ == State::kBang) {
    return source_.refuse(at, "value-in-comment", "No tag may stand in an HTML comment; write {{! }}.");
  }
  if (state_ == State::kEquals)
    return source_.refuse(at, "attribute-unquoted", "The value of an attribute stands in quotes.");
  if (state_ != State::kValue) return source_.refuse(at, "value-in-tag", "A value may not be part of a name.");
  switch (takes_) {
    case Takes::kNothing:
      return source_.refuse(at, "value-in-attribute", "The attribute % takes no value from data.", name_);
    case Takes::kText:
      break;
    case Takes::kName:
      if (literal_.empty())
        return source_.refuse(
            at, "value-in-attribute",
            "The attribute % must begin with text of the template, so that data cannot take a name of the page.",
            name_);
      break;
    case Takes::kUrl:
      context = literal_.empty() && !hasValue_ ? Context::kUrl : Context::kUrlPart;
      break;
    case Takes::kSrcset: {
      const std::size_t last = literal_.find_last_not_of(" \n\t\r");
      if (isAddress_ || (last != Text::npos && literal_[last] != ','))
        return source_.refuse(at, "url-refused", "In a srcset a value stands where an address begins.");
      context = Context::kSrcset;
      isAddress_ = true;
      break;
    }
    case Takes::kStyle: {
      const std::size_t semicolon = literal_.rfind(';');
      std::string_view declaration = literal_;
      if (semicolon != Text::npos) declaration.remove_prefix(semicolon + 1);
      declaration.remove_prefix(std::min(declaration.size(), declaration.find_first_not_of(" \n\t\r")));
      const bool isCustom = declaration.starts_with("--") && declaration.find(':') != std::string_view::npos;
      if (!isCustom || declaration.find_first_of("(&'\"\\/") != std::string_view::npos)
        return source_.refuse(at, "value-in-style",
                              "In a style only a custom property takes a value: --name: {{value}}");
      context = Context::kCss;
      break;
    }
  }
  hasTag_ = hasValue_ = true;
  return true;
}

bool Markup::fragment(std::size_t at) const {
  const bool isBetween = state_ == State::kContent && (open_.empty() || !isOneOf("textarea title", open_.back()));
  return isBetween ||
         source_.refuse(at, "fragment-in-tag", "Partials, blocks and {{{markup}}} stand between elements.");
}

// Ends the tag or attribute name that was being read where a section begins or ends.
bool Markup::endName(std::size_t at) {
  if (state_ == State::kAfterName) state_ = State::kBlank;
  if (state_ != State::kTagName && state_ != State::kAttribute) return true;
  const bool isGood = state_ == State::kTagName ? openElement(at) : nameAttribute(at);
  state_ = State::kAfterValue;
  return isGood;
}

bool Markup::enter(std::size_t at, Position& start) {
  if (!endName(at)) return false;
  switch (state_) {
    case State::kContent:
    case State::kBlank:
    case State::kAfterValue:
    case State::kValue:
      break;
    case State::kRawText:
      return source_.refuse(at, "value-in-script", "No tag may stand in <%>.", open_.back());
    default:
      return source_.refuse(at, "section-in-tag", "No section may begin here.");
  }
  start = {state_, literal_, open_.size(), floor_, isAddress_, hasValue_};
  floor_ = open_.size();
  hasTag_ = true;
  return true;
}

bool Markup::leave(const Position& start, std::size_t at) {
  if (!endName(at)) return false;
  const bool isBetween = (state_ == State::kBlank || state_ == State::kAfterValue) &&
                         (start.state == State::kBlank || start.state == State::kAfterValue);
  if ((state_ != start.state && !isBetween) || open_.size() != start.depth)
    return source_.refuse(at, "section-unbalanced", "A section ends where it began: what it opens it closes.");
  floor_ = start.floor;
  literal_ = start.literal;
  isAddress_ = start.isAddress;
  hasValue_ = start.hasValue;
  // A blank must follow, whether or not the section is rendered.
  if (state_ != start.state) state_ = State::kAfterValue;
  return true;
}

bool Markup::end(std::size_t at) const {
  if (!open_.empty()) return source_.refuse(at, "markup-unclosed", "<%> is never closed.", open_.back());
  return state_ == State::kContent || source_.refuse(at, "markup", "The template ends within a tag.");
}

bool Markup::isWhole(std::string_view markup) {
  Source source{markup};
  Markup reader(source);
  Text written;
  return reader.feed(markup, 0, written) && reader.end(markup.size()) && written.size() == markup.size();
}

}  // namespace vitrine
