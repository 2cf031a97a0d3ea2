// An owning text: bytes of UTF-8 or of anything else, with the part of std::string's interface that the core uses. The
// methods without a comment do as those of std::string do.
//
// std::string costs the core a fifth of its size: docs/decisions/0009-own-text-and-list.md. A text without bytes owns
// no memory; short texts do.
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "base/block.h"

namespace vitrine {

class Text;

// A type other than Text and const char* that is read as a text: std::string_view, std::string.
template <class Other>
concept Readable = std::convertible_to<const Other&, std::string_view> && !std::same_as<Other, Text> &&
                   !std::convertible_to<const Other&, const char*>;

class Text : Block {
 public:
  using value_type = char;
  using size_type = std::size_t;
  using iterator = char*;
  using const_iterator = const char*;
  static constexpr std::size_t npos = std::string_view::npos;

  constexpr Text() = default;
  Text(const char* text);
  Text(const char* bytes, std::size_t size) { addCopy(bytes, size); }
  Text(std::size_t count, char c) { append(count, c); }
  VITRINE_WRAPPER explicit Text(std::string_view text) : Text(text.data(), text.size()) {}
  // For the tests and the demo server, which use std::string.
  template <std::same_as<std::string> Other>
  Text(const Other& text) : Text(std::string_view(text)) {}
  Text(const Text& other) : Text(other.bytes_, other.size_) {}
  Text(Text&& other) noexcept { take(other); }
  ~Text() { release(); }

  // `text` may be a part of this text, here and in the methods below.
  VITRINE_WRAPPER Text& operator=(const Text& text) { return assign(text.bytes_, text.size_); }
  Text& operator=(Text&& text) noexcept;
  template <std::same_as<char> Char>
  Text& operator=(Char c) {
    return assign(&c, 1);
  }
  template <std::convertible_to<const char*> Other>
  VITRINE_WRAPPER Text& operator=(const Other& text) {
    return assign(text);
  }
  template <Readable Other>
  VITRINE_WRAPPER Text& operator=(const Other& text) {
    return assign(std::string_view(text));
  }
  Text& assign(const char* text);
  Text& assign(const char* bytes, std::size_t size);
  VITRINE_WRAPPER Text& assign(std::string_view text) { return assign(text.data(), text.size()); }

  operator std::string_view() const { return {bytes_, size_}; }
  template <std::same_as<std::string> Other>
  operator Other() const {
    return Other(bytes_, size_);
  }
  // Bytes with a NUL behind them, until the text changes.
  const char* c_str() const;

  const char* data() const { return bytes_; }
  char* data() { return bytes_; }
  std::size_t size() const { return size_; }
  std::size_t length() const { return size_; }
  bool empty() const { return size_ == 0; }
  const char* begin() const { return bytes_; }
  const char* end() const { return bytes_ + size_; }
  char* begin() { return bytes_; }
  char* end() { return bytes_ + size_; }
  const char& operator[](std::size_t i) const { return bytes_[i]; }
  char& operator[](std::size_t i) { return bytes_[i]; }
  const char& front() const { return *bytes_; }
  char& front() { return *bytes_; }
  const char& back() const { return bytes_[size_ - 1]; }
  char& back() { return bytes_[size_ - 1]; }

  void clear() { size_ = 0; }
  void pop_back() { --size_; }
  void push_back(char c);
  Text& append(const char* bytes, std::size_t size);
  VITRINE_WRAPPER Text& append(const char* first, const char* last) {
    return append(first, static_cast<std::size_t>(last - first));
  }
  Text& append(const char* text);
  VITRINE_WRAPPER Text& append(std::string_view text) { return append(text.data(), text.size()); }
  Text& append(std::string_view text, std::size_t at, std::size_t size = npos) { return append(text.substr(at, size)); }
  Text& append(std::size_t count, char c);
  VITRINE_WRAPPER Text& operator+=(const char* text) { return append(text); }
  VITRINE_WRAPPER Text& operator+=(std::string_view text) { return append(text.data(), text.size()); }
  Text& operator+=(char c) {
    push_back(c);
    return *this;
  }
  using Block::reserve;
  // Fills with NULs, if the text becomes longer.
  void resize(std::size_t size);
  Text& replace(std::size_t at, std::size_t size, std::string_view by);
  Text& insert(std::size_t at, std::string_view text) { return replace(at, 0, text); }
  Text& erase(std::size_t at, std::size_t size = npos) { return replace(at, size, {}); }

  // Unlike std::string's, a view: valid until the text changes.
  std::string_view substr(std::size_t at, std::size_t size = npos) const { return view().substr(at, size); }
  std::size_t find(std::string_view text, std::size_t from = 0) const { return view().find(text, from); }
  std::size_t find(char c, std::size_t from = 0) const { return view().find(c, from); }
  std::size_t rfind(std::string_view text, std::size_t from = npos) const { return view().rfind(text, from); }
  std::size_t rfind(char c, std::size_t from = npos) const { return view().rfind(c, from); }
  std::size_t find_first_of(std::string_view set, std::size_t from = 0) const {
    return view().find_first_of(set, from);
  }
  std::size_t find_first_not_of(std::string_view set, std::size_t from = 0) const {
    return view().find_first_not_of(set, from);
  }
  std::size_t find_last_of(std::string_view set) const { return view().find_last_of(set); }
  std::size_t find_last_not_of(std::string_view set) const { return view().find_last_not_of(set); }
  bool starts_with(std::string_view text) const { return view().starts_with(text); }
  bool starts_with(char c) const { return view().starts_with(c); }
  bool ends_with(std::string_view text) const { return view().ends_with(text); }
  bool ends_with(char c) const { return view().ends_with(c); }

  VITRINE_WRAPPER friend bool operator==(const Text& left, const Text& right) {
    return left.equals(right.bytes_, right.size_);
  }
  VITRINE_WRAPPER friend bool operator==(const Text& left, const char* right) { return left.equals(right); }
  template <Readable Other>
  VITRINE_WRAPPER friend bool operator==(const Text& left, const Other& right) {
    return left.equals(std::string_view(right).data(), std::string_view(right).size());
  }
  friend std::strong_ordering operator<=>(const Text& left, const Text& right) { return left.view() <=> right.view(); }
  friend std::strong_ordering operator<=>(const Text& left, const char* right) { return left.view() <=> right; }
  template <Readable Other>
  friend std::strong_ordering operator<=>(const Text& left, const Other& right) {
    return left.view() <=> std::string_view(right);
  }

  friend Text operator+(const Text& left, const Text& right) { return sum(left, right); }
  friend Text operator+(const Text& left, const char* right) { return sum(left, right); }
  friend Text operator+(const char* left, const Text& right) { return sum(left, right); }
  friend Text operator+(const Text& left, char right) { return sum(left, {&right, 1}); }
  friend Text operator+(Text&& left, const Text& right) { return std::move(left += right); }
  friend Text operator+(Text&& left, const char* right) { return std::move(left += right); }
  friend Text operator+(Text&& left, char right) { return std::move(left += right); }
  template <Readable Other>
  friend Text operator+(const Text& left, const Other& right) {
    return sum(left, right);
  }
  template <Readable Other>
  friend Text operator+(Text&& left, const Other& right) {
    return std::move(left += std::string_view(right));
  }
  template <Readable Other>
  friend Text operator+(const Other& left, const Text& right) {
    return sum(left, right);
  }

  // Prints the text to a std::ostream, in tests and tools.
  template <class Stream>
    requires requires(Stream& out, const char* bytes, std::ptrdiff_t size) { out.write(bytes, size); }
  friend Stream& operator<<(Stream& out, const Text& text) {
    out << text.view();
    return out;
  }

 private:
  std::string_view view() const { return *this; }
  bool equals(const char* text) const;
  bool equals(const char* bytes, std::size_t size) const;
  static Text sum(std::string_view left, std::string_view right);
};

// Compares with a literal, which is passed as one pointer: many comparisons are smaller.
bool operator==(std::string_view left, const char* right);

}  // namespace vitrine
