#include "base/json.h"

#include <cmath>

#include "base/number.h"
#include "base/utf8.h"

namespace vitrine {
namespace {

// Returned where there is no text.
const Text kNone;

// Builds the tree of the value that comes next. `depth`: how many arrays and objects are open around it.
bool readValue(JsonCursor& cursor, Json& value, int depth) {
  const char first = cursor.peek();
  std::string_view raw;
  if (first == '"') {
    if (!cursor.string(raw)) return false;
    if (raw == kUnwritable) return true;
    value.type = Json::Type::kString;
    appendUnescaped(value.text, raw);
    return true;
  }
  if (first != '{' && first != '[') {
    const char* const start = cursor.at();
    if (!cursor.scalar(value.type)) return false;
    if (value.isNumber()) {
      value.text = cursor.since(start);
      value.number = readNumber(value.text);
    }
    if (value.isBool()) value.number = first == 't';
    return true;
  }
  value.type = first == '{' ? Json::Type::kObject : Json::Type::kArray;
  const char close = value.isObject() ? '}' : ']';
  if (depth == kMaxJsonDepth) return false;
  cursor.take(first);
  if (cursor.take(close)) return true;
  do {
    Json& child = value.children.emplace_back();
    if (value.isObject()) {
      if (!cursor.name(raw)) return false;
      appendUnescaped(child.name, raw);
    }
    if (!readValue(cursor, child, depth + 1)) return false;
  } while (cursor.take(','));
  return cursor.take(close);
}

bool isPlain(unsigned char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

}  // namespace

Json parseJson(std::string_view text) {
  Json root;
  if (text.size() > kMaxJsonBytes) return root;
  JsonCursor cursor(text);
  return readValue(cursor, root, 0) && cursor.isAtEnd() ? root : Json();
}

const Json* member(const Json& object, std::string_view name) {
  if (!object.isObject()) return nullptr;
  for (std::size_t i = object.children.size(); i-- > 0;) {
    if (object.children[i].name == name) return &object.children[i];
  }
  return nullptr;
}

VITRINE_ONCE const Json* member(const Json& object, const char* name) { return member(object, std::string_view(name)); }

VITRINE_ONCE const Text& stringMember(const Json& object, const char* name) {
  const Json* found = member(object, name);
  return found && found->isString() ? found->text : kNone;
}

std::string_view stringMember(const Json& object, std::string_view name, std::string_view fallback) {
  const Json* value = member(object, name);
  return value && value->isString() ? std::string_view(value->text) : fallback;
}

double numberMember(const Json& object, const char* name, double fallback) {
  const Json* value = member(object, name);
  return value && value->isNumber() ? value->number : fallback;
}

int intMember(const Json& object, const char* name, int fallback) {
  const Json* value = member(object, name);
  return value && value->isNumber() ? wholeOf(value->number, fallback) : fallback;
}

int wholeOf(double value, int fallback) {
  if (!(value >= -2147483648.0 && value <= 2147483647.0)) return fallback;
  const int whole = static_cast<int>(value);
  return whole == value ? whole : fallback;
}

bool boolMember(const Json& object, const char* name, bool fallback) {
  const Json* value = member(object, name);
  return value && value->isBool() ? value->number != 0 : fallback;
}

void appendString(Text& out, std::string_view text) {
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

void appendJson(Text& out, const Json& value) {
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

VITRINE_ONCE Text& appendMembers(Text& out, std::string_view members) {
  if (!out.empty() && out.back() != '{' && out.back() != '[') out += ',';
  return out += members;
}

VITRINE_ONCE Text& appendName(Text& out, const char* name) { return ((appendMembers(out, "\"") += name) += "\":"); }

VITRINE_ONCE Text& appendMember(Text& out, const char* name, std::string_view value) {
  appendString(appendName(out, name), value);
  return out;
}

VITRINE_ONCE Text& appendMember(Text& out, const char* name, double value) {
  appendNumber(appendName(out, name), value);
  return out;
}

Json withNumber(Json object, const char* name, double value) {
  object.children.eraseIf([&](const Json& child) { return child.name == name; });
  Json& child = object.children.emplace_back();
  child.type = Json::Type::kNumber;
  child.name = name;
  child.number = value;
  appendNumber(child.text, value);
  return object;
}

const Text& textOf(const Json* value) {
  return value && (value->isString() || value->isNumber()) ? value->text : kNone;
}

const Text& numeralOf(const Json* value) {
  const Text& text = textOf(value);
  std::size_t length = 0;
  const bool isFinite = std::isfinite(readNumber(text, &length));
  return isFinite && length == text.size() ? text : kNone;
}

}  // namespace vitrine
