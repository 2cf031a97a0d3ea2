// The one reader of JSON text: it walks from front to back, and judges exactly what it walks over.
//
// parseJson() builds a tree with it; services/fields.h reads a few fields of a product without a tree; services/reply.h
// cuts a reply into products; model/event.h takes ids out of an event. The grammar is RFC 8259. Every method that fails
// leaves the cursor at an unspecified place: the caller gives up on the text.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/text.h"

namespace vitrine {

enum class JsonType : unsigned char { kInvalid, kNull, kBool, kNumber, kString, kArray, kObject };

constexpr std::size_t kMaxJsonBytes = 16u
                                      << 20;  // far above any service's reply (a slate of 128 products is about 100 kB)
constexpr int kMaxJsonDepth = 64;             // building, copying and writing a tree recurse

// Appends what a JSON string says. `raw`: the text between its quotes, as JsonCursor has accepted it. A byte that is
// not UTF-8, and half a surrogate pair, becomes U+FFFD.
void appendUnescaped(Text& out, std::string_view raw);

class JsonCursor {
 public:
  // `text` must outlive the cursor. A byte order mark at its start is skipped.
  explicit JsonCursor(std::string_view text);

  const char* at() const { return at_; }
  std::string_view since(const char* start) const { return {start, static_cast<std::size_t>(at_ - start)}; }
  // False as soon as a string with a byte that is not UTF-8 was read.
  bool isUtf8() const { return isUtf8_; }

  // Skips white space and returns the next character, without passing it; NUL at the end of the text.
  char peek() { return at_ < end_ && *at_ > ' ' ? *at_ : skipSpace(); }
  // Passes `c` if it is the next character behind white space.
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  // Returns true if nothing but white space is left.
  bool isAtEnd() {
    peek();
    return at_ == end_;
  }

  // Passes a string. `raw` is the text between its quotes.
  bool string(std::string_view& raw);
  // Passes the name of a member and its colon. `raw` is the text between the quotes of the name.
  bool name(std::string_view& raw) { return string(raw) && take(':'); }
  // Passes a value of any type. `depth`: how many arrays and objects are open around it.
  bool value(JsonType& type, int depth);
  // Passes a number, true, false or null. False also if the number is too large for a double.
  bool scalar(JsonType& type);

  // Passes what may be a value: it ends before the comma or bracket of the list around it. Only strings and brackets
  // are looked at, so an entry that is not JSON does not spoil its neighbours. Returns "" if it does not end.
  std::string_view extent();
  // Passes `text` if it is the next element of a list, as it is and without anything behind it.
  bool skip(std::string_view text);

 private:
  char skipSpace();
  bool container(char close, int depth);
  bool escape();
  bool number();
  bool word(std::string_view text);
  bool looseString();

  const char* at_;
  const char* end_;
  bool isUtf8_ = true;
};

}  // namespace vitrine
