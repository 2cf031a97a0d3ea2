#include "base/json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/number.h"
#include "base/utf8.h"

namespace vitrine {
namespace {

// Reads one value into a tree. The lexer is nlohmann/json's: it judges characters, escapes, numbers and UTF-8. The
// parser above it would bring 3 kB of error texts into the page, for nobody.
class TreeReader {
  using Input = nlohmann::detail::iterator_input_adapter<const char*>;
  using Lexer = nlohmann::detail::lexer<nlohmann::json, Input>;
  using Token = Lexer::token_type;

 public:
  explicit TreeReader(std::string_view text) : lexer_(Input(text.data(), text.data() + text.size())) {}

  // False if the text is not exactly one value.
  bool read(Json& root) { return readValue(lexer_.scan(), root, 0) && lexer_.scan() == Token::end_of_input; }

 private:
  bool readValue(Token token, Json& value, int depth) {
    switch (token) {
      case Token::literal_null:
        value.type = Json::Type::kNull;
        return true;
      case Token::literal_true:
      case Token::literal_false:
        value.type = Json::Type::kBool;
        value.number = token == Token::literal_true;
        return true;
      case Token::value_string:
        value.type = Json::Type::kString;
        value.text = std::move(lexer_.get_string());
        return true;
      case Token::value_unsigned:
        return readNumber(static_cast<double>(lexer_.get_number_unsigned()), value);
      case Token::value_integer:
        return readNumber(static_cast<double>(lexer_.get_number_integer()), value);
      case Token::value_float:
        return readNumber(lexer_.get_number_float(), value);
      case Token::begin_array:
        value.type = Json::Type::kArray;
        return readChildren(Token::end_array, value, depth + 1);
      case Token::begin_object:
        value.type = Json::Type::kObject;
        return readChildren(Token::end_object, value, depth + 1);
      default:
        return false;
    }
  }

  bool readNumber(double number, Json& value) {
    value.type = Json::Type::kNumber;
    value.number = number;
    value.text = std::move(lexer_.get_string());
    return std::isfinite(number);
  }

  bool readChildren(Token end, Json& parent, int depth) {
    if (depth > kMaxJsonDepth) return false;
    Token token = lexer_.scan();
    if (token == end) return true;
    for (;; token = lexer_.scan()) {
      Json& child = parent.children.emplace_back();
      if (parent.isObject()) {
        if (token != Token::value_string) return false;
        child.name = std::move(lexer_.get_string());
        if (lexer_.scan() != Token::name_separator) return false;
        token = lexer_.scan();
      }
      if (!readValue(token, child, depth)) return false;
      token = lexer_.scan();
      if (token == end) return true;
      if (token != Token::value_separator) return false;
    }
  }

  Lexer lexer_;
};

// The text with every byte that belongs to no sequence replaced; "" if there is none such.
std::string repaired(std::string_view text) {
  std::string out;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = static_cast<unsigned char>(text[i]) < 0x80 ? 1 : sequenceLength(text, i);
    if (length == 0) {
      out.append(text, kept, i - kept).append("\xEF\xBF\xBD");
      kept = i + 1;
    }
    i += length == 0 ? 1 : length;
  }
  return kept == 0 ? out : out.append(text, kept);
}

bool isPlain(unsigned char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

}  // namespace

Json parseJson(std::string_view text) {
  Json root;
  if (text.size() > kMaxJsonBytes) return root;
  if (TreeReader(text).read(root)) return root;
  const std::string second = repaired(text);
  root = Json();
  if (second.empty() || !TreeReader(second).read(root)) return Json();
  return root;
}

const Json* member(const Json& object, std::string_view name) {
  if (!object.isObject()) return nullptr;
  for (std::size_t i = object.children.size(); i-- > 0;) {
    if (object.children[i].name == name) return &object.children[i];
  }
  return nullptr;
}

std::string_view stringMember(const Json& object, std::string_view name, std::string_view fallback) {
  const Json* value = member(object, name);
  return value && value->isString() ? std::string_view(value->text) : fallback;
}

double numberMember(const Json& object, std::string_view name, double fallback) {
  const Json* value = member(object, name);
  return value && value->isNumber() ? value->number : fallback;
}

int intMember(const Json& object, std::string_view name, int fallback) {
  const Json* value = member(object, name);
  return value && value->isNumber() ? wholeOf(value->number, fallback) : fallback;
}

int wholeOf(double value, int fallback) {
  if (!(value >= -2147483648.0 && value <= 2147483647.0)) return fallback;
  const int whole = static_cast<int>(value);
  return whole == value ? whole : fallback;
}

bool boolMember(const Json& object, std::string_view name, bool fallback) {
  const Json* value = member(object, name);
  return value && value->isBool() ? value->number != 0 : fallback;
}

void appendString(std::string& out, std::string_view text) {
  out += '"';
  std::size_t i = 0;
  while (i < text.size()) {
    std::size_t plain = i;
    while (plain < text.size() && isPlain(static_cast<unsigned char>(text[plain]))) ++plain;
    out.append(text.data() + i, plain - i);
    i = plain;
    if (i == text.size()) break;
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
      ++i;
    } else if (c == '\n' || c == '\r' || c == '\t') {
      out += '\\';
      out += c == '\n' ? 'n' : c == '\r' ? 'r' : 't';
      ++i;
    } else if (c < 0x80) {  // the other controls, and DEL, which is legal raw but invisible
      constexpr char kHex[] = "0123456789abcdef";
      out += "\\u00";
      out += kHex[c >> 4];
      out += kHex[c & 15];
      ++i;
    } else if (const std::size_t length = sequenceLength(text, i)) {
      out.append(text.data() + i, length);
      i += length;
    } else {
      out += "\xEF\xBF\xBD";
      ++i;
    }
  }
  out += '"';
}

void appendJson(std::string& out, const Json& value) {
  switch (value.type) {
    case Json::Type::kBool:
      out += value.number != 0 ? "true" : "false";
      return;
    case Json::Type::kNumber:
      out += value.text;
      return;
    case Json::Type::kString:
      appendString(out, value.text);
      return;
    case Json::Type::kArray:
    case Json::Type::kObject:
      break;
    default:
      out += "null";
      return;
  }
  out += value.isObject() ? '{' : '[';
  for (const Json& child : value.children) {
    if (&child != value.children.data()) out += ',';
    if (value.isObject()) {
      appendString(out, child.name);
      out += ':';
    }
    appendJson(out, child);
  }
  out += value.isObject() ? '}' : ']';
}

std::string& JsonObject::key(const char* name) {
  if (!first_) out_ += ',';
  first_ = false;
  out_ += '"';
  out_ += name;
  out_ += "\":";
  return out_;
}

JsonObject& JsonObject::add(const char* name, std::string_view value) {
  appendString(key(name), value);
  return *this;
}

JsonObject& JsonObject::add(const char* name, double value) {
  appendNumber(key(name), value);
  return *this;
}

JsonObject& JsonObject::add(const char* name, bool value) {
  key(name) += value ? "true" : "false";
  return *this;
}

JsonObject& JsonObject::addJson(const char* name, const Json& value) {
  appendJson(key(name), value);
  return *this;
}

JsonObject& JsonObject::addNull(const char* name) {
  key(name) += "null";
  return *this;
}

JsonObject& JsonObject::addRaw(const char* name, std::string_view json) {
  key(name) += json;
  return *this;
}

}  // namespace vitrine
