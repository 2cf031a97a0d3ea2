// JSON at the border: reads what arrives, which is hostile until parsed, and writes what leaves.
//
// Both the reader (json_cursor.h) and the tree are our own: docs/decisions/0001-json.md says why. Writing appends text,
// so an event is written once and never becomes a tree.
#pragma once

#include <string_view>

#include "base/json_cursor.h"
#include "base/list.h"
#include "base/text.h"

namespace vitrine {

// A parsed value.
class Json {
 public:
  using Type = JsonType;

  bool isValid() const { return type != Type::kInvalid; }
  bool isNull() const { return type == Type::kNull; }
  bool isBool() const { return type == Type::kBool; }
  bool isNumber() const { return type == Type::kNumber; }
  bool isString() const { return type == Type::kString; }
  bool isArray() const { return type == Type::kArray; }
  bool isObject() const { return type == Type::kObject; }

  Type type = Type::kInvalid;
  double number = 0;    // the value of a number; 1 for true
  Text text;            // a string; the digits of a number, as they arrived
  Text name;            // the name of an object's member
  List<Json> children;  // elements of an array, members of an object, in order
};

// Stands for a member that has no JSON text (a BigInt, NaN, a cycle, a getter that throws): a string of two
// NULs, as js/ports/json.ts writes it. It is read as a value of the type kInvalid, which no reader takes for valid, so
// it is not mistaken for a missing member.
constexpr std::string_view kUnwritable = "\\u0000\\u0000";

// Reads one value. Returns an invalid one if the text is not JSON, larger than kMaxJsonBytes or deeper than
// kMaxJsonDepth. Bytes that are not UTF-8 are read as U+FFFD: one bad title must not cost a shop the whole reply.
Json parseJson(std::string_view text);

// Returns the member of that name (the last, if there are several), or nullptr if there is none or `object` is no
// object.
const Json* member(const Json& object, std::string_view name);
// For a literal, which is passed as one pointer: hundreds of calls are smaller.
const Json* member(const Json& object, const char* name);

// Returns the member, or the fallback if it is missing or of another type. Nothing is converted: "5" is not 5. The
// string is a view into the tree, or the text in the tree, which is returned as one pointer.
std::string_view stringMember(const Json& object, std::string_view name, std::string_view fallback = {});
const Text& stringMember(const Json& object, const char* name);
double numberMember(const Json& object, const char* name, double fallback);
// Returns the object with this number as its member `name`.
Json withNumber(Json object, const char* name, double value);
// Like numberMember, but only for whole numbers that fit an int; returns the fallback for others.
int intMember(const Json& object, const char* name, int fallback);
// Returns the number if it is whole and fits an int, else the fallback.
int wholeOf(double value, int fallback);
bool boolMember(const Json& object, const char* name, bool fallback);

// Appends `text` as a quoted JSON string. Bytes that are not UTF-8 become U+FFFD; all control characters are escaped.
void appendString(Text& out, std::string_view text);

// Appends the value as compact JSON; numbers with the digits they arrived with. An invalid value becomes null.
void appendJson(Text& out, const Json& value);

// Appends `"name":`, behind a comma unless the text is empty or ends with an opening bracket. Append the value to the
// text that is returned, which is `out`.
Text& appendName(Text& out, const char* name);
Text& appendMember(Text& out, const char* name, std::string_view value);
Text& appendMember(Text& out, const char* name, double value);
// Appends JSON text of members, behind a comma where appendName() writes one. `members` is not empty.
Text& appendMembers(Text& out, std::string_view members);

// Writes one object by appending members: JsonObject o(out); o.add("a", 1); o.close();
class JsonObject {
 public:
  explicit JsonObject(Text& out) : out_(out) { out_ += '{'; }
  // Appends members alone, to be a part of an object; not to be closed.
  static JsonObject within(Text& out) { return {out, 0}; }
  JsonObject& add(const char* name, std::string_view value) {
    appendMember(out_, name, value);
    return *this;
  }
  JsonObject& add(const char* name, const char* value) { return add(name, std::string_view(value)); }
  JsonObject& add(const char* name, double value) {
    appendMember(out_, name, value);
    return *this;
  }
  JsonObject& add(const char* name, int value) { return add(name, static_cast<double>(value)); }
  JsonObject& add(const char* name, bool value) { return addRaw(name, value ? "true" : "false"); }
  JsonObject& addJson(const char* name, const Json& value) {
    appendJson(key(name), value);
    return *this;
  }
  JsonObject& addNull(const char* name) { return addRaw(name, "null"); }
  // `json` is JSON text already.
  JsonObject& addRaw(const char* name, std::string_view json) {
    key(name) += json;
    return *this;
  }
  JsonObject& addMembers(std::string_view members) {
    appendMembers(out_, members);
    return *this;
  }
  // Append the value to the text that is returned.
  Text& key(const char* name) { return appendName(out_, name); }
  void close() { out_ += '}'; }

 private:
  JsonObject(Text& out, int) : out_(out) {}

  Text& out_;
};

// Returns a text that its author may give as a number; "" for null and for another type. The text is in the tree.
const Text& textOf(const Json* value);
// Returns the digits of a number that its author may give as a text, as JSON; "" for null and for any other value.
const Text& numeralOf(const Json* value);

}  // namespace vitrine
