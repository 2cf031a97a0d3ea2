#include "providers/fields.h"

#include "core/number.h"
#include "core/utf8.h"

namespace vitrine {
namespace {

constexpr int kMaxDepth = kMaxJsonDepth - 2;
// Longer numbers may be another double than nlohmann's, or none.
constexpr std::size_t kMaxDigits = 15;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

int hexOf(char c) {
  if (isDigit(c)) return c - '0';
  const char low = static_cast<char>(c | 0x20);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

// The sign that `\` and `c` write; 0 for none of one sign.
char escapeOf(char c) {
  constexpr std::string_view kNames = "\"\\/bfnrt";
  constexpr std::string_view kSigns = "\"\\/\b\f\n\r\t";
  const std::size_t at = kNames.find(c);
  return at == std::string_view::npos ? '\0' : kSigns[at];
}

class FieldReader {
 public:
  FieldReader(std::string_view text, FieldName* names, std::size_t count)
      : at_(text.data()), end_(text.data() + text.size()), names_(names), count_(count) {}

  bool run(std::string_view inner, std::string_view& inside) {
    if (!object(inner.empty() ? Level::kAll : Level::kOuter, inner, inside, 0)) return false;
    blanks();
    return at_ == end_ && (inner.empty() || !inside.empty());
  }

 private:
  // Which of its members are wanted.
  enum class Level { kAll, kOuter, kNone };

  void blanks() {
    while (at_ < end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r')) ++at_;
  }
  bool take(char c) {
    blanks();
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }

  FieldName* wanted(Level level, std::string_view name) {
    const std::size_t most = level == Level::kAll ? count_ : level == Level::kOuter ? 1 : 0;
    for (std::size_t i = level == Level::kAll && hasOuter_ ? 1 : 0; i < most; ++i) {
      if (names_[i].name.size() == name.size() && !name.empty() && names_[i].name == name) return &names_[i];
    }
    return nullptr;
  }

  bool object(Level level, std::string_view inner, std::string_view& inside, int depth) {
    if (depth > kMaxDepth || !take('{')) return false;
    if (take('}')) return true;
    do {
      blanks();
      const char* const name = at_ + 1;
      if (!string(nullptr)) return false;
      const std::string_view key(name, static_cast<std::size_t>(at_ - 1 - name));
      if (key.find('\\') != std::string_view::npos || !take(':')) return false;
      blanks();
      const char* const start = at_;
      if (level == Level::kOuter && key == inner) {
        hasOuter_ = true;
        // Of two of that name the last counts, and what was found in the first does not.
        if (!inside.empty() || !object(Level::kAll, {}, inside, depth + 1)) return false;
        inside = {start, static_cast<std::size_t>(at_ - start)};
        continue;
      }
      FieldName* const field = wanted(level, key);
      if (!value(field ? &field->value : nullptr, depth + 1)) return false;
    } while (take(','));
    return take('}');
  }

  bool value(Json* out, int depth) {
    if (out) *out = Json();
    if (at_ == end_) return false;
    const char* const start = at_;
    std::string_view nothing;
    switch (*at_) {
      case '"':
        if (out) out->type = Json::Type::kString;
        return string(out ? &out->text : nullptr);
      case '{':
        if (!object(Level::kNone, {}, nothing, depth)) return false;
        break;
      case '[':
        if (!array(depth)) return false;
        break;
      case 't':
        return word("true", Json::Type::kBool, 1, out);
      case 'f':
        return word("false", Json::Type::kBool, 0, out);
      case 'n':
        return word("null", Json::Type::kNull, 0, out);
      default:
        return number(out);
    }
    if (out) *out = parseJson({start, static_cast<std::size_t>(at_ - start)});
    return true;
  }

  bool array(int depth) {
    if (depth > kMaxDepth) return false;
    ++at_;
    if (take(']')) return true;
    do {
      blanks();
      if (!value(nullptr, depth + 1)) return false;
    } while (take(','));
    return take(']');
  }

  bool word(std::string_view text, Json::Type type, double number, Json* out) {
    if (std::string_view(at_, static_cast<std::size_t>(end_ - at_)).substr(0, text.size()) != text) return false;
    at_ += text.size();
    if (out) {
      out->type = type;
      out->number = number;
    }
    return true;
  }

  bool number(Json* out) {
    const char* const start = at_;
    if (*at_ == '-') ++at_;
    const char* const digits = at_;
    while (at_ < end_ && isDigit(*at_)) ++at_;
    if (at_ == digits || (*digits == '0' && (at_ - digits > 1 || digits != start))) return false;
    if (at_ < end_ && *at_ == '.') {
      const char* const fraction = ++at_;
      while (at_ < end_ && isDigit(*at_)) ++at_;
      if (at_ == fraction) return false;
    }
    const auto size = static_cast<std::size_t>(at_ - start);
    // The text goes on behind a number, so readNumber() finds an end.
    if (size > kMaxDigits || at_ == end_ || *at_ == 'e' || *at_ == 'E') return false;
    if (out) {
      out->type = Json::Type::kNumber;
      const char* stop = start;
      out->number = readNumber(start, &stop);
      out->text.assign(start, size);
    }
    return true;
  }

  // From one quote behind the other.
  bool string(std::string* out) {
    if (at_ == end_ || *at_ != '"') return false;
    const char* plain = ++at_;
    for (;; ++at_) {
      at_ = plainEnd(at_, end_);
      if (at_ == end_) return false;
      const auto c = static_cast<unsigned char>(*at_);
      if (c == '"') {
        if (out)
          out->append(plain, at_++);
        else
          ++at_;
        return true;
      }
      if (c >= 0x80) {
        const std::size_t length = sequenceLength({at_, static_cast<std::size_t>(end_ - at_)}, 0);
        if (length == 0) return false;
        at_ += length - 1;
        continue;
      }
      if (c != '\\' || end_ - at_ < 2) return false;
      if (out) out->append(plain, at_);
      if (!escape(out)) return false;
      plain = at_ + 1;
    }
  }

  // Goes from the backslash to the last sign of the escape.
  bool escape(std::string* out) {
    const char name = *++at_;
    if (const char sign = escapeOf(name)) {
      if (out) *out += sign;
      return true;
    }
    if (name != 'u' || end_ - at_ < 5) return false;
    unsigned code = 0;
    for (int i = 0; i < 4; ++i) {
      const int digit = hexOf(*++at_);
      if (digit < 0) return false;
      code = code * 16 + static_cast<unsigned>(digit);
    }
    if (code >= 0xD800 && code < 0xE000) return false;
    if (!out) return true;
    if (code >= 0x800) {
      *out += static_cast<char>(0xE0 | code >> 12);
      *out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    } else if (code >= 0x80) {
      *out += static_cast<char>(0xC0 | code >> 6);
    }
    *out += static_cast<char>(code < 0x80 ? code : 0x80 | (code & 0x3F));
    return true;
  }

  const char* at_;
  const char* const end_;
  FieldName* const names_;
  const std::size_t count_;
  bool hasOuter_ = false;  // names_[0] is wanted of the outer object only
};

}  // namespace

bool readFields(std::string_view text, std::string_view inner, FieldName* names, std::size_t count,
                std::string_view& inside) {
  inside = {};
  return FieldReader(text, names, count).run(inner, inside);
}

}  // namespace vitrine
