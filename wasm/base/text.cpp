#include "base/text.h"

#include <algorithm>
#include <cstring>

namespace vitrine {

VITRINE_ONCE Text& Text::operator=(Text&& text) noexcept {
  Block::replace(text, 1, nullptr);
  return *this;
}

VITRINE_ONCE Text::Text(const char* text) { append(text); }

VITRINE_ONCE Text& Text::assign(const char* text) { return assign(text, std::strlen(text)); }

VITRINE_ONCE Text& Text::assign(const char* bytes, std::size_t size) {
  Text copy(bytes, size);
  return *this = std::move(copy);
}

VITRINE_ONCE const char* Text::c_str() const {
  if (!bytes_) return "";
  bytes_[size_] = '\0';
  return bytes_;
}

VITRINE_ONCE void Text::push_back(char c) { *static_cast<char*>(add(1)) = c; }

VITRINE_ONCE Text& Text::append(const char* text) { return append(text, std::strlen(text)); }

VITRINE_ONCE Text& Text::append(const char* bytes, std::size_t size) {
  addCopy(bytes, size);
  return *this;
}

Text& Text::append(std::size_t count, char c) {
  if (count != 0) std::memset(add(count), c, count);
  return *this;
}

void Text::resize(std::size_t size) {
  if (size > size_)
    append(size - size_, '\0');
  else
    size_ = size;
}

Text& Text::replace(std::size_t at, std::size_t size, std::string_view by) {
  const std::string_view all = *this;
  Text out(all.substr(0, at));
  out += by;
  if (size < all.size() - at) out += all.substr(at + size);
  return *this = std::move(out);
}

VITRINE_ONCE bool Text::equals(const char* text) const { return equals(text, std::strlen(text)); }

VITRINE_ONCE bool Text::equals(const char* bytes, std::size_t size) const {
  return size_ == size && (size == 0 || std::memcmp(bytes_, bytes, size) == 0);
}

VITRINE_ONCE bool operator==(std::string_view left, const char* right) {
  return left.size() == std::strlen(right) && (left.empty() || std::memcmp(left.data(), right, left.size()) == 0);
}

VITRINE_ONCE Text Text::sum(std::string_view left, std::string_view right) {
  Text out;
  out.reserve(left.size() + right.size());
  out += left;
  out += right;
  return out;
}

}  // namespace vitrine
