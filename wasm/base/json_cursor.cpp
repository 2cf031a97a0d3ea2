#include "base/json_cursor.h"

#include <cmath>
#include <cstdint>

#include "base/code_point.h"
#include "base/number.h"
#include "base/utf8.h"

namespace vitrine {
namespace {

// The longest whole number that is a double whatever its digits are: the largest double has 309.
constexpr std::size_t kSafeDigits = 300;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

// The four hexadecimal digits of an escape; kNoCode if there are not four.
std::uint32_t codeUnit(const char* at, const char* end) { return end - at < 4 ? kNoCode : readCode({at, 4}, 16); }

bool isHigh(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool isLow(std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

// The character that a backslash and `c` stand for; NUL if `c` is not one of the short escapes.
char escapeOf(char c) {
  constexpr std::string_view kNames = "\"\\/bfnrt";
  constexpr std::string_view kCharacters = "\"\\/\b\f\n\r\t";
  const std::size_t at = kNames.find(c);
  return at == std::string_view::npos ? '\0' : kCharacters[at];
}

}  // namespace

void appendUnescaped(Text& out, std::string_view raw) {
  const char* at = raw.data();
  const char* const end = at + raw.size();
  while (at < end) {
    const char* const plain = at;
    at = plainEnd(at, end);
    out.append(plain, at);
    if (at == end) return;
    if (*at != '\\') {
      const std::size_t length = sequenceLength({at, static_cast<std::size_t>(end - at)}, 0);
      if (length == 0)
        out += "\xEF\xBF\xBD";
      else
        out.append(at, length);
      at += length == 0 ? 1 : length;
      continue;
    }
    const char name = at[1];
    at += 2;
    if (name != 'u') {
      out += escapeOf(name);
      continue;
    }
    std::uint32_t unit = codeUnit(at, end);
    at += 4;
    const bool isEscape = end - at >= 6 && at[0] == '\\' && at[1] == 'u';
    if (const std::uint32_t low = isHigh(unit) && isEscape ? codeUnit(at + 2, end) : 0; isLow(low)) {
      unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
      at += 6;
    }
    appendCodePoint(out, unit);
  }
}

JsonCursor::JsonCursor(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {
  if (text.starts_with("\xEF\xBB\xBF")) at_ += 3;
}

VITRINE_ONCE char JsonCursor::skipSpace() {
  while (at_ < end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r')) ++at_;
  return at_ < end_ ? *at_ : '\0';
}

bool JsonCursor::string(std::string_view& raw) {
  if (!take('"')) return false;
  const char* const start = at_;
  for (;; ++at_) {
    at_ = plainEnd(at_, end_);
    if (at_ == end_) return false;
    const auto c = static_cast<unsigned char>(*at_);
    if (c == '"') {
      raw = since(start);
      ++at_;
      return true;
    }
    if (c >= 0x80) {
      const std::size_t length = sequenceLength({at_, static_cast<std::size_t>(end_ - at_)}, 0);
      if (length == 0)
        isUtf8_ = false;
      else
        at_ += length - 1;
    } else if (c != '\\' || !escape()) {
      return false;
    }
  }
}

// Goes from the backslash to the last character of the escape. As for JSON.parse(), half a surrogate pair is one.
bool JsonCursor::escape() {
  if (end_ - at_ < 2) return false;
  if (escapeOf(*++at_) != '\0') return true;
  if (*at_ != 'u') return false;
  if (codeUnit(at_ + 1, end_) == kNoCode) return false;
  at_ += 4;
  return true;
}

bool JsonCursor::value(JsonType& type, int depth) {
  std::string_view raw;
  switch (peek()) {
    case '"':
      type = JsonType::kString;
      return string(raw);
    case '{':
      type = JsonType::kObject;
      return container('}', depth + 1);
    case '[':
      type = JsonType::kArray;
      return container(']', depth + 1);
    default:
      return scalar(type);
  }
}

bool JsonCursor::container(char close, int depth) {
  if (depth > kMaxJsonDepth) return false;
  ++at_;
  if (take(close)) return true;
  do {
    std::string_view raw;
    JsonType type;
    if ((close == '}' && !name(raw)) || !value(type, depth)) return false;
  } while (take(','));
  return take(close);
}

bool JsonCursor::scalar(JsonType& type) {
  const char first = peek();
  type = first == 'n' ? JsonType::kNull : first == 't' || first == 'f' ? JsonType::kBool : JsonType::kNumber;
  if (type == JsonType::kNumber) return number();
  return word(first == 'n' ? "null" : first == 't' ? "true" : "false");
}

bool JsonCursor::word(std::string_view text) {
  if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(text)) return false;
  at_ += text.size();
  return true;
}

bool JsonCursor::number() {
  const char* const start = at_;
  const auto digits = [&] {
    const char* const first = at_;
    while (at_ < end_ && isDigit(*at_)) ++at_;
    return at_ > first;
  };
  if (at_ < end_ && *at_ == '-') ++at_;
  const bool isZero = at_ < end_ && *at_ == '0';
  const char* const whole = at_;
  if (!digits() || (isZero && at_ - whole > 1)) return false;
  bool isSafe = static_cast<std::size_t>(at_ - whole) <= kSafeDigits;
  if (at_ < end_ && *at_ == '.') {
    ++at_;
    if (!digits()) return false;
  }
  if (at_ < end_ && (*at_ == 'e' || *at_ == 'E')) {
    isSafe = false;
    ++at_;
    if (at_ < end_ && (*at_ == '+' || *at_ == '-')) ++at_;
    if (!digits()) return false;
  }
  return isSafe || std::isfinite(readNumber(since(start)));
}

std::string_view JsonCursor::extent() {
  peek();
  const char* const start = at_;
  for (int depth = 0; at_ < end_;) {
    const char c = *at_;
    if (c == '"') {
      if (!looseString()) return {};
    } else if (c == '{' || c == '[') {
      ++depth;
      ++at_;
      continue;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return since(start);
      --depth;
      ++at_;
    } else if (depth == 0 && c == ',') {
      return since(start);
    } else {
      ++at_;
      continue;
    }
    const std::string_view found = since(start);
    if (depth > 0) continue;
    const char next = peek();
    if (next == ',' || next == ']' || next == '}') return found;
  }
  return {};
}

bool JsonCursor::looseString() {
  for (++at_; (at_ = plainEnd(at_, end_)) < end_; ++at_) {
    if (*at_ == '"') {
      ++at_;
      return true;
    }
    if (*at_ == '\\' && ++at_ == end_) break;
  }
  return false;
}

bool JsonCursor::skip(std::string_view text) {
  const char* const start = at_;
  if (!word(text)) return false;
  const char next = peek();
  if (next == ',' || next == ']' || next == '}') return true;
  at_ = start;
  return false;
}

}  // namespace vitrine
