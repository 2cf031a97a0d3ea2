#include "services/fields.h"

#include "base/number.h"
#include "base/utf8.h"

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
  explicit FieldReader(std::string_view text, Field* fields = nullptr, std::size_t count = 0)
      : at_(text.data()), end_(text.data() + text.size()), fields_(fields), count_(count) {}

  bool run(std::string_view inner, std::string_view& inside) {
    if (!object(inner.empty() ? Level::kAll : Level::kOuter, inner, inside, 0)) return false;
    blanks();
    return at_ == end_ && (inner.empty() || !inside.empty());
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
        if (out) out->append(plain, at_);
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

  Field* wanted(Level level, std::string_view name) {
    const std::size_t most = level == Level::kAll ? count_ : level == Level::kOuter ? 1 : 0;
    for (std::size_t i = level == Level::kAll && hasOuter_ ? 1 : 0; i < most; ++i) {
      const std::string_view its = fields_[i].name;
      if (its.size() == name.size() && !name.empty() && its[0] == name[0] && its == name) return &fields_[i];
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
      Field* const field = wanted(level, key);
      Json::Type type;
      if (!value(type, depth + 1)) return false;
      if (!field) continue;
      const std::size_t quote = type == Json::Type::kString ? 1 : 0;
      field->type = type;
      field->raw = {start + quote, static_cast<std::size_t>(at_ - start) - 2 * quote};
      field->isEscaped = quote == 1 && field->raw.find('\\') != std::string_view::npos;
    } while (take(','));
    return take('}');
  }

  bool value(Json::Type& type, int depth) {
    if (at_ == end_) return false;
    std::string_view nothing;
    switch (*at_) {
      case '"':
        type = Json::Type::kString;
        return string(nullptr);
      case '{':
        type = Json::Type::kObject;
        return object(Level::kNone, {}, nothing, depth);
      case '[':
        type = Json::Type::kArray;
        return array(depth);
      case 't':
        type = Json::Type::kBool;
        return word("true");
      case 'f':
        type = Json::Type::kBool;
        return word("false");
      case 'n':
        type = Json::Type::kNull;
        return word("null");
      default:
        type = Json::Type::kNumber;
        return number();
    }
  }

  bool array(int depth) {
    if (depth > kMaxDepth) return false;
    ++at_;
    if (take(']')) return true;
    do {
      blanks();
      Json::Type type;
      if (!value(type, depth + 1)) return false;
    } while (take(','));
    return take(']');
  }

  bool word(std::string_view text) {
    if (std::string_view(at_, static_cast<std::size_t>(end_ - at_)).substr(0, text.size()) != text) return false;
    at_ += text.size();
    return true;
  }

  bool number() {
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
    // The text goes on behind a number, so readNumber() finds an end.
    return static_cast<std::size_t>(at_ - start) <= kMaxDigits && at_ != end_ && *at_ != 'e' && *at_ != 'E';
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
  Field* const fields_;
  const std::size_t count_;
  bool hasOuter_ = false;  // fields_[0] is wanted of the outer object only
};

}  // namespace

std::string Field::text() const {
  if (!isEscaped) return std::string(raw);
  std::string out;
  FieldReader({raw.data() - 1, raw.size() + 2}).string(&out);
  return out;
}

double Field::number() const {
  const char* end = nullptr;
  return readNumber(raw.data(), &end);
}

bool readFields(std::string_view text, std::string_view inner, Field* fields, std::size_t count,
                std::string_view& inside) {
  inside = {};
  return FieldReader(text, fields, count).run(inner, inside);
}

}  // namespace vitrine
